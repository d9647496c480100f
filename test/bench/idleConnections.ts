import { connect, type Socket } from 'node:net';
import { requestBodyBytes } from './shape.ts';

/** Opens connections, one request on each, and keeps them, forked. Tells how many were answered. */
process.on(
  'message',
  ({ port, path, connections }: { readonly port: number; readonly path: string; readonly connections: number }) => {
    void openAll(port, path, connections).then((answered) => process.send?.(answered));
  },
);
process.on('disconnect', () => process.exit());
process.send?.('ready');

async function openAll(port: number, path: string, connections: number): Promise<number> {
  const body = 'x'.repeat(requestBodyBytes);
  const request = `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  let answered = 0;
  for (let opened = 0; opened < connections; opened += 100)
    await Promise.all(
      Array.from({ length: Math.min(100, connections - opened) }, async () => {
        if (await one(port, request)) answered++;
      }),
    );
  return answered;
}

function one(port: number, request: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket: Socket = connect(port, '127.0.0.1');
    socket.on('connect', () => socket.write(request));
    socket.once('data', () => resolve(true));
    socket.on('error', () => resolve(false));
  });
}
