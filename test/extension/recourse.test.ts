import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { askProgram, runProgram } from './programs.ts';
import { startUpstream, type Answer, type Upstream } from './upstream.ts';
import { diagnosticsOf, folder, runningGateway, terminalEnvironment, until, write } from './window.ts';

const tooFast = (seconds: number): Answer => ({
  ...{ status: 429, headers: { 'retry-after': String(seconds) } },
  body: { error: { code: 429, message: 'Rate limit exceeded: requests per minute.' } },
});
const empty: Answer = {
  status: 402,
  body: { error: { code: 402, message: 'Insufficient credits. Add more credits.' } },
};
const answer: Answer = { status: 200, body: { choices: [] } };

describe('fixes that the gateway carries out', () => {
  let upstream: Upstream;
  let environment: Readonly<Record<string, string>>;

  before(async () => {
    upstream = await startUpstream(() => answer);
    const declared = `{
  // Ours.
  "apis": {
    "openrouter": { "provider": "openrouter", "upstream": "${upstream.url}" },
    "spare": { "provider": "openai", "upstream": "${upstream.url}", "credential": { "type": "key", "env": "NONE" } },
  },
}
`;
    await write('tollgate.jsonc', declared);
    const { url } = await runningGateway();
    await until('the API', async () => (await fetch(`${url}/spare/`)).ok && upstream.requests.length > 0);
    environment = await terminalEnvironment();
  });
  after(() => upstream.close());

  async function refused(name: string, how: Answer): Promise<{ program: string; fixes: readonly vscode.CodeAction[] }> {
    upstream.answer = () => how;
    const program = await write(name, askProgram);
    await runProgram(program, environment);
    const diagnostic = await until('the finding', () => diagnosticsOf(program)[0]);
    await vscode.workspace.openTextDocument(vscode.Uri.file(program));
    const ask = (): Thenable<readonly vscode.CodeAction[]> =>
      vscode.commands.executeCommand<readonly vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        vscode.Uri.file(program),
        diagnostic.range,
        vscode.CodeActionKind.QuickFix.value,
      );
    // The editor cancels a question whose document changes meanwhile, as one just opened may.
    const fixes = await until('the fixes', async () => {
      try {
        return await ask();
      } catch {
        return null;
      }
    });
    return { program, fixes };
  }

  async function apply(fixes: readonly vscode.CodeAction[], title: RegExp): Promise<void> {
    const fix = fixes.find((one) => title.test(one.title));
    assert.ok(fix, fixes.map((one) => one.title).join('\n'));
    if (fix.edit !== undefined) await vscode.workspace.applyEdit(fix.edit);
    const { command } = fix;
    assert.ok(command);
    await vscode.commands.executeCommand(command.command, ...((command.arguments ?? []) as unknown[]));
  }

  const declaration = (): Promise<string> => readFile(path.join(folder, 'tollgate.jsonc'), 'utf8');

  it('replay a call at the time that its refusal names', async () => {
    const { program, fixes } = await refused('later.mjs', tooFast(15));
    upstream.answer = () => answer;
    const asked = upstream.requests.length;
    await apply(fixes, /^Wait until \d\d:\d\d:\d\d and replay$/);
    assert.equal(upstream.requests.length, asked);
    await until('the replay', () => upstream.requests.length > asked);
    await until('the finding to go', () => diagnosticsOf(program).length === 0);
  });

  it('write the queue to tollgate.jsonc, and the next refusal is waited for', async () => {
    const { fixes } = await refused('queue.mjs', tooFast(30));
    await apply(fixes, /^Wait for Retry-After in the gateway$/);
    await until('the file', async () => (await declaration()).includes('"retryAfter"'));
    const saved = await declaration();
    assert.match(saved, /\/\/ Ours\./);
    let refusals = 0;
    upstream.answer = () => (refusals++ === 0 ? tooFast(1) : answer);
    const program = await write('waits.mjs', askProgram);
    await until('a call that waits', async () => {
      refusals = 0;
      return (await runProgram(program, environment)).startsWith('200') && refusals === 2;
    });
  });

  it('write a fallback to tollgate.jsonc', async () => {
    const { fixes } = await refused('empty.mjs', empty);
    assert.ok(fixes.some(({ title }) => title.startsWith('Use a second credential')));
    await apply(fixes, /^Fall back to spare \(/);
    await until('the file', async () => (await declaration()).includes('"fallback"'));
    const saved = await declaration();
    assert.match(saved, /\/\/ Ours\./);
    assert.match(saved, /"api": "spare"/);
  });
});
