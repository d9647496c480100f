import assert from 'node:assert/strict';
import { request } from 'node:http';
import {
  bodyText,
  closeAll,
  gatewayWith,
  lastExchange,
  tcpUpstream,
  upstream,
  type GatewayFixture,
} from './support.ts';

interface Answer {
  readonly status: number;
  readonly code: string | null;
  readonly error: { readonly code: string; readonly message: string; readonly hint: string; readonly apis?: string[] };
}

describe('Where the gateway cannot bring an answer, it', () => {
  afterEach(closeAll);

  it('names the declared APIs and the nearest one for an API that is not', async () => {
    const gateway = await gatewayWith({
      openrouter: { provider: 'openrouter' },
      orders: { upstream: 'http://127.0.0.1:9' },
    });
    const { status, code, error } = await ask(gateway, '/opnrouter/api/v1/models');
    assert.equal(status, 404);
    assert.equal(code, 'unknown_api');
    assert.match(error.message, /"opnrouter"/);
    assert.match(error.hint, /Did you mean "openrouter"\?/);
    assert.deepEqual(error.apis, ['openrouter', 'orders']);
    const exchange = await lastExchange(gateway);
    assert.equal(exchange.api, null);
    assert.equal(exchange.state, 'failed');
    assert.equal(exchange.failure?.code, 'unknown_api');
    assert.equal(exchange.diagnosis, null);
  });

  it('says how to declare a provider that it knows', async () => {
    const gateway = await gatewayWith({});
    const { error } = await ask(gateway, '/deepseek/chat');
    assert.match(error.hint, /Add "deepseek": \{ "provider": "deepseek" \}/);
  });

  it('says that nothing listens there, and keeps what was sent', async () => {
    const gateway = await gatewayWith({ orders: { upstream: 'http://127.0.0.1:1' } });
    const { status, code, error } = await ask(gateway, '/orders/', { method: 'POST', body: 'an order' });
    assert.equal(status, 502);
    assert.equal(code, 'upstream_unreachable');
    assert.match(error.message, /nothing listens there.*ECONNREFUSED/);
    assert.match(error.hint, /Start the server at 127\.0\.0\.1:1/);
    const exchange = await lastExchange(gateway);
    assert.equal(exchange.status, 502);
    assert.equal(exchange.failure?.code, 'upstream_unreachable');
    assert.equal(exchange.diagnosis, null);
    assert.equal(await bodyText(gateway, exchange.id, 'request'), 'an order');
  });

  it('says that a name does not exist', async () => {
    const gateway = await gatewayWith({ a: { upstream: 'http://does-not-exist.invalid' } });
    const { status, error } = await ask(gateway, '/a/');
    assert.equal(status, 502);
    assert.match(error.message, /does-not-exist\.invalid (does not exist|could not be looked up)/);
  });

  it('says that TLS is not spoken there', async () => {
    const { url } = await upstream((_request, response) => void response.end());
    const gateway = await gatewayWith({ a: { upstream: url.replace('http:', 'https:') } });
    const { status, error } = await ask(gateway, '/a/');
    assert.equal(status, 502);
    assert.match(error.hint, /write "http:\/\/" in "upstream"/);
  });

  it('gives 504 where an answer does not begin in time', async () => {
    const { url } = await upstream(() => undefined);
    const gateway = await gatewayWith({ a: { upstream: url, timeouts: { firstByte: 0.1 } } });
    const { status, code, error } = await ask(gateway, '/a/');
    assert.equal(status, 504);
    assert.equal(code, 'upstream_timeout');
    assert.match(error.message, /did not begin to answer within 0\.1 s/);
    assert.match(error.hint, /timeouts\.firstByte/);
  });

  it('gives 504 where no connection comes about in time', async () => {
    // Nothing is heard of a TLS handshake there.
    const { url } = await tcpUpstream(() => undefined);
    const gateway = await gatewayWith({ a: { upstream: url.replace('http:', 'https:'), timeouts: { connect: 0.1 } } });
    const { status, code, error } = await ask(gateway, '/a/');
    assert.equal(status, 504);
    assert.equal(code, 'upstream_timeout');
    assert.match(error.hint, /timeouts\.connect/);
  });

  it('breaks off where an answer falls silent', async () => {
    const { url } = await upstream((_request, response) => void response.write('a beginning'));
    const gateway = await gatewayWith({ a: { upstream: url, timeouts: { idle: 0.1 } } });
    const response = await fetch(`${gateway.url}/a/`);
    await assert.rejects(response.text());
    const exchange = await lastExchange(gateway);
    assert.equal(exchange.state, 'failed');
    assert.equal(exchange.failure?.code, 'upstream_timeout');
  });

  it('says that an answer is not HTTP', async () => {
    const { url } = await tcpUpstream((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.2\r\n')));
    const gateway = await gatewayWith({ a: { upstream: url } });
    const { status, code } = await ask(gateway, '/a/');
    assert.equal(status, 502);
    assert.equal(code, 'upstream_protocol_error');
  });

  it('says that the connection was closed without an answer', async () => {
    const { url } = await tcpUpstream((socket) => socket.once('data', () => socket.destroy()));
    const gateway = await gatewayWith({ a: { upstream: url } });
    const { status, code } = await ask(gateway, '/a/', { method: 'POST', body: 'x' });
    assert.equal(status, 502);
    assert.equal(code, 'upstream_reset');
  });

  it('gives 503 for an API that is stopped, and serves it again once started', async () => {
    const { url } = await upstream((_request, response) => void response.end('ok'));
    const gateway = await gatewayWith({ a: { upstream: url } });
    await gateway.api.setRunning('a', false);
    const { status, code } = await ask(gateway, '/a/');
    assert.equal(status, 503);
    assert.equal(code, 'api_stopped');
    assert.equal((await gateway.api.apis())[0]?.running, false);
    await gateway.api.setRunning('a', true);
    assert.equal((await fetch(`${gateway.url}/a/`)).status, 200);
  });

  it('gives the same for uploads that it has no use for, to clients that send them to the end', async () => {
    const gateway = await gatewayWith({});
    const size = 5 * 1024 * 1024;
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const call = request(`${gateway.url}/nowhere/`, { method: 'POST' }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode));
      });
      call.on('error', reject).end(Buffer.alloc(size));
    });
    assert.equal(status, 404);
    assert.equal((await lastExchange(gateway)).request.body.size, size);
  });

  it('tells the health of each API by its newest call', async () => {
    let status = 200;
    const { url } = await upstream((_request, response) => void response.writeHead(status).end());
    const gateway = await gatewayWith({ a: { upstream: url } });
    for (const [next, health] of [
      [200, 'ok'],
      [402, 'refused'],
      [503, 'failing'],
      [404, 'ok'],
    ] as const) {
      status = next;
      await fetch(`${gateway.url}/a/`);
      const [api] = await gateway.api.apis();
      assert.equal(api?.health, health);
      assert.equal(api.lastStatus, next);
    }
    assert.equal((await gateway.api.apis())[0]?.calls, 4);
  });
});

async function ask(gateway: GatewayFixture, path: string, init?: RequestInit): Promise<Answer> {
  const response = await fetch(gateway.url + path, init);
  assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
  const { error } = (await response.json()) as Pick<Answer, 'error'>;
  return { status: response.status, code: response.headers.get('x-tollgate-error'), error };
}
