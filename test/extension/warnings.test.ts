import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { runProgram } from './programs.ts';
import { startUpstream, type Upstream } from './upstream.ts';
import { diagnosticsOf, runningGateway, terminalEnvironment, until, write } from './window.ts';

/** Calls three times on line 4. */
const searchProgram = `// Looks something up.
const url = process.env.TOLLGATE_URL + '/search/v1/find';
for (let count = 0; count < 3; count++) {
  const response = await fetch(url);
  console.log(response.status, await response.text());
}
`;

describe('a warning', () => {
  let upstream: Upstream;
  let left = 900;
  before(async () => {
    upstream = await startUpstream(() => ({
      status: 200,
      body: {},
      headers: { RateLimit: `"day";r=${left--};t=14400`, 'RateLimit-Policy': '"day";q=1000;w=86400' },
    }));
    const apis = { search: { upstream: upstream.url, title: 'Search' } };
    await write('tollgate.jsonc', JSON.stringify({ apis }));
    const { url } = await runningGateway();
    await until('the API', async () => (await fetch(`${url}/search/`)).ok && upstream.requests.length > 0);
  });
  after(async () => {
    await vscode.commands.executeCommand('tollgate.unmuteWarnings', 'search');
    await upstream.close();
  });

  it('stands on the line that spends most, with a page and fixes, until it is muted', async () => {
    const environment = await terminalEnvironment();
    const program = await write('search.mjs', searchProgram);
    await runProgram(program, environment);
    assert.deepEqual(diagnosticsOf(program), []);

    left = 80;
    await runProgram(program, environment);
    const diagnostic = await until('the warning', () => diagnosticsOf(program)[0]);
    assert.equal(diagnostic.severity, vscode.DiagnosticSeverity.Information);
    assert.equal(diagnostic.message, 'Search: 92 % of today’s requests used; resets in 4 h.');
    assert.equal(diagnostic.range.start.line, 3);
    const code = diagnostic.code as { readonly value: string; readonly target: vscode.Uri };
    assert.equal(code.value, 'quota_running_out');
    assert.match((await vscode.workspace.openTextDocument(code.target)).getText(), /^# Quota is running out/);

    await vscode.window.showTextDocument(vscode.Uri.file(program));
    const mute = await until('the fix', () => muteAction(program));
    await vscode.commands.executeCommand(mute.command, ...((mute.arguments ?? []) as unknown[]));
    await until('the warning to go', () => diagnosticsOf(program).length === 0);
    await runProgram(program, environment);
    assert.deepEqual(diagnosticsOf(program), []);

    await vscode.commands.executeCommand('tollgate.unmuteWarnings', 'search');
    await until('the warning to come back', () => diagnosticsOf(program).length === 1);
  });

  it('goes once the quota is whole again', async () => {
    const environment = await terminalEnvironment();
    const program = await write('search.mjs', searchProgram);
    left = 1000;
    await runProgram(program, environment);
    await until('the warning to go', () => diagnosticsOf(program).length === 0);
  });
});

/** The command of the quick fix that mutes the warning in a file; null while the editor offers none. */
async function muteAction(file: string): Promise<vscode.Command | null> {
  const [diagnostic] = diagnosticsOf(file);
  if (diagnostic === undefined) return null;
  try {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      vscode.Uri.file(file),
      diagnostic.range,
      vscode.CodeActionKind.QuickFix.value,
    );
    return actions.find(({ title }) => title === 'Mute this warning')?.command ?? null;
  } catch {
    // Asked for again: a document that was just opened may be read anew meanwhile.
    return null;
  }
}
