import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { askProgram, runProgram } from './programs.ts';
import { outOfCredit, startUpstream, type Upstream } from './upstream.ts';
import { diagnosticsOf, runningGateway, terminalEnvironment, tollgate, until, write } from './window.ts';

describe('a crash of the gateway', () => {
  let upstream: Upstream;
  before(async () => {
    upstream = await startUpstream(() => ({ status: 200, body: {} }));
    await write('tollgate.jsonc', `{ "apis": { "orders": { "upstream": "${upstream.url}" } } }`);
    const { url } = await runningGateway();
    await until('the API', async () => (await fetch(`${url}/orders/`)).ok);
  });
  after(() => upstream.close());

  it('is followed by a restart on the same port within seconds', async () => {
    const before = await runningGateway();
    process.kill(before.pid, 'SIGKILL');
    const { gateway } = await tollgate();
    assert.equal(gateway.kind, 'running');
    await until('another process', async () => (await runningGateway()).pid !== before.pid);
    const after = await runningGateway();
    assert.equal(after.port, before.port);
    assert.equal((await fetch(`${after.url}/orders/`)).status, 200);
  });

  it('loses nothing that was stored', async () => {
    upstream.answer = () => outOfCredit(4096, 100);
    const program = await write('crash.mjs', askProgram.replace('/openrouter/', '/orders/'));
    await runProgram(program, await terminalEnvironment());
    const { relatedInformation } = await until('the finding', () => diagnosticsOf(program)[0]);
    const id = relatedInformation?.[0]?.location.uri.query;
    const { pid } = await runningGateway();
    process.kill(pid, 'SIGKILL');
    await until('another process', async () => (await runningGateway()).pid !== pid);
    assert.equal(diagnosticsOf(program).length, 1);
    await vscode.env.clipboard.writeText('');
    await vscode.commands.executeCommand('tollgate.copyReport', id);
    assert.match(await vscode.env.clipboard.readText(), /HTTP\/1\.1 402/);
  });
});
