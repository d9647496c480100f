import { createServer as createTcpServer, type Socket } from 'node:net';
import type { Adopt, Screen } from '../engine.ts';
import { adoptAll, type Server } from '../server.ts';
import { ClientConnection, type Handle } from './clientConnection.ts';
import { acceptedWith, type ReadSink } from './sharedReads.ts';

/** Milliseconds between two looks at what has lasted too long. */
const checkInterval = 1000;

/** A server that also serves connections which another process has accepted. */
export interface WireServer extends Server {
  take(accepted: Socket): void;
}

/** The server on plain sockets. Whatever could be read in two ways is refused (RFC 9112, 11.2). */
export function createWireServer(handle: Handle, screen: Screen = adoptAll): WireServer {
  const sockets = new Set<Socket>();
  const connections = new Set<ClientConnection>();
  let closing = false;
  let ended: () => void = () => undefined;
  const timer = setInterval(() => {
    const now = performance.now();
    for (const connection of connections) connection.check(now);
  }, checkInterval).unref();

  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };
  const adopt = (socket: Socket, sink: ReadSink | null, tunnel: Parameters<Adopt>[1]): void => {
    const connection = new ClientConnection(socket, sink, tunnel, handle);
    connections.add(connection);
    socket.once('close', () => {
      connections.delete(connection);
      if (connections.size === 0) ended();
    });
    keep(socket);
    connection.begin();
    if (closing) connection.endSoon();
  };
  const take = (accepted: Socket): void => {
    const sink: ReadSink = { take: null };
    const own = acceptedWith(accepted, sink);
    keep(own);
    screen(own, (socket, tunnel) => adopt(socket, socket === own && own !== accepted ? sink : null, tunnel));
  };
  // Half-open, so that an answer still goes out to a client that has said all it wants to.
  const server = createTcpServer({ noDelay: true, allowHalfOpen: true, pauseOnConnect: true }, take);
  return {
    take,
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen({ port, host: '127.0.0.1', backlog: 1024 }, () => {
          server.off('error', reject);
          const address = server.address();
          resolve(typeof address === 'object' && address !== null ? address.port : port);
        });
      }),
    close: async (patience = 0) => {
      closing = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const connection of connections) connection.endSoon();
      if (patience > 0 && connections.size > 0) await withinTime(new Promise((resolve) => (ended = resolve)), patience);
      clearInterval(timer);
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** Resolves with `wait`, or after so many milliseconds. */
function withinTime(wait: Promise<void>, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    void wait.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
