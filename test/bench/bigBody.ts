import { createServer, connect, type AddressInfo } from 'node:net';

/** Both ends of one big body, forked: `upstream` sends as much as the path says, or takes it; `client` the reverse. */
export interface BodyLoad {
  readonly port: number;
  readonly path: string;
  readonly direction: 'down' | 'up';
  readonly bytes: number;
}

const piece = Buffer.alloc(256 * 1024, 'x');

if (process.argv[2] === 'upstream') serve();
else
  process.on('message', (load: BodyLoad) => {
    void pass(load).then((seconds) => process.send?.(seconds));
  });
if (process.argv[2] === 'client') process.send?.('ready');
process.on('disconnect', () => process.exit());

function serve(): void {
  const server = createServer((socket) => {
    let head: string | null = '';
    let awaited = 0;
    socket
      .on('error', () => undefined)
      .on('data', (bytes) => {
        if (head === null) awaited -= bytes.length;
        else {
          head += bytes.toString('latin1');
          const end = head.indexOf('\r\n\r\n');
          if (end === -1) return;
          awaited = Number(/\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0) - (head.length - end - 4);
          const down = /\/down\/(\d+)/.exec(head)?.[1];
          head = null;
          if (down !== undefined) {
            socket.write(
              `HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: ${down}\r\n\r\n`,
            );
            pump(socket, Number(down));
            head = '';
            return;
          }
        }
        if (awaited > 0) return;
        head = '';
        socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
      });
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}

/** Writes so many bytes, as fast as they are taken. */
function pump(socket: ReturnType<typeof connect>, bytes: number): void {
  let left = bytes;
  const go = (): void => {
    while (left > 0) {
      const part = left < piece.length ? piece.subarray(0, left) : piece;
      left -= part.length;
      if (socket.write(part)) continue;
      socket.once('drain', go);
      return;
    }
  };
  go();
}

/** @returns seconds until all was passed and answered. */
function pass({ port, path, direction, bytes }: BodyLoad): Promise<number> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const socket = connect(port, '127.0.0.1');
    let received = 0;
    socket.on('error', reject).on('connect', () => {
      const [method, target] = direction === 'down' ? ['GET', `${path}/down/${bytes}`] : ['POST', `${path}/up`];
      const length = direction === 'down' ? 0 : bytes;
      socket.write(`${method} ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: ${length}\r\n\r\n`);
      if (direction === 'up') pump(socket, bytes);
    });
    socket.on('data', (piece) => {
      received += piece.length;
      if (direction === 'down' && received < bytes) return;
      resolve((performance.now() - started) / 1000);
      socket.destroy();
    });
  });
}
