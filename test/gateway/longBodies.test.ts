import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { closeAll, gatewayWith, tcpUpstream } from './support.ts';

const size = 6 * 1024 * 1024;

describe('Long bodies that pass at once', () => {
  afterEach(closeAll);

  it('arrive byte for byte, also at clients that rest now and then', async () => {
    const bodies = new Map(['/sized', '/chunked', '/close', '/slow'].map((path) => [path, randomBytes(size)]));
    const { url } = await tcpUpstream((socket) => {
      socket.once('data', (head) => {
        const path = /^GET (\S+)/.exec(head.toString('latin1'))?.[1] ?? '';
        const body = bodies.get(path) ?? assert.fail();
        if (path === '/chunked') {
          socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
          for (let at = 0; at < size; at += 100_000) {
            const piece = body.subarray(at, at + 100_000);
            socket.write(`${piece.length.toString(16)}\r\n`);
            socket.write(piece);
            socket.write('\r\n');
          }
          socket.end('0\r\n\r\n');
        } else {
          const length = path === '/close' ? '' : `Content-Length: ${size}\r\n`;
          socket.write(`HTTP/1.1 200 OK\r\n${length}Connection: close\r\n\r\n`);
          socket.end(body);
        }
      });
    });
    const gateway = await gatewayWith({ a: { upstream: url } });
    await Promise.all(
      [...bodies].map(async ([path, body]) => {
        const received = await answerOf(gateway.port, `/a${path}`, path === '/slow');
        assert.equal(received.length, size, path);
        assert.equal(hash(received), hash(body), path);
      }),
    );
  });
});

/** The body of an answer in HTTP/1.0, so that it comes without chunks. */
function answerOf(port: number, path: string, rests: boolean): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    const socket = connect(port, '127.0.0.1');
    socket.write(`GET ${path} HTTP/1.0\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
    socket.on('error', reject).on('data', (bytes: Buffer) => {
      pieces.push(bytes);
      if (!rests || pieces.length % 4 > 0) return;
      socket.pause();
      setTimeout(() => socket.resume(), 2);
    });
    socket.on('end', () => {
      socket.destroy();
      const all = Buffer.concat(pieces);
      resolve(all.subarray(all.indexOf('\r\n\r\n') + 4));
    });
  });
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
