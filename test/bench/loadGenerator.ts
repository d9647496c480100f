import { connect, type Socket } from 'node:net';
import { requestBodyBytes, type Load, type LoadResult } from './shape.ts';

/** Sends one request after the other on each connection, forked: what it costs must not count for what is measured. */
process.on('message', (load: Load) => {
  void generate(load).then((result) => process.send?.(result));
});
process.on('disconnect', () => process.exit());
process.send?.('ready');

async function generate(load: Load): Promise<LoadResult> {
  const body = `{"model":"m","prompt":"${'x'.repeat(requestBodyBytes - 25)}"}`;
  const request = Buffer.from(
    `POST ${load.path} HTTP/1.1\r\nHost: 127.0.0.1:${load.port}\r\nAuthorization: Bearer sk-0123456789abcdef0123456789\r\n` +
      `User-Agent: bench/1.0\r\nAccept: application/json\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  const latencies: number[] = [];
  let errors = 0;
  const started = performance.now();
  const end = started + (load.milliseconds ?? Infinity);
  const pause = load.rate === undefined ? 0 : (1000 * load.connections) / load.rate;
  const wanted = load.answers ?? Infinity;
  await Promise.all(
    Array.from({ length: load.connections }, () =>
      converse(load.port, request, pause, (latency, failed) => {
        if (failed) errors++;
        else latencies.push(latency);
        return performance.now() < end && latencies.length + errors < wanted;
      }),
    ),
  );
  const seconds = (performance.now() - started) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (part: number): number => (latencies[Math.floor(latencies.length * part)] ?? NaN) * 1000;
  return { answers: latencies.length, seconds, median: at(0.5), p99: at(0.99), errors };
}

/** Asks again and again on one connection, every `pause` milliseconds at most, while `answered` wants more. */
function converse(
  port: number,
  request: Buffer,
  pause: number,
  answered: (milliseconds: number, failed: boolean) => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let received = Buffer.alloc(0);
    let sentAt = 0;
    const send = (): void => {
      sentAt = performance.now();
      socket.write(request);
    };
    socket.on('connect', send);
    socket.on('data', (bytes) => {
      received = received.length === 0 ? bytes : Buffer.concat([received, bytes]);
      if (!isComplete(received)) return;
      const failed = received.toString('latin1', 9, 12) !== '200';
      received = Buffer.alloc(0);
      const wait = sentAt + pause - performance.now();
      if (answered(performance.now() - sentAt, failed)) {
        if (wait > 0) setTimeout(send, wait);
        else send();
      } else socket.destroy();
    });
    socket.on('error', () => {
      answered(0, true);
    });
    socket.on('close', () => resolve());
  });
}

function isComplete(received: Buffer): boolean {
  const head = received.indexOf('\r\n\r\n');
  if (head === -1) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(received.toString('latin1', 0, head))?.[1];
  if (length !== undefined) return received.length >= head + 4 + Number(length);
  return received.toString('latin1', received.length - 5) === '0\r\n\r\n';
}
