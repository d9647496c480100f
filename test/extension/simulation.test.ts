import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { askProgram, runProgram } from './programs.ts';
import { startUpstream, type Upstream } from './upstream.ts';
import { diagnosticsOf, runningGateway, terminalEnvironment, until, write } from './window.ts';

describe('a simulated refusal', () => {
  let upstream: Upstream;
  before(async () => {
    upstream = await startUpstream(() => ({ status: 200, body: { choices: [] } }));
    const apis = { openrouter: { provider: 'openrouter', upstream: upstream.url } };
    await write('tollgate.jsonc', JSON.stringify({ apis }));
    const { url } = await runningGateway();
    await until(
      'the API',
      async () => (await fetch(`${url}/openrouter/`, { method: 'POST' })).ok && upstream.requests.length > 0,
    );
  });
  after(() => upstream.close());

  it('shows on the line that made the call, marked, and goes when it is stopped', async () => {
    const environment = await terminalEnvironment();
    const program = await write('rehearse.mjs', askProgram);
    const asked = upstream.requests.length;
    const plan = { cause: 'insufficient_funds', when: { kind: 'every', nth: 1 } };
    await vscode.commands.executeCommand('tollgate.simulateRefusal', 'openrouter', plan);
    assert.match(await runProgram(program, environment), /^402 .*can only afford/);
    assert.equal(upstream.requests.length, asked);
    const diagnostic = await until('the finding', () => diagnosticsOf(program)[0]);
    assert.match(diagnostic.message, /^Simulated: /);
    assert.equal(diagnostic.range.start.line, 3);
    await vscode.commands.executeCommand('tollgate.stopSimulation', 'openrouter');
    assert.match(await runProgram(program, environment), /^200 /);
    await until('the finding to go', () => diagnosticsOf(program).length === 0);
  });
});
