import { createServer, type AddressInfo } from 'node:net';
import { requestBodyBytes, responseBytes } from './shape.ts';

/** The upstream of the benchmark, forked: answers each request with 1 KB of JSON and does as little else as it can. */
const body = JSON.stringify({ filler: 'x'.repeat(responseBytes - 13) });
const answer = Buffer.from(
  `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Request-Id: 0123456789abcdef\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
);
const headEnd = Buffer.from('\r\n\r\n');

const server = createServer((socket) => {
  let pending = Buffer.alloc(0);
  socket.setNoDelay(true).on('error', () => undefined);
  socket.on('data', (bytes) => {
    pending = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
    for (;;) {
      const head = pending.indexOf(headEnd);
      const end = head + headEnd.length + requestBodyBytes;
      if (head === -1 || pending.length < end) return;
      pending = pending.subarray(end);
      socket.write(answer);
    }
  });
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
