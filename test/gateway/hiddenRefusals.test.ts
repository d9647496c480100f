import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import zlib from 'node:zlib';
import { closeAll, gatewayWith, lastExchange, pause, talk, upstream, type GatewayFixture } from './support.ts';

const refusal = JSON.stringify({ error: { code: 'credits_exhausted', message: 'No credits are left.' } });
const talkOfMoney = JSON.stringify({ type: 'delta', text: 'The card was declined; your balance is 0.' });

describe('A refusal on its way through the gateway is found', () => {
  afterEach(closeAll);

  for (const [coding, encode] of [
    ['gzip', zlib.gzipSync],
    ['br', zlib.brotliCompressSync],
    ['deflate', zlib.deflateSync],
    ['zstd', zlib.zstdCompressSync],
  ] as const) {
    it(`in a body that is compressed by ${coding}`, async () => {
      const gateway = await gatewayTo((_request, response) => {
        response
          .writeHead(403, { 'Content-Type': 'application/json', 'Content-Encoding': coding })
          .end(encode(Buffer.from(refusal)));
      });
      await (await fetch(`${gateway.url}/own/x`)).arrayBuffer();
      assert.equal(await causeOf(gateway), 'insufficient_funds');
    });
  }

  it('in the middle of a stream that began with 200', async () => {
    const gateway = await gatewayTo((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      response.write(`data: ${talkOfMoney}\n\n`);
      void pause(20).then(() => response.end(`data: ${refusal}\n\n`));
    });
    await (await fetch(`${gateway.url}/own/x`)).text();
    assert.equal(await causeOf(gateway), 'insufficient_funds');
  });

  it('in trailers', async () => {
    const gateway = await gatewayTo((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/grpc', Trailer: 'grpc-status, grpc-message' });
      response.write('\0\0\0\0\0');
      response.addTrailers({ 'grpc-status': '8', 'grpc-message': 'monthly%20quota%20exceeded' });
      response.end();
    });
    await (await fetch(`${gateway.url}/own/x`)).arrayBuffer();
    assert.equal(await causeOf(gateway), 'usage_quota_exceeded');
  });

  it('in a body of which only the beginning is kept', async () => {
    const gateway = await gatewayTo((_request, response) => {
      response.writeHead(402, { 'Content-Type': 'application/json' });
      response.end(`${refusal.slice(0, -2)},"trace":"${'x'.repeat(2 * 1024 * 1024)}"}}`);
    });
    await (await fetch(`${gateway.url}/own/x`)).arrayBuffer();
    assert.equal(await causeOf(gateway), 'insufficient_funds');
  });

  for (const [what, last, cause] of [
    ['in the last frame of a WebSocket', refusal, 'insufficient_funds'],
    ['nowhere in a WebSocket that only talks of failures', talkOfMoney, undefined],
  ] as const) {
    it(what, async () => {
      const { url, server } = await upstream(() => assert.fail('not an upgrade'));
      server.on('upgrade', (_request: IncomingMessage, socket: Duplex) => {
        socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
        for (const text of [talkOfMoney, 'x'.repeat(200), last]) socket.write(frame(text));
        socket.end();
      });
      const gateway = await gatewayWith({ own: { upstream: url } });
      const head = `GET /own/socket HTTP/1.1\r\nHost: 127.0.0.1:${gateway.port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
      await talk(gateway.port, head, () => false);
      assert.equal(await causeOf(gateway), cause);
    });
  }
});

/** One frame from a server, which masks none (RFC 6455, 5.2). */
function frame(text: string): Buffer {
  const payload = Buffer.from(text);
  const size = payload.length < 126 ? [payload.length] : [126, payload.length >> 8, payload.length & 0xff];
  return Buffer.concat([Buffer.from([0x81, ...size]), payload]);
}

async function gatewayTo(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<GatewayFixture> {
  const { url } = await upstream(answer);
  return gatewayWith({ own: { upstream: url } });
}

async function causeOf(gateway: GatewayFixture): Promise<string | undefined> {
  return (await lastExchange(gateway)).diagnosis?.cause;
}
