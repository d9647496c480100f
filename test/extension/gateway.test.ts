import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import * as vscode from 'vscode';
import { runningGateway, tollgate, until, write } from './window.ts';

describe('the gateway', () => {
  it('does not start in a folder without tollgate.jsonc', async () => {
    assert.equal((await tollgate()).gateway.kind, 'stopped');
  });

  it('starts when a tollgate.jsonc appears', async () => {
    await write('tollgate.jsonc', '{ "apis": { "orders": { "title": "Orders", "upstream": "http://127.0.0.1:9" } } }');
    const { url } = await runningGateway();
    const health = await fetch(`${url}/_tollgate/health`);
    assert.equal(health.status, 200);
    assert.equal(((await health.json()) as { readonly name: string }).name, 'tollgate');
  });

  it('stops and starts by command, on the same port', async () => {
    const before = await runningGateway();
    await vscode.commands.executeCommand('tollgate.stopGateway');
    assert.equal((await tollgate()).gateway.kind, 'stopped');
    await assert.rejects(fetch(`${before.url}/_tollgate/health`));
    await vscode.commands.executeCommand('tollgate.startGateway');
    const after = await runningGateway();
    assert.equal(after.port, before.port);
    assert.notEqual(after.pid, before.pid);
  });

  it('takes another port where its own is taken, and comes back to it later', async () => {
    const { port } = await runningGateway();
    await vscode.commands.executeCommand('tollgate.stopGateway');
    const squatter = createServer();
    await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
    try {
      await vscode.commands.executeCommand('tollgate.startGateway');
      assert.notEqual((await runningGateway()).port, port);
    } finally {
      await new Promise((resolve) => squatter.close(resolve));
    }
    await vscode.commands.executeCommand('tollgate.restartGateway');
    assert.equal((await runningGateway()).port, port);
  });

  it('puts the URL of an API on the clipboard', async () => {
    const { url } = await runningGateway();
    await vscode.commands.executeCommand('tollgate.copyUrl', 'orders');
    await until('the clipboard', async () => (await vscode.env.clipboard.readText()) === `${url}/orders`);
  });
});
