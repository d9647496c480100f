import assert from 'node:assert/strict';
import { Agent, request as httpRequest } from 'node:http';
import type { Exchange } from '../../src/shared/exchange.ts';
import { closeAll, gatewayWith, lastExchange, pause, until, upstream, type GatewayFixture } from './support.ts';

describe('The timing of an exchange', () => {
  afterEach(closeAll);

  it('has each phase, and null for those that did not happen', async () => {
    const { url } = await upstream((_request, response) => {
      setTimeout(() => {
        response.write('first');
        setTimeout(() => response.end('last'), 60);
      }, 80);
    });
    const gateway = await gatewayWith({ a: { upstream: url } });
    const first = await timed(gateway, 1);
    const second = await timed(gateway, 2);
    for (const { timing } of [first, second]) {
      assert.equal(timing.tls, null);
      assert.ok(timing.queue !== null && timing.queue >= 0);
      assert.ok(timing.firstByte !== null && timing.firstByte >= 70, String(timing.firstByte));
      assert.ok(timing.download !== null && timing.download >= 50, String(timing.download));
      const { queue, connect, firstByte, download, total } = timing;
      const sum = queue + (connect ?? 0) + firstByte + download;
      assert.ok(Math.abs(sum - (total ?? 0)) < 1, `${sum} of ${String(total)}`);
    }
    assert.ok(first.timing.connect !== null && first.timing.connect > 0);
    assert.equal(second.timing.connect, null);
    assert.ok(first.startedAt <= Date.now() && first.startedAt > Date.now() - 20_000);
  });

  it('has no phase that was not reached', async () => {
    const gateway = await gatewayWith({ a: { upstream: 'http://127.0.0.1:1' } });
    await fetch(`${gateway.url}/a/`);
    const { timing } = await lastExchange(gateway);
    assert.equal(timing.queue, null);
    assert.equal(timing.connect, null);
    assert.ok(timing.total !== null && timing.total > 0);
  });

  it('counts the requests of each client connection', async () => {
    const { url } = await upstream((_request, response) => void response.end('ok'));
    const gateway = await gatewayWith({ a: { upstream: url } });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number>();
    for (let index = 0; index < 3; index++)
      await new Promise<void>((resolve, reject) => {
        httpRequest(`${gateway.url}/a/${index}`, { agent }, (response) => {
          ports.add(response.socket.localPort ?? 0);
          response.resume().on('end', resolve);
        })
          .on('error', reject)
          .end();
      });
    agent.destroy();
    const { rows } = await until(async () => {
      const page = await gateway.api.exchanges({ filter: '', limit: 10 });
      return page.total === 3 && page;
    });
    const exchanges = await Promise.all(rows.map(({ id }) => gateway.api.exchange(id)));
    assert.deepEqual(
      exchanges.map((exchange) => exchange?.client.ordinal),
      [3, 2, 1],
    );
    assert.deepEqual([...new Set(exchanges.map((exchange) => exchange?.client.port))], [...ports]);
  });
});

async function timed(gateway: GatewayFixture, number: number): Promise<Exchange> {
  await (await fetch(`${gateway.url}/a/`)).text();
  // The connection is free for the next request a moment after its answer.
  await pause(20);
  return until(async () => {
    const exchange = await lastExchange(gateway);
    return exchange.number === number && exchange;
  });
}
