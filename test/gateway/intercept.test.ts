import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { connect as connectHttp2 } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { fetch as undiciFetch, ProxyAgent } from 'undici';
import type { ExchangeSummary } from '../../src/shared/exchange.ts';
import { interceptingGateway, secureUpstream, type InterceptingGateway } from './interceptStage.ts';
import { closeAll, closeLater, echo, talk, tcpUpstream, until, upstream, type Echoed } from './support.ts';

const run = promisify(execFile);

async function curl(...args: readonly string[]): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return run('curl', ['-sS', '-m', '15', ...args]).catch(
    (error: unknown) => error as { stdout: string; stderr: string },
  );
}

async function rows(gateway: InterceptingGateway): Promise<readonly ExchangeSummary[]> {
  await until(async () => {
    const { rows: found } = await gateway.api.exchanges({ filter: '', limit: 50 });
    return found.every(({ state }) => state !== 'open');
  });
  return (await gateway.api.exchanges({ filter: '', limit: 50 })).rows;
}

/** A tunnel to that place, by CONNECT. */
async function tunnel(gateway: InterceptingGateway, to: string): Promise<Socket> {
  const socket = connect(gateway.port, '127.0.0.1');
  closeLater(() => Promise.resolve(socket.destroy()));
  socket.write(`CONNECT ${to} HTTP/1.1\r\nHost: ${to}\r\n\r\n`);
  const head = await new Promise<string>((resolve) => socket.once('data', (bytes) => resolve(bytes.toString())));
  assert.match(head, /^HTTP\/1\.1 200 /);
  return socket;
}

