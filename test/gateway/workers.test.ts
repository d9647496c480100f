import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import type { ExchangeSummary } from '../../src/shared/exchange.ts';
import { closeAll, echo, gatewayWith, until, upstream, type GatewayFixture } from './support.ts';

describe('Several forwarding processes on one port', () => {
  afterEach(closeAll);

  it('record in one place, hand over in the middle of a connection what is not theirs, and stop at once', async () => {
    const { url } = await upstream(echo);
    const gateway = await gatewayWith({ a: { upstream: url } }, { workers: 2 });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let count = 0; count < 3; count++) assert.match((await ask(gateway.port, '/a/x', { agent })).text, /"hello"/);
    assert.equal((await ask(gateway.port, '/_tollgate/health', { agent, method: 'GET' })).status, 200);
    assert.equal((await ask(gateway.port, '/a/y', { agent })).status, 200);
    const other = new Agent({ keepAlive: true, maxSockets: 1 });
    await ask(gateway.port, '/a/z', { agent: other });
    await gateway.api.setRunning('a', false);
    assert.equal((await ask(gateway.port, '/a/z', { agent: other })).status, 503);
    await gateway.api.setRunning('a', true);
    assert.equal((await ask(gateway.port, '/a/z')).status, 200);
    for (const one of [agent, other]) one.destroy();
    const rows = await rowsOf(gateway);
    assert.deepEqual(
      rows.map(({ number, status }) => [number, status]),
      [200, 503, 200, 200, 200, 200, 200].map((status, index) => [7 - index, status]),
    );
  });

  it('hold a budget exactly, and outlive one that is killed, whose calls are recorded as broken', async function () {
    // Only there is it easy to see which processes one has.
    if (process.platform !== 'linux') return this.skip();
    let calls = 0;
    const { url } = await upstream((request, response) => {
      if (request.url === '/dear') calls++;
      if (request.url === '/slow') response.writeHead(200).write('begun');
      else response.end('done');
    });
    const gateway = await gatewayWith(
      { a: { upstream: url }, b: { upstream: url } },
      { workers: 2, catalogue: { budgets: { b: { api: 'a', calls: 20, per: 'total', over: 'refuse' } } } },
    );
    const answers = await Promise.all(Array.from({ length: 60 }, () => ask(gateway.port, '/a/dear')));
    assert.deepEqual([calls, answers.filter(({ status }) => status === 200).length], [20, 20]);

    const broken = [0, 1].map(() => ask(gateway.port, '/b/slow', { method: 'GET' }).then(String, () => 'broken off'));
    const states = async (): Promise<readonly string[]> =>
      (await rowsOf(gateway)).filter(({ path }) => path === '/slow').map(({ state }) => state);
    await until(async () => (await states()).join() === 'open,open', 'two calls under way');
    const [victim = 0] = children();
    process.kill(victim, 'SIGKILL');
    assert.equal(await Promise.race(broken), 'broken off');
    await until(async () => [...(await states())].sort().join() === 'failed,open', 'one call that broke off');
    assert.equal((await ask(gateway.port, '/b/quick')).text, 'done');
    await until(() => Promise.resolve(children().length === 2), 'another worker');
    await gateway.close();
    await Promise.all(broken);
    assert.deepEqual(children(), []);
  });
});

const rowsOf = async (gateway: GatewayFixture): Promise<readonly ExchangeSummary[]> =>
  (await gateway.api.exchanges({ filter: '', limit: 100 })).rows;

/** The forwarding processes that this one has forked. */
function children(): readonly number[] {
  return readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8')
    .split(' ')
    .map(Number)
    .filter((pid) => pid > 0 && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('gatewayWorker'));
}

interface Asked {
  readonly agent?: Agent;
  readonly method?: 'GET' | 'POST';
}

function ask(
  port: number,
  path: string,
  { agent, method = 'POST' }: Asked = {},
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port, host: '127.0.0.1', path, method, agent: agent ?? false });
    request.on('error', reject).on('response', (response) => {
      let text = '';
      response.on('error', reject).setEncoding('utf8');
      response.on('data', (piece: string) => (text += piece));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    request.end(method === 'POST' ? 'hello' : undefined);
  });
}
