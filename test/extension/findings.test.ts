import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { askProgram, runProgram } from './programs.ts';
import { outOfCredit, startUpstream, type Upstream } from './upstream.ts';
import { diagnosticsOf, runningGateway, terminalEnvironment, until, write } from './window.ts';

describe('a finding', () => {
  let upstream: Upstream;
  let environment: Readonly<Record<string, string>>;
  let program: string;
  let document: vscode.TextDocument;

  before(async () => {
    upstream = await startUpstream((_path, body) => {
      const { max_tokens: asked } = JSON.parse(body) as { readonly max_tokens: number };
      return asked > 412 ? outOfCredit(asked, 412) : { status: 200, body: { choices: [] } };
    });
    await write(
      'tollgate.jsonc',
      `{ "apis": { "openrouter": { "provider": "openrouter", "upstream": "${upstream.url}" } } }`,
    );
    const { url } = await runningGateway();
    environment = await terminalEnvironment();
    await until(
      'the API',
      async () => (await fetch(`${url}/openrouter/`, { method: 'POST', body: '{"max_tokens":1}' })).ok,
    );
    program = await write('ask.mjs', askProgram);
    document = await vscode.workspace.openTextDocument(vscode.Uri.file(program));
    await vscode.window.showTextDocument(document);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await upstream.close();
  });

  const finding = (): Promise<vscode.Diagnostic> => until('the finding', () => diagnosticsOf(program)[0]);

  it('appears on the very line that made the call, with its cause, its page and its exchange', async () => {
    await runProgram(program, environment);
    const diagnostic = await finding();
    assert.equal(diagnostic.range.start.line, 3);
    assert.equal(diagnostic.range.start.character, 0);
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Error);
    assert.match(diagnostic.message, /412/);
    assert.ok(typeof diagnostic.code === 'object');
    assert.equal(diagnostic.code.value, 'insufficient_funds');
    const [related] = diagnostic.relatedInformation ?? [];
    assert.ok(related !== undefined);
    const exchange = await vscode.workspace.openTextDocument(related.location.uri);
    assert.match(exchange.getText(), /HTTP\/1\.1 402 Payment Required/);
  });

  it('shows its count above the line', async () => {
    await runProgram(program, environment);
    const title = await until('the count', async () => {
      const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        document.uri,
        9,
      );
      return lenses.map(({ command }) => command?.title ?? '').find((one) => one.includes('2×'));
    });
    assert.match(title, /402/);
  });

  it('follows its line while the file is edited', async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '// One more.\n');
    await vscode.workspace.applyEdit(edit);
    await until('the finding to move', () => diagnosticsOf(program)[0]?.range.start.line === 4);
    await document.save();
    assert.equal((await finding()).range.start.line, 4);
  });

  it('offers an edit that sets max_tokens to what the account can afford', async () => {
    const { range } = await finding();
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const fix = actions.find(({ isPreferred, edit }) => isPreferred === true && edit !== undefined);
    assert.ok(fix?.edit !== undefined, actions.map(({ title }) => title).join('\n'));
    await vscode.workspace.applyEdit(fix.edit);
    assert.match(document.getText(), /max_tokens: 412\b/);
    await document.save();
  });

  it('is cleared when the same line is answered with 200', async () => {
    assert.match(await runProgram(program, environment), /^200/);
    await until('no finding', () => diagnosticsOf(program).length === 0);
  });

  it('is cleared by a replay that succeeds', async () => {
    upstream.answer = () => outOfCredit(412, 100);
    await runProgram(program, environment);
    const { relatedInformation } = await finding();
    upstream.answer = () => ({ status: 200, body: { choices: [] } });
    // The message about the outcome waits for a click, so the command is not waited for.
    void vscode.commands.executeCommand('tollgate.replay', relatedInformation?.[0]?.location.uri.query);
    await until('no finding', () => diagnosticsOf(program).length === 0);
  });

  it('has a report without secrets', async () => {
    upstream.answer = () => outOfCredit(412, 100);
    const secret = 'sk-or-v1-0123456789abcdef0123456789abcdef';
    const file = await write(
      'secret.mjs',
      askProgram.replace("{ 'content", `{ authorization: 'Bearer ${secret}', 'content`),
    );
    await runProgram(file, environment);
    const { relatedInformation } = await until('the finding', () => diagnosticsOf(file)[0]);
    await vscode.commands.executeCommand('tollgate.copyReport', relatedInformation?.[0]?.location.uri.query);
    const report = await vscode.env.clipboard.readText();
    assert.match(report, /insufficient_funds/);
    assert.match(report, /authorization/i);
    assert.ok(!report.includes(secret.slice(8)));
  });

  it('says what the account has left, once that was asked', async () => {
    const { url } = await runningGateway();
    const tokenPrice = 0.001;
    upstream.answer = (path) => {
      if (path === '/api/v1/credits') return { status: 200, body: { data: { total_credits: 1, total_usage: 0.9 } } };
      if (path === '/api/v1/key') return { status: 200, body: { data: { limit: null, usage: 0.9 } } };
      const endpoints = [{ pricing: { completion: String(tokenPrice) } }];
      if (path.endsWith('/endpoints')) return { status: 200, body: { data: { endpoints } } };
      return outOfCredit(4096, 100);
    };
    await write(
      'tollgate.jsonc',
      `{ "apis": { "openrouter": { "provider": "openrouter", "upstream": "${upstream.url}",
        "credential": { "type": "command", "command": ["node", "-p", "'sk-or-v1-' + '0'.repeat(32)"], "lifetime": 600 } } } }`,
    );
    const file = await write('verify.mjs', askProgram);
    await until('the credential', async () => (await fetch(`${url}/openrouter/`)).status === 402);
    await runProgram(file, environment);
    await vscode.window.showTextDocument(vscode.Uri.file(file));
    const { message, range } = await until('the finding', () => diagnosticsOf(file)[0]);
    assert.doesNotMatch(message, /needs/);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      vscode.Uri.file(file),
      range,
      vscode.CodeActionKind.QuickFix.value,
    );
    const check = actions.find(({ title }) => title === 'Check the balance now');
    assert.ok(check?.command !== undefined, actions.map(({ title }) => title).join('\n'));
    await vscode.commands.executeCommand(check.command.command, ...((check.command.arguments ?? []) as unknown[]));
    await until('the balance', () => diagnosticsOf(file)[0]?.message.includes('0.10 USD left, this call needs 4.10.'));
  });
});