async function secureTunnel(gateway: InterceptingGateway, to: string, more: object = {}): Promise<TLSSocket> {
  const socket = await tunnel(gateway, to);
  const secure = connectTls({ socket, servername: 'localhost', ca: await readFile(gateway.ca), ...more });
  await new Promise((resolve, reject) => secure.once('secureConnect', resolve).once('error', reject));
  return secure;
}

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

  it('passes a WebSocket within TLS byte for byte', async () => {
    const far = await secureUpstream(echo);
    far.server.on('upgrade', (_request, socket: Socket) => {
      socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
      socket.on('error', () => undefined).on('data', (bytes: Buffer) => socket.write(bytes));
    });
    const gateway = await interceptingGateway([far.host]);
    const secure = await secureTunnel(gateway, far.host);
    let received = '';
    secure.on('data', (bytes: Buffer) => (received += bytes.toString('latin1')));
    secure.write(
      `GET /ws HTTP/1.1\r\nHost: ${far.host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    );
    await until(() => received.includes('\r\n\r\n'));
    secure.write(Buffer.from('8183000000006869 21'.replace(' ', ''), 'hex'));
    await until(() => received.endsWith('\x81\x83\0\0\0\0hi!'));
    secure.destroy();
    const [row] = await rows(gateway);
    assert.deepEqual([row?.path, row?.status], ['/ws', 101]);
  });

  it('passes many streams of one HTTP/2 connection at a time, with bodies and trailers', async () => {
    const far = await secureUpstream(
      (request, response) => {
        const pieces: Buffer[] = [];
        request
          .on('data', (piece: Buffer) => pieces.push(piece))
          .on('end', () => {
            response.writeHead(200, { trailer: 'grpc-status' });
            response.write(Buffer.concat(pieces));
            response.addTrailers({ 'grpc-status': '0' });
            response.end();
          });
      },
      { http2: true },
    );
    const gateway = await interceptingGateway([far.host]);
    const secure = await secureTunnel(gateway, far.host, { ALPNProtocols: ['h2'] });
    const session = connectHttp2(far.url, { createConnection: () => secure });
    closeLater(() => Promise.resolve(session.destroy()));
    const big = Buffer.alloc(300_000, 'x');
    const answers = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const stream = session.request({ ':method': 'POST', ':path': `/${index}`, te: 'trailers' });
        let size = 0;
        let trailer: unknown;
        stream.on('trailers', (fields) => (trailer = fields['grpc-status']));
        stream.on('data', (bytes: Buffer) => (size += bytes.byteLength)).end(big);
        await new Promise((resolve, reject) => stream.once('end', resolve).once('error', reject));
        return [size, trailer];
      }),
    );
    assert.deepEqual(
      answers,
      Array.from({ length: 12 }, () => [300_000, '0']),
    );
    const paths = (await rows(gateway)).map(({ path }) => path).sort();
    assert.equal(new Set(paths).size, 12);
  });

  it('passes whatever is not HTTP, whoever speaks first', async () => {
    const first = await tcpUpstream((socket) => socket.end('220 speaks first\r\n'));
    const second = await tcpUpstream((socket) =>
      socket.once('data', (bytes) => socket.end(`got ${bytes.toString('hex')}`)),
    );
    const [one, two] = [new URL(first.url).host, new URL(second.url).host];
    const gateway = await interceptingGateway([one, two]);
    const heard = async (to: string, words: Buffer | null): Promise<string> => {
      const socket = await tunnel(gateway, to);
      if (words !== null) socket.write(words);
      return new Promise((resolve) => socket.on('data', (bytes: Buffer) => resolve(bytes.toString())));
    };
    assert.equal(await heard(one, null), '220 speaks first\r\n');
    assert.equal(await heard(two, Buffer.of(0, 1, 2)), 'got 000102');
    assert.deepEqual(await rows(gateway), []);
  });

  it('does not lead back to itself', async () => {
    const gateway = await interceptingGateway(['*']);
    for (const host of ['127.0.0.1', 'localhost', '[::1]'])
      assert.match(
        await talk(gateway.port, `CONNECT ${host}:${gateway.port} HTTP/1.1\r\n\r\n`, (all) => all.includes('hint')),
        /^HTTP\/1\.1 403 /,
      );
    // SOCKS5: greeting, then a request for 127.0.0.1 and our port.
    const port = String.fromCharCode(gateway.port >> 8, gateway.port & 255);
    const answer = await talk(gateway.port, `\x05\x01\0\x05\x01\0\x01\x7f\0\0\x01${port}`, (all) => all.length >= 12);
    assert.deepEqual(Buffer.from(answer.slice(0, 4), 'latin1'), Buffer.of(5, 0, 5, 2));
  });

  it('opens neither control nor other local servers to pages of other sites', async () => {
    const local = await upstream(echo);
    const { host } = new URL(local.url);
    const gateway = await interceptingGateway([host]);
    const ask = (target: string, ...fields: readonly string[]): Promise<string> =>
      talk(
        gateway.port,
        [`POST ${target} HTTP/1.1`, ...fields, 'Content-Length: 0', 'Connection: close', '', ''].join('\r\n'),
        (all) => all.includes('hint') || all.endsWith('}'),
      );
    const cases: readonly [string, RegExp][] = [
      // A name of the attacker's that now leads to this machine.
      [await ask('/_tollgate/api/apis', `Host: evil.example:${gateway.port}`), /403 .*forbidden_host/s],
      [
        await ask(`http://evil.example:${gateway.port}/_tollgate/api/apis`, `Host: 127.0.0.1:${gateway.port}`),
        /400 .*bad_request/s,
      ],
      [
        await ask(`http://127.0.0.1:${gateway.port}/_tollgate/api/apis`, `Host: 127.0.0.1:${gateway.port}`),
        /401 .*unauthorized/s,
      ],
      [
        await ask(
          `http://127.0.0.1:${gateway.port}/_tollgate/api/apis`,
          `Host: 127.0.0.1:${gateway.port}`,
          'Origin: https://evil.example',
        ),
        /403 .*forbidden_origin/s,
      ],
      [await ask(`${local.url}/`, `Host: ${host}`, 'Origin: https://evil.example'), /403 .*forbidden_origin/s],
      [await ask(`${local.url}/`, 'Host: other.example'), /400 .*bad_request/s],
      [await ask(`${local.url}/`, `Host: ${host}`, `Host: ${host}`), /400 /],
      [await ask(`${local.url}/fine`, `Host: ${host}`), /200 .*\/fine/s],
    ];
    for (const [answer, expected] of cases) assert.match(answer, expected);
  });

  it('refuses what could be read in two ways', async () => {
    const gateway = await interceptingGateway([]);
    for (const request of [
      'CONNECT example.com HTTP/1.1\r\n\r\n',
      'CONNECT http://example.com/ HTTP/1.1\r\n\r\n',
      'CONNECT example.com:443 HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello',
      'CONNECT example.com:443 HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n',
      'CONNECT example.com:443 HTTP/1.1\r\nX y: 1\r\n\r\n',
      'CONNECT example.com:443 HTTP/1.1\r\nX: 1\r\n folded\r\n\r\n',
      'CONNECT example.com:0 HTTP/1.1\r\n\r\n',
      'CONNECT [::g]:443 HTTP/1.1\r\n\r\n',
    ])
      assert.match(await talk(gateway.port, request, (all) => all.includes('hint')), /^HTTP\/1\.1 400 /, request);
  });
});
