import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import type { GatewayState } from '../../src/shared/settings.ts';
import { closeAll, gatewayWith } from './support.ts';

describe('The gateway’s port', () => {
  afterEach(closeAll);

  it('is the wanted one, and the next free one where that is taken', async () => {
    const first = await gatewayWith({});
    const second = await gatewayWith({}, { port: first.port });
    assert.notEqual(second.port, first.port);
    assert.ok(second.port > 0);
    await second.close();
    await first.close();
    assert.equal((await gatewayWith({}, { port: first.port })).port, first.port);
  });

  it('fails clearly where it is taken and no other will do', async () => {
    const { port } = await gatewayWith({});
    await assert.rejects(gatewayWith({}, { port, whenPortTaken: 'fail' }), {
      name: 'ChannelError',
      code: 'port_taken',
      message: new RegExp(`Port ${port} is taken`),
    });
  });

  it('is open on loopback only', async function () {
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((one) => one?.family === 'IPv4' && !one.internal)?.address;
    if (outside === undefined) {
      console.log('      (this machine has no other address)');
      this.skip();
      return;
    }
    const { port } = await gatewayWith({});
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect(port, outside);
      socket.on('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    assert.equal(reached, false);
  });

  it('stands in the state file while it listens', async () => {
    const gateway = await gatewayWith({});
    const state = JSON.parse(await readFile(gateway.stateFile, 'utf8')) as GatewayState;
    const { pid, port, url, spool, ca } = state;
    const expected = { pid: process.pid, port: gateway.port, url: gateway.url, ca: null };
    assert.deepEqual({ pid, port, url, ca }, expected);
    assert.equal(spool, path.join(gateway.directory, 'data', 'spool'));
    assert.ok(state.hosts.includes('api.openai.com'));
    assert.ok((await stat(state.spool)).isDirectory());
    await gateway.close();
    assert.equal(existsSync(gateway.stateFile), false);
  });

  it('leaves the state file alone where another gateway has written it since', async () => {
    const gateway = await gatewayWith({});
    const other = JSON.stringify({ pid: 1, port: 1, url: 'http://127.0.0.1:1', spool: '/' });
    await writeFile(gateway.stateFile, other);
    await gateway.close();
    assert.equal(await readFile(gateway.stateFile, 'utf8'), other);
  });

  it('is let go of at once, whatever is under way', async () => {
    const gateway = await gatewayWith({ a: { upstream: 'http://127.0.0.1:9' } });
    const idle = connect(gateway.port, '127.0.0.1').on('error', () => undefined);
    await new Promise((resolve) => idle.on('connect', resolve));
    const closed = new Promise((resolve) => idle.on('close', resolve));
    await gateway.close();
    await closed;
    await gateway.close();
  });
});
