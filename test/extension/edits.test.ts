import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { runProgram } from './programs.ts';
import { outOfCredit, startUpstream, type Upstream } from './upstream.ts';
import { diagnosticsOf, folder, runningGateway, terminalEnvironment, until, write } from './window.ts';

/** A program whose hook says that the call was made at the line of the file that it is given. */
const callerProgram = `
import { appendFileSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
const [file, line, body] = JSON.parse(readFileSync('caller.json', 'utf8'));
const { spool } = JSON.parse(readFileSync(process.env.TOLLGATE_STATE, 'utf8'));
const target = '/openrouter/api/v1/chat/completions';
const url = new URL(process.env.TOLLGATE_URL + target);
const call = request(url, { method: 'POST', headers: { 'content-type': 'application/json' } }, (response) => {
  response.resume().on('end', () => console.log(response.statusCode));
});
call.on('socket', (socket) => socket.once('connect', () => {
  const frames = [{ file, line, column: 1, function: null, awaited: false }];
  const { pid } = process;
  const note = { pid, port: socket.localPort, ordinal: 1, method: 'POST', path: target, at: Date.now(), how: 'sync', frames };
  appendFileSync(spool + '/' + pid + '-' + Math.round(Date.now() - performance.now()) + '-0-1.jsonl', JSON.stringify(note) + '\\n');
}));
call.end(JSON.stringify(body));
`;

describe('a quick fix that edits', () => {
  let upstream: Upstream;
  let environment: Readonly<Record<string, string>>;
  let caller: string;

  before(async () => {
    upstream = await startUpstream((_path, body) => {
      const { max_tokens: asked } = JSON.parse(body) as { readonly max_tokens: number };
      return outOfCredit(asked, 412);
    });
    const api = { provider: 'openrouter', upstream: upstream.url };
    await write('tollgate.jsonc', JSON.stringify({ apis: { openrouter: api } }));
    const { url } = await runningGateway();
    environment = { ...(await terminalEnvironment()), NODE_OPTIONS: '' };
    await until(
      'the API',
      async () => (await fetch(`${url}/openrouter/`, { method: 'POST', body: '{"max_tokens":1}' })).status === 402,
    );
    caller = await write('caller.mjs', callerProgram);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await upstream.close();
  });

  /** The quick fixes of a line after the call that it made was refused. */
  const fixesAt = async (file: string, line: number, model = 'vendor/model'): Promise<readonly vscode.CodeAction[]> => {
    const body = { model, max_tokens: 4096, messages: [] };
    await write('caller.json', JSON.stringify([file, line, body]));
    await runProgram(caller, environment);
    const { range } = await until(`the finding in ${file}`, () => diagnosticsOf(file)[0]);
    assert.equal(range.start.line, line - 1);
    await vscode.workspace.openTextDocument(vscode.Uri.file(file));
    return vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      vscode.Uri.file(file),
      range,
      vscode.CodeActionKind.QuickFix.value,
    );
  };

  /** Applies the preferred fix, looks at what became of the file that it names, and takes it back. */
  const applyAndUndo = async (actions: readonly vscode.CodeAction[], file: string): Promise<string> => {
    const fix = actions.find(({ isPreferred, edit }) => isPreferred === true && edit !== undefined);
    assert.ok(fix?.edit !== undefined, actions.map(({ title }) => title).join('\n'));
    const edited = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
    const before = edited.getText();
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    const after = edited.getText();
    assert.notEqual(after, before);
    await vscode.window.showTextDocument(edited);
    await vscode.commands.executeCommand('undo');
    await until('the edit to be taken back', () => edited.getText() === before);
    return after;
  };

  const here: readonly (readonly [name: string, line: number, text: string, expected: string])[] = [
    [
      'ask.py',
      3,
      'client = Client()\n\nr = client.create(model="vendor/model", max_tokens=4096)  # max_tokens=1\n',
      'client = Client()\n\nr = client.create(model="vendor/model", max_tokens=412)  # max_tokens=1\n',
    ],
    [
      'models.yaml',
      2,
      'model_list:\r\n- litellm_params:\r\n    model: vendor/model # big\r\n    max_tokens: 4096\r\n',
      'model_list:\r\n- litellm_params:\r\n    model: vendor/model # big\r\n    max_tokens: 412\r\n',
    ],
    [
      'ask.http',
      1,
      'POST https://openrouter.ai/api/v1/chat/completions\nContent-Type: application/json\n\n{\n\t"model": "vendor/model",\n\t"messages": []\n}\n',
      'POST https://openrouter.ai/api/v1/chat/completions\nContent-Type: application/json\n\n{\n\t"model": "vendor/model",\n\t"max_tokens": 412,\n\t"messages": []\n}\n',
    ],
    [
      'body.json',
      1,
      '{ "model": "vendor/model", "max_tokens": 4096 }\n',
      '{ "model": "vendor/model", "max_tokens": 412 }\n',
    ],
    [
      '.env.asking',
      2,
      'MODEL=vendor/model\nMAX_TOKENS="4096" # most\n',
      'MODEL=vendor/model\nMAX_TOKENS="412" # most\n',
    ],
  ];
  for (const [name, line, text, expected] of here) {
    it(`changes ${name}, and can be undone`, async () => {
      const file = await write(name, text);
      assert.equal(await applyAndUndo(await fixesAt(file, line), file), expected);
    });
  }

  it('changes the .env file that sets what the call reads, and can be undone', async () => {
    const env = await write('sub/.env', 'MODEL=vendor/model\nLIMIT=4096 # most\n');
    const file = await write(
      'sub/ask.py',
      'import os\nr = client.create(model="vendor/model", max_tokens=int(os.environ["LIMIT"]))\n',
    );
    const actions = await fixesAt(file, 2);
    const [fix] = actions.filter(({ isPreferred }) => isPreferred === true);
    assert.equal(fix?.title, `Ask for at most 412 tokens in ${path.join('sub', '.env')}, as the credit allows`);
    assert.ok(fix.command !== undefined, 'The edited file is to be shown.');
    assert.equal(await applyAndUndo(actions, env), 'MODEL=vendor/model\nLIMIT=412 # most\n');
  });

  it('changes the constant that the call imports, in the file as it is in the editor', async () => {
    const limits = await write('sub/limits.json', '{ "most": 4096 }\n');
    const file = await write(
      'sub/ask.mjs',
      "import limits from './limits.json' with { type: 'json' };\nawait c.create({ model, max_tokens: limits.most });\n",
    );
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(limits));
    const unsaved = new vscode.WorkspaceEdit();
    unsaved.insert(document.uri, new vscode.Position(0, 1), '\n  "least": 1,');
    await vscode.workspace.applyEdit(unsaved);
    assert.equal(await applyAndUndo(await fixesAt(file, 2), limits), '{\n  "least": 1, "most": 412 }\n');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('asks before it changes a file that was only found by its content', async () => {
    await write('sub/found.yaml', 'model_list:\n- litellm_params: { model: found/model, max_tokens: 4096 }\n');
    const file = await write('sub/indirect.mjs', 'await c.create(options());\n');
    // A list of the workspace's files is believed for some seconds.
    const { edit } = await until('the fix', async () =>
      (await fixesAt(file, 1, 'found/model')).find(({ title }) => title.includes('found.yaml')),
    );
    assert.ok(edit?.has(vscode.Uri.file(path.join(folder, 'sub', 'found.yaml'))));
  });
});
