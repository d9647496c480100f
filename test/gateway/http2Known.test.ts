import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { connect as connectHttp2, type ClientHttp2Session } from 'node:http2';
import type { RequestListener } from 'node:http';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { closeAll, closeLater, gatewayWith, lastExchange, upstream, type GatewayFixture } from './support.ts';

const run = promisify(execFile);

describe('HTTP/2 on the plain port, which the client knows to be spoken', () => {
  afterEach(closeAll);

  it('carries many calls on one connection, bodies and all, and records them', async () => {
    const gateway = await echoing();
    const session = sessionTo(gateway.url);
    const bodies = Array.from({ length: 20 }, (_, index) => String(index).repeat(5000 + index));
    assert.deepEqual(
      await Promise.all(bodies.map((body) => ask(session, '/echo/v1/things', body))),
      bodies.map((body) => ({ status: 200, text: body })),
    );
    const exchange = await lastExchange(gateway);
    assert.equal(exchange.request.httpVersion, '2.0');
    assert.equal(exchange.path, '/v1/things');
  });

  it('is told by its whole beginning, in whatever pieces that comes', async () => {
    const gateway = await echoing();
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    closeLater(() => Promise.resolve(socket.destroy()));
    await once(socket, 'connect');
    socket.setNoDelay(true).write('PRI * HT');
    await new Promise((resolve) => setTimeout(resolve, 20));
    // An empty frame of settings (RFC 9113, 6.5) follows.
    socket.write(Buffer.concat([Buffer.from('TP/2.0\r\n\r\nSM\r\n\r\n'), Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0])]));
    const [bytes] = (await once(socket, 'data')) as [Buffer];
    assert.equal(bytes[3], 4, 'the server begins with its own settings');
  });

  it('refuses a host that is not ours, as over HTTP/1.1', async () => {
    const gateway = await echoing();
    const session = sessionTo(gateway.url);
    const { status } = await ask(session, '/echo/v1', '', { ':authority': 'rebound.example:80' });
    assert.equal(status, 403);
  });

  it('is what curl --http2-prior-knowledge speaks', async function () {
    const gateway = await echoing();
    const words = ['-sS', '--http2-prior-knowledge', '-d', 'hello', '-w', ' HTTP/%{http_version}'];
    const answer = await run('curl', [...words, `${gateway.url}/echo/v1`]).catch((error: unknown) => {
      const text = error instanceof Error ? error.message : '';
      if (/ENOENT|does not support|Unsupported protocol/.test(text)) return null;
      throw error;
    });
    if (answer === null) {
      console.log('      (curl is not installed, or without HTTP/2)');
      this.skip();
      return;
    }
    assert.equal(answer.stdout, 'hello HTTP/2');
  });
});

const echo: RequestListener = (request, response) => void request.pipe(response);

async function echoing(): Promise<GatewayFixture> {
  const { url } = await upstream(echo);
  return gatewayWith({ echo: { upstream: url } });
}

function sessionTo(url: string): ClientHttp2Session {
  const session = connectHttp2(url);
  closeLater(() => new Promise<void>((resolve) => session.close(resolve)));
  return session;
}

async function ask(
  session: ClientHttp2Session,
  path: string,
  body: string,
  more: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly text: string }> {
  const stream = session.request({ ':method': 'POST', ':path': path, ...more }, { endStream: false });
  stream.end(body);
  const head = once(stream, 'response') as Promise<[{ readonly ':status': number }]>;
  let text = '';
  stream.setEncoding('utf8').on('data', (piece: string) => (text += piece));
  await once(stream, 'end');
  return { status: (await head)[0][':status'], text };
}
