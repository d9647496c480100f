import { createServer as createTcpServer, type Socket } from 'node:net';
import type { Server } from '../server.ts';
import { ClientConnection, type Handle } from './clientConnection.ts';

/** Milliseconds between two looks at what has lasted too long. */
const checkInterval = 1000;

/** The server on plain sockets. Whatever could be read in two ways is refused (RFC 9112, 11.2). */
export function createWireServer(handle: Handle): Server {
  const connections = new Map<Socket, ClientConnection>();
  const timer = setInterval(() => {
    const now = performance.now();
    for (const connection of connections.values()) connection.check(now);
  }, checkInterval).unref();
  // Half-open, so that an answer still goes out to a client that has said all it wants to.
  const server = createTcpServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
    connections.set(socket, new ClientConnection(socket, handle));
    socket.once('close', () => connections.delete(socket));
  });
  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen({ port, host: '127.0.0.1', backlog: 1024 }, () => {
          server.off('error', reject);
          const address = server.address();
          resolve(typeof address === 'object' && address !== null ? address.port : port);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        clearInterval(timer);
        server.close(() => resolve());
        for (const socket of connections.keys()) socket.destroy();
      }),
  };
}
