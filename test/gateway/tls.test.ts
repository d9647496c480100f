import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer as createSecureServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { defaultSettings } from '../../src/shared/settings.ts';
import { closeAll, closeLater, echo, gatewayWith, lastExchange, temporaryFolder, type Echoed } from './support.ts';

describe('An upstream over TLS', () => {
  afterEach(closeAll);

  it('is not trusted where its certificate is signed by itself, and it says so', async function () {
    const url = await secureUpstream();
    if (url === null) {
      this.skip();
      return;
    }
    const gateway = await gatewayWith({ a: { upstream: url } });
    const response = await fetch(`${gateway.url}/a/`);
    assert.equal(response.status, 502);
    const { error } = (await response.json()) as { error: { code: string; message: string; hint: string } };
    assert.equal(error.code, 'upstream_unreachable');
    assert.match(error.message, /certificate of .* is not accepted: it is signed by itself/);
    assert.match(error.hint, /NODE_EXTRA_CA_CERTS/);
  });

  it('is reached where certificates are not to be checked, and its handshake is measured once', async function () {
    const url = await secureUpstream();
    if (url === null) {
      this.skip();
      return;
    }
    const settings = { ...defaultSettings, strictSsl: false };
    const gateway = await gatewayWith({ a: { upstream: `${url}/base` } }, { settings });
    const response = await fetch(`${gateway.url}/a/x`, { method: 'POST', body: 'hello' });
    assert.equal(response.status, 200);
    const echoed = (await response.json()) as Echoed;
    assert.equal(echoed.url, '/base/x');
    assert.equal(echoed.body, 'hello');
    const { timing, url: stored } = await lastExchange(gateway);
    assert.equal(stored, `${url}/base/x`);
    assert.ok(timing.connect !== null && timing.tls !== null && timing.tls > 0);
  });

  it('is reached anew when the setting changes', async function () {
    const url = await secureUpstream();
    if (url === null) {
      this.skip();
      return;
    }
    const gateway = await gatewayWith({ a: { upstream: url } });
    assert.equal((await fetch(`${gateway.url}/a/`)).status, 502);
    await gateway.api.configure({ ...defaultSettings, strictSsl: false });
    assert.equal((await fetch(`${gateway.url}/a/`)).status, 200);
  });
});

/** A server with a certificate made for the test; null where there is no openssl to make one. */
async function secureUpstream(): Promise<string | null> {
  const directory = await temporaryFolder();
  const [key, certificate] = [path.join(directory, 'key.pem'), path.join(directory, 'certificate.pem')];
  const words =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1';
  const made = spawnSync('openssl', [...words.split(' '), '-keyout', key, '-out', certificate], { stdio: 'ignore' });
  if (made.status !== 0) {
    console.log('      (openssl is not installed)');
    return null;
  }
  const server: Server = createSecureServer({ key: readFileSync(key), cert: readFileSync(certificate) }, echo);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closeLater(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  );
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
