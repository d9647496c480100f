import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { bodyText, closeAll, gatewayWith, lastExchange, talk, upstream } from './support.ts';

const bytes = Array.from({ length: 256 }, (_, index) => String.fromCharCode(index)).join('');

describe('A WebSocket through the gateway', () => {
  afterEach(closeAll);

  it('is passed byte for byte both ways, from the first', async () => {
    let asked: IncomingMessage | null = null;
    const { url, server } = await upstream(() => assert.fail('not an upgrade'));
    server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      asked = request;
      socket.write(
        'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: abc\r\n\r\nhello',
      );
      socket.write(head);
      socket.pipe(socket);
    });
    const gateway = await gatewayWith({ a: { upstream: `${url}/base` } });
    const answer = await talk(gateway.port, handshake(gateway.port, '/a/socket?x=1') + bytes, (received) =>
      received.endsWith(bytes),
    );
    assert.equal(
      answer,
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: abc\r\n\r\n' +
        `hello${bytes}`,
    );
    const request = asked as IncomingMessage | null;
    assert.equal(request?.url, '/base/socket?x=1');
    assert.equal(request.headers['sec-websocket-key'], 'dGhlIHNhbXBsZSBub25jZQ==');
    const exchange = await lastExchange(gateway);
    assert.equal(exchange.status, 101);
    assert.equal(exchange.state, 'complete');
    assert.equal(exchange.request.body.size, 256);
    assert.equal(exchange.response?.body.size, 261);
  });

  it('may be refused like any call, with a body', async () => {
    const { url } = await upstream((_request, response) => {
      response.writeHead(402, 'Payment Required', { 'Content-Type': 'text/plain' }).end('pay first');
    });
    const gateway = await gatewayWith({ a: { upstream: url } });
    const answer = await talk(gateway.port, handshake(gateway.port, '/a/socket'), () => false);
    assert.match(answer, /^HTTP\/1\.1 402 Payment Required\r\n/);
    assert.match(answer, /pay first/);
    const exchange = await lastExchange(gateway);
    assert.equal(exchange.status, 402);
    assert.equal(await bodyText(gateway, exchange.id, 'response'), 'pay first');
  });

  it('gets the reason where the upstream cannot be reached', async () => {
    const gateway = await gatewayWith({ a: { upstream: 'http://127.0.0.1:1' } });
    const answer = await talk(gateway.port, handshake(gateway.port, '/a/socket'), () => false);
    assert.match(answer, /^HTTP\/1\.1 502 Bad Gateway\r\n.*upstream_unreachable/s);
  });

  it('ends at the client when it ends upstream', async () => {
    const { url, server } = await upstream(() => assert.fail('not an upgrade'));
    server.on('upgrade', (_request: IncomingMessage, socket: Duplex) => {
      socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nbye');
    });
    const gateway = await gatewayWith({ a: { upstream: url } });
    const answer = await talk(gateway.port, handshake(gateway.port, '/a/'), () => false);
    assert.match(answer, /\r\n\r\nbye$/);
    assert.equal((await lastExchange(gateway)).state, 'complete');
  });
});

function handshake(port: number, target: string): string {
  return (
    `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
    'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'
  );
}
