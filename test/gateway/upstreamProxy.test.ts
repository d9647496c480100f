import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { upstreamProxy } from '../../src/gateway/upstreamProxy.ts';
import { defaultSettings } from '../../src/shared/settings.ts';
import { closeAll, closeLater, echo, gatewayWith, upstream, type Echoed } from './support.ts';

describe('The proxy between the gateway and the internet', () => {
  afterEach(closeAll);

  it('is asked to connect, with its own credential, and what passes is as without it', async () => {
    const { url } = await upstream(echo);
    const proxy = await connectProxy(new URL(url).port);
    const settings = { ...defaultSettings, proxy: proxy.url.replace('http://', 'http://me:pass%20word@') };
    const gateway = await gatewayWith({ a: { upstream: 'http://api.example.test/v1' } }, { settings });
    const response = await fetch(`${gateway.url}/a/x`, { headers: { 'X-Mine': '1' } });
    const echoed = (await response.json()) as Echoed;
    assert.equal(echoed.url, '/v1/x');
    assert.ok(echoed.rawHeaders.includes('api.example.test'));
    assert.ok(!echoed.rawHeaders.some((one) => /proxy/i.test(one)));
    assert.deepEqual(proxy.asked, [
      { target: 'api.example.test:80', authorization: `Basic ${Buffer.from('me:pass word').toString('base64')}` },
    ]);
  });

  it('is named where it refuses or cannot be reached', async () => {
    const proxy = await connectProxy(null);
    for (const [address, message] of [
      [proxy.url, /answered CONNECT api\.example\.test:80 with 407/],
      ['http://127.0.0.1:1', /The proxy 127\.0\.0\.1:1 cannot be reached/],
      ['socks5://127.0.0.1:1', /not an HTTP proxy/],
    ] as const) {
      const settings = { ...defaultSettings, proxy: address };
      const gateway = await gatewayWith({ a: { upstream: 'http://api.example.test' } }, { settings });
      const response = await fetch(`${gateway.url}/a/x`);
      assert.equal(response.status, 502);
      assert.match(await response.text(), message);
    }
  });

  const through = (
    url: string,
    environment: Record<string, string>,
    settings: { readonly proxy?: string; readonly noProxy?: readonly string[] } = {},
  ): string | undefined => upstreamProxy(new URL(url), { proxy: '', noProxy: [], ...settings }, environment)?.origin;

  it('is the setting’s, else the environment’s for the scheme', () => {
    const environment = { HTTPS_PROXY: 'http://secure:1', http_proxy: 'plain:2' };
    assert.equal(through('https://a.test', environment), 'http://secure:1');
    assert.equal(through('http://a.test', environment), 'http://plain:2');
    assert.equal(through('https://a.test', environment, { proxy: 'http://set:3' }), 'http://set:3');
    assert.equal(through('https://a.test', { ALL_PROXY: 'http://all:4' }), 'http://all:4');
    assert.equal(through('https://a.test', {}), undefined);
  });

  it('is passed by for this machine and for the hosts that are named', () => {
    const environment = { HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://p:1', NO_PROXY: 'corp.test, .lan:8080' };
    for (const url of [
      'http://127.0.0.1:9',
      'http://localhost',
      'http://[::1]:80',
      'https://corp.test',
      'https://api.corp.test',
      'http://x.lan:8080',
    ])
      assert.equal(through(url, environment), undefined, url);
    for (const url of ['https://notcorp.test', 'http://x.lan', 'https://corp.test.evil'])
      assert.equal(through(url, environment), 'http://p:1', url);
    assert.equal(through('https://a.b.test', environment, { noProxy: ['*.b.test'] }), undefined);
    assert.equal(through('https://a.test', environment, { noProxy: ['*'] }), undefined);
  });
});

/** Connects whatever is asked for to one port; refuses where that is null. */
async function connectProxy(
  port: string | null,
): Promise<{ readonly url: string; readonly asked: { target: string | undefined; authorization: unknown }[] }> {
  const asked: { target: string | undefined; authorization: unknown }[] = [];
  const server = createServer();
  server.on('connect', (request, socket) => {
    asked.push({ target: request.url, authorization: request.headers['proxy-authorization'] });
    socket.on('error', () => undefined);
    if (port === null) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const further = connect(Number(port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.pipe(further).pipe(socket);
    });
    further.on('error', () => socket.destroy());
    socket.on('close', () => further.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeLater(() => new Promise((resolve) => server.close(resolve)));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}
