import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { startUpstream, type Upstream } from './upstream.ts';
import { runningGateway, terminalEnvironment, until, write } from './window.ts';

describe('a credential', () => {
  let upstream: Upstream;
  before(async () => {
    upstream = await startUpstream(() => ({ status: 200, body: {} }));
    const print = await write('token.cjs', `console.log('token-' + process.hrtime.bigint());`);
    await write(
      'tollgate.jsonc',
      JSON.stringify({
        apis: {
          orders: {
            upstream: upstream.url,
            credential: {
              type: 'command',
              command: ['node', print],
              send: { header: 'authorization', scheme: 'Bearer' },
            },
          },
        },
      }),
    );
    const { url } = await runningGateway();
    await until('the API', async () => (await fetch(`${url}/orders/`)).ok);
  });
  after(() => upstream.close());

  const sent = async (key: string): Promise<string> => {
    const { url } = await runningGateway();
    await fetch(`${url}/orders/list`, { headers: { authorization: `Bearer ${key}` } });
    return upstream.requests.at(-1)?.headers.authorization ?? '';
  };

  it('is put into calls that carry Tollgate’s key, and renewed by "Refresh Token"', async () => {
    const { TOLLGATE_KEY: key = '' } = await terminalEnvironment();
    assert.notEqual(key, '');
    const first = await sent(key);
    assert.match(first, /^Bearer token-\d+$/);
    assert.equal(await sent(key), first);
    await vscode.commands.executeCommand('tollgate.refreshToken', 'orders');
    assert.notEqual(await sent(key), first);
  });

  it('of the caller’s own passes through untouched', async () => {
    assert.equal(await sent('my-own'), 'Bearer my-own');
  });
});
