import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { closeAll, closeLater, gatewayWith, lastExchange, pause, tcpUpstream, until, upstream } from './support.ts';

describe('A stream through the gateway', () => {
  afterEach(closeAll);

  it('passes events as they arrive, the head before the first', async () => {
    let emit: ((text: string) => void) | null = null;
    const { url } = await upstream((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
      emit = (text) => void response.write(text);
      closeLater(() => Promise.resolve(response.end()));
    });
    const gateway = await gatewayWith({ a: { upstream: url } });
    const response = await fetch(`${gateway.url}/a/events`);
    assert.equal(response.headers.get('content-type'), 'text/event-stream');
    const reader = (response.body ?? assert.fail()).getReader();
    for (const text of ['data: 1\n\n', 'data: 2\n\n', 'data: 3\n\n']) {
      (await until(() => emit))(text);
      const read = (await reader.read()) as { readonly value?: Uint8Array };
      assert.equal(Buffer.from(read.value ?? []).toString(), text);
    }
    await reader.cancel();
  });

  it('passes an upload as it arrives', async () => {
    const seen: string[] = [];
    const { url } = await upstream((request, response) => {
      request.on('data', (bytes: Buffer) => seen.push(bytes.toString()));
      request.on('end', () => response.end('done'));
    });
    const gateway = await gatewayWith({ a: { upstream: url } });
    for (const headers of [{}, { 'Content-Length': '6' }]) {
      const call = httpRequest(`${gateway.url}/a/`, { method: 'POST', headers });
      const answered = new Promise<IncomingMessage>((resolve) => call.on('response', resolve));
      for (const piece of ['ab', 'cd', 'ef']) {
        call.write(piece);
        await until(() => seen.at(-1) === piece, `"${piece}" upstream`);
      }
      call.end();
      assert.equal((await answered).statusCode, 200);
      (await answered).resume();
    }
  });

  it('is let go of upstream when the client leaves, while waiting and in the middle', async () => {
    const left: string[] = [];
    const { url } = await upstream((request, response) => {
      response.on('close', () => left.push(request.url ?? ''));
      if (request.url === '/middle') response.write('first');
    });
    const gateway = await gatewayWith({ a: { upstream: url } });
    for (const path of ['/waiting', '/middle']) {
      const abort = new AbortController();
      const call = fetch(`${gateway.url}/a${path}`, { signal: abort.signal }).then((response) => response.text());
      if (path === '/middle') await pause(50);
      setTimeout(() => abort.abort(), 50);
      await assert.rejects(call, { name: 'AbortError' });
      await until(() => left.includes(path), `${path} to be let go of`);
      const exchange = await lastExchange(gateway);
      assert.equal(exchange.state, 'aborted');
      assert.equal(exchange.status, path === '/middle' ? 200 : null);
    }
  });

  it('is let go of upstream when the client leaves in the middle of an upload', async () => {
    let cut = false;
    const { url } = await upstream((request) => {
      request.on('error', () => (cut = true)).resume();
    });
    const gateway = await gatewayWith({ a: { upstream: url } });
    const socket = connect(gateway.port, '127.0.0.1');
    socket.write(`POST /a/ HTTP/1.1\r\nHost: 127.0.0.1:${gateway.port}\r\nContent-Length: 100000\r\n\r\nsome of it`);
    await pause(100);
    socket.destroy();
    await until(() => cut, 'the upstream to see the end');
    assert.equal((await lastExchange(gateway)).state, 'aborted');
  });

  it('breaks off at the client when the upstream breaks off, sized and chunked', async () => {
    for (const framing of ['Content-Length: 100', 'Transfer-Encoding: chunked']) {
      const { url } = await tcpUpstream((socket) => {
        socket.once('data', () => {
          socket.write(`HTTP/1.1 200 OK\r\n${framing}\r\n\r\n5\r\nhello\r\n`);
          setTimeout(() => socket.destroy(), 30);
        });
      });
      const gateway = await gatewayWith({ a: { upstream: url } });
      const response = await fetch(`${gateway.url}/a/`);
      assert.equal(response.status, 200);
      await assert.rejects(response.text());
      const exchange = await lastExchange(gateway);
      assert.equal(exchange.state, 'failed');
      assert.equal(exchange.failure?.code, 'upstream_reset');
      assert.equal(exchange.status, 200);
    }
  });

  it('ends where the upstream ends an answer without a length', async () => {
    const { url } = await tcpUpstream((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\nall of it'));
    });
    const gateway = await gatewayWith({ a: { upstream: url } });
    assert.equal(await (await fetch(`${gateway.url}/a/`)).text(), 'all of it');
  });

  it('waits for a slow client instead of keeping what it has not taken', async () => {
    let written = 0;
    const { url } = await upstream((_request, response) => endless(response, (bytes) => (written += bytes)));
    const gateway = await gatewayWith({ a: { upstream: url } });
    const socket = connect(gateway.port, '127.0.0.1');
    closeLater(() => Promise.resolve(socket.destroy()));
    socket.pause();
    socket.write(`GET /a/ HTTP/1.1\r\nHost: 127.0.0.1:${gateway.port}\r\n\r\n`);
    await until(() => written > 0);
    let before = -1;
    while (before !== written) {
      before = written;
      await pause(150);
    }
    assert.ok(written < 64 * 1024 * 1024, `${written} bytes were taken for a client that takes none`);
  });

  it('passes 50 MB each way whole, and keeps a beginning', async function () {
    this.timeout(60_000);
    const size = 50 * 1024 * 1024;
    const piece = randomBytes(64 * 1024);
    const { url } = await upstream((request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/octet-stream' });
      request.pipe(response);
    });
    const gateway = await gatewayWith({ a: { upstream: url } });
    let received = 0;
    let peak = 0;
    const before = process.memoryUsage().rss;
    await new Promise<void>((resolve, reject) => {
      const call = httpRequest(`${gateway.url}/a/`, { method: 'POST' }, (response) => {
        response.on('data', (bytes: Buffer) => {
          received += bytes.length;
          peak = Math.max(peak, process.memoryUsage().rss);
        });
        response.on('end', resolve).on('error', reject);
      });
      call.on('error', reject);
      let sent = 0;
      const send = (): void => {
        while (sent < size) {
          sent += piece.length;
          if (!call.write(piece)) {
            call.once('drain', send);
            return;
          }
        }
        call.end();
      };
      send();
    });
    assert.equal(received, size);
    // Client, upstream and gateway are all in this process.
    assert.ok(peak - before < 150 * 1024 * 1024, `${Math.round((peak - before) / 1024 / 1024)} MB more were taken`);
    const { request, response } = await lastExchange(gateway);
    assert.equal(request.body.size, size);
    assert.equal(response?.body.size, size);
    assert.equal(request.body.truncated, true);
    assert.equal(response.body.truncated, true);
    assert.ok(request.body.stored <= 1024 * 1024);
  });
});

function endless(response: ServerResponse, wrote: (bytes: number) => void): void {
  const piece = Buffer.alloc(64 * 1024);
  const more = (): void => {
    while (!response.destroyed) {
      wrote(piece.length);
      if (!response.write(piece)) {
        response.once('drain', more);
        return;
      }
    }
  };
  more();
}
