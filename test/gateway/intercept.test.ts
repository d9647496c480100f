import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { fetch as undiciFetch, ProxyAgent } from 'undici';
import { curl, interceptingGateway, rows, secureUpstream } from './interceptStage.ts';
import { closeAll, closeLater, echo, talk, until, upstream, type Echoed } from './support.ts';

describe('Interception', function () {
  this.timeout(20_000);
  afterEach(closeAll);

  it('keeps its key to itself', async () => {
    const gateway = await interceptingGateway([]);
    const key = await stat(gateway.ca.replace('.pem', '.key'));
    assert.equal(key.mode & 0o777, 0o600);
    const state = JSON.parse(await readFile(gateway.stateFile, 'utf8')) as { ca: string; hosts: readonly string[] };
    assert.equal(state.ca, gateway.ca);
    assert.ok(state.hosts.includes('api.anthropic.com'));
  });

  it('makes no authority before somebody has agreed to one, and lets TLS pass unread until then', async () => {
    const far = await secureUpstream(echo);
    const gateway = await interceptingGateway([far.host], { intercept: { mode: 'ask' } });
    assert.equal(existsSync(gateway.ca), false);
    const { stdout } = await curl('-k', '-x', gateway.url, `${far.url}/a`);
    assert.equal((JSON.parse(stdout) as Echoed).url, '/a');
    assert.deepEqual(await rows(gateway), []);
  });

  it('is no proxy where it is off', async () => {
    const far = await upstream(echo);
    const gateway = await interceptingGateway([], { intercept: { mode: 'off' } });
    const host = new URL(far.url).host;
    assert.match(
      await talk(gateway.port, `CONNECT ${host} HTTP/1.1\r\n\r\n`, (all) => all.includes('hint')),
      /^HTTP\/1\.1 403 /,
    );
    const absolute = `GET ${far.url}/ HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
    assert.match(await talk(gateway.port, absolute, (all) => all.includes('hint')), /^HTTP\/1\.1 403 /);
  });

  for (const protocol of ['--http1.1', '--http2'] as const)
    for (const http2 of [false, true])
      it(`reads what curl sends with ${protocol} to a server ${http2 ? 'with' : 'without'} HTTP/2`, async () => {
        const far = await secureUpstream(echo, { http2 });
        const gateway = await interceptingGateway([far.host]);
        const { stdout, stderr } = await curl(
          ...[
            protocol,
            '-x',
            gateway.url,
            '--cacert',
            gateway.ca,
            '-w',
            '\n%{http_version}',
            '-d',
            'hello',
            `${far.url}/a?b=1`,
          ],
        );
        const [body = '', version] = stdout.split('\n');
        const echoed = JSON.parse(body || `"${stderr}"`) as Echoed;
        assert.deepEqual([echoed.method, echoed.url, echoed.body], ['POST', '/a?b=1', 'hello']);
        assert.equal(version, protocol === '--http2' ? '2' : '1.1');
        // What came in by HTTP/2 goes on by it where the server speaks it.
        assert.equal(echoed.rawHeaders.includes(':path'), protocol === '--http2' && http2);
        const [row] = await rows(gateway);
        assert.deepEqual(
          [row?.host, row?.path, row?.status, row?.api, row?.provider],
          [far.host, '/a?b=1', 200, null, null],
        );
      });

  it('reads SOCKS5 with names and with addresses, the absolute form, and plain HTTP in a tunnel', async () => {
    const far = await secureUpstream(echo);
    const plain = await upstream(echo);
    const { host } = new URL(plain.url);
    const gateway = await interceptingGateway([far.host, host]);
    const socks = `127.0.0.1:${gateway.port}`;
    for (const args of [
      ['--socks5-hostname', socks, `${far.url}/1`],
      ['--socks5', socks, `${far.url}/2`],
      ['--socks5-hostname', socks, `${plain.url}/3`],
      ['-x', gateway.url, `${plain.url}/4`],
      ['-p', '-x', gateway.url, `${plain.url}/5`],
    ]) {
      const { stdout, stderr } = await curl('--cacert', gateway.ca, ...args);
      assert.match(stdout, /"url":"\/\d"/, `${args.join(' ')}: ${stderr}`);
    }
    const paths = (await rows(gateway)).map(({ path }) => path);
    assert.deepEqual(paths, ['/5', '/4', '/3', '/2', '/1']);
  });

  it('shows a certificate with the address where a client asks for one', async () => {
    const far = await secureUpstream(echo, { host: '127.0.0.1' });
    const gateway = await interceptingGateway([`127.0.0.1:${far.port}`]);
    const { stdout, stderr } = await curl(
      '-x',
      gateway.url,
      '--cacert',
      gateway.ca,
      `https://127.0.0.1:${far.port}/ip`,
    );
    assert.match(stdout, /"url":"\/ip"/, stderr);
  });

  it('treats a call to a declared upstream as one to that API', async () => {
    const far = await secureUpstream(echo);
    const apis = { work: { upstream: `${far.url}/base`, headers: { 'X-Team': 'blue' }, credential: { type: 'key' } } };
    const gateway = await interceptingGateway([], { apis, secrets: { work: { type: 'key', value: 'the-real-key' } } });
    const own = await curl(
      '-x',
      gateway.url,
      '--cacert',
      gateway.ca,
      '-H',
      'Authorization: Bearer mine',
      `${far.url}/base/x`,
    );
    const headers = (JSON.parse(own.stdout) as Echoed).rawHeaders.join();
    assert.match(headers, /authorization,Bearer mine/i);
    assert.match(headers, /x-team,blue/i);
    const key = `Authorization: Bearer ${gateway.programKey}`;
    const spent = await curl('-x', gateway.url, '--cacert', gateway.ca, '-H', key, `${far.url}/base/y`);
    assert.match((JSON.parse(spent.stdout) as Echoed).rawHeaders.join(), /authorization,Bearer the-real-key/i);
    await curl('-x', gateway.url, '--cacert', gateway.ca, `${far.url}/baseball`);
    assert.deepEqual(
      (await rows(gateway)).map(({ path, api }) => [path, api]),
      [
        ['/baseball', null],
        ['/base/y', 'work'],
        ['/base/x', 'work'],
      ],
    );
  });

  it('sends Tollgate’s key to nobody where no API is declared', async () => {
    let called = 0;
    const far = await secureUpstream((request, response) => {
      called++;
      echo(request, response);
    });
    const gateway = await interceptingGateway([far.host]);
    const key = `x-api-key: ${gateway.programKey}`;
    const { stdout } = await curl('-x', gateway.url, '--cacert', gateway.ca, '-H', key, far.url);
    assert.match(stdout, /credential_unavailable/);
    assert.equal(called, 0);
  });

  it('forwards to hosts that are not listed, and keeps nothing of it', async () => {
    const far = await secureUpstream(echo);
    const plain = await upstream(echo);
    const gateway = await interceptingGateway([]);
    const blind = await curl('-x', gateway.url, '-k', '-w', '%{ssl_verify_result}', '--cacert', gateway.ca, far.url);
    // curl could verify our own certificate; that of the server is another's.
    assert.doesNotMatch(blind.stdout, /}0$/);
    assert.match((await curl('-x', gateway.url, `${plain.url}/p`)).stdout, /"url":"\/p"/);
    assert.deepEqual(await rows(gateway), []);
  });

  it('leaves excluded hosts alone', async () => {
    const far = await secureUpstream(echo);
    const gateway = await interceptingGateway(['localhost'], { intercept: { exclude: [far.host] } });
    assert.match((await curl('-x', gateway.url, '-k', far.url)).stdout, /"method":"GET"/);
    assert.deepEqual(await rows(gateway), []);
  });

  it('lets a client that pins another certificate pass at its next try, and others not', async () => {
    const far = await secureUpstream(echo);
    const gateway = await interceptingGateway([far.host]);
    const refused = await curl('--http1.1', '-x', gateway.url, far.url);
    assert.match(refused.stderr, /SSL certificate problem/);
    const { stdout } = await curl('--http1.1', '-k', '-x', gateway.url, `${far.url}/pinned`);
    assert.match(stdout, /pinned/);
    assert.deepEqual(await rows(gateway), []);
    // Another library greets in another way.
    const agent = new ProxyAgent({ uri: gateway.url, requestTls: { ca: await readFile(gateway.ca) } });
    closeLater(() => agent.close());
    assert.equal((await undiciFetch(`${far.url}/read`, { dispatcher: agent })).status, 200);
    assert.deepEqual(
      (await rows(gateway)).map(({ path }) => path),
      ['/read'],
    );
  });

  it('notices that Node refuses, though it does so without an alert', async () => {
    const far = await secureUpstream(echo);
    const gateway = await interceptingGateway([far.host]);
    const strict = new ProxyAgent({ uri: gateway.url, requestTls: { ca: far.ca } });
    closeLater(() => strict.close());
    await assert.rejects(undiciFetch(far.url, { dispatcher: strict }));
    const status = await until(async () =>
      undiciFetch(far.url, { dispatcher: strict }).then(
        ({ status: one }) => one,
        () => null,
      ),
    );
    assert.equal(status, 200);
    assert.deepEqual(await rows(gateway), []);
  });

  it('says why it does not trust a server', async () => {
    const far = await secureUpstream(echo);
    const gateway = await interceptingGateway([far.host], { settings: { strictSsl: true } });
    for (const protocol of ['--http1.1', '--http2']) {
      const { stdout } = await curl(protocol, '-x', gateway.url, '--cacert', gateway.ca, '-w', '%{http_code}', far.url);
      assert.match(stdout, /certificate of localhost:\d+ is not accepted: /);
      assert.match(stdout, /502$/);
    }
    const [row] = await rows(gateway);
    assert.deepEqual([row?.status, row?.state], [502, 'failed']);
  });

  it('answers 502 where nothing listens, in a tunnel that is read and before one that is not', async () => {
    const gateway = await interceptingGateway(['localhost:9']);
    const read = await curl('-x', gateway.url, '--cacert', gateway.ca, '-w', '%{http_code}', 'https://localhost:9/');
    assert.match(read.stdout, /nothing listens there.*502$/s);
    const unread = await curl('-x', gateway.url, '-w', '%{http_connect}', 'https://127.0.0.1:9/');
    assert.equal(unread.stdout, '502');
    const socks = await curl('--socks5-hostname', `127.0.0.1:${gateway.port}`, 'https://127.0.0.1:9/');
    assert.match(socks.stderr, /\(97\)|SOCKS5/);
  });
});
