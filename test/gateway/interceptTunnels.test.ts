import assert from 'node:assert/strict';
import { connect as connectHttp2 } from 'node:http2';
import type { Socket } from 'node:net';
import { interceptingGateway, rows, secureTunnel, secureUpstream, tunnel } from './interceptStage.ts';
import { closeAll, closeLater, echo, talk, tcpUpstream, until, upstream } from './support.ts';

describe('A tunnel through the gateway', function () {
  this.timeout(20_000);
  afterEach(closeAll);

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
    closeLater(async () => {
      session.destroy();
      return Promise.resolve();
    });
    const big = Buffer.alloc(300_000, 'x');
    const answers = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const stream = session.request({ ':method': 'POST', ':path': `/${index}`, te: 'trailers' });
        let size = 0;
        let trailer: unknown;
        stream.on('trailers', (fields: Record<string, unknown>) => (trailer = fields['grpc-status']));
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

  it('is refused to whoever is hesitant where the host cannot be reached, and opened to all others', async () => {
    const far = await upstream((_request, response) => void response.end('here'));
    const { host } = new URL(far.url);
    const gateway = await interceptingGateway([host]);
    const port = Number(new URL(gateway.url).port);
    const ask = (more: string): Promise<string> =>
      talk(port, `CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n${more}\r\n`, (text) => text.includes('\r\n\r\n'));
    assert.match(await ask('x-tollgate-hesitant: plain\r\n'), /^HTTP\/1\.1 200 /);
    assert.match(await ask(''), /^HTTP\/1\.1 200 /);
    const other = '127.0.0.1:9';
    const lost = await interceptingGateway([other]);
    const answer = await talk(
      Number(new URL(lost.url).port),
      `CONNECT ${other} HTTP/1.1\r\nHost: ${other}\r\nx-tollgate-hesitant: plain\r\n\r\n`,
      (text) => text.includes('\r\n\r\n'),
    );
    assert.match(answer, /^HTTP\/1\.1 502 .*x-tollgate-error: upstream_unreachable/s);
  });

  it('is refused to whoever is hesitant about TLS where the certificate is not trusted', async () => {
    const far = await secureUpstream(echo);
    const gateway = await interceptingGateway([far.host], { settings: { strictSsl: true } });
    const asked = `CONNECT ${far.host} HTTP/1.1\r\nHost: ${far.host}\r\nx-tollgate-hesitant:`;
    const ask = (how: string): Promise<string> =>
      talk(gateway.port, `${asked} ${how}\r\n\r\n`, (text) => text.includes('\r\n\r\n'));
    assert.match(await ask('tls'), /^HTTP\/1\.1 502 .*x-tollgate-error: upstream_unreachable/s);
    assert.match(await ask('plain'), /^HTTP\/1\.1 200 /);
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
