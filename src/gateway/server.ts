import { createServer as createHttpServer, ServerResponse, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Adopt, Inbound, Reply, Screen, Tunnel } from './engine.ts';
import { failureAnswer } from './failures.ts';
import { toHeaderList } from './headers.ts';
import { HttpReply, refuseMalformed } from './httpReply.ts';
import { bodyLength, takeBody, wholeBodyBytes } from './requestBody.ts';

/** Requests with longer heads than this are refused. */
const maxHeaderSize = 64 * 1024;
/** Milliseconds between two looks, at the end, for connections that became idle. */
const idleLook = 50;

/** A server that reads requests and hands each to `handle`, which may not throw. */
export interface Server {
  /** Resolves once it listens on that loopback port; fails with Node's error where it cannot. */
  listen(port: number): Promise<number>;
  /** Takes no more requests, and ends all connections: those with a call under way once it has ended, after `patience` milliseconds at the latest. */
  close(patience?: number): Promise<void>;
}

/** What a server does with each connection where nothing else is to be found on its port. */
export const adoptAll: Screen = (socket, adopt) => adopt(socket, null);

/** The server on node:http, whose parser refuses whatever could be read in two ways (RFC 9112, 11.2). */
export function createServer(handle: (inbound: Inbound, reply: Reply) => void, screen: Screen = adoptAll): Server {
  const tunnels = new WeakMap<Socket, Tunnel>();
  const ordinals = new WeakMap<Socket, number>();
  // Node's own limits on a request's duration would cut long uploads; `idle` timeouts are the upstream's matter.
  const server = createHttpServer({
    maxHeaderSize,
    requestTimeout: 0,
    headersTimeout: 60_000,
    keepAliveTimeout: 65_000,
    noDelay: true,
    insecureHTTPParser: false,
  });
  // Those that were upgraded are no longer among the server's own.
  const sockets = new Set<Socket>();
  const serve = server.listeners('connection');
  const keep = (socket: Socket): void => {
    if (sockets.has(socket)) return;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };
  const adopt: Adopt = (socket, tunnel) => {
    keep(socket);
    if (tunnel !== null) tunnels.set(socket, tunnel);
    for (const one of serve) Reflect.apply(one, server, [socket]);
  };
  server.removeAllListeners('connection').on('connection', (socket: Socket) => {
    keep(socket);
    screen(socket, adopt);
  });

  const receive = (request: IncomingMessage, reply: Reply, upgrade: string | null, start: () => void): void => {
    const { socket } = request;
    const tunnel = tunnels.get(socket);
    const ordinal = (ordinals.get(socket) ?? 0) + 1;
    ordinals.set(socket, ordinal);
    const inbound: Inbound = {
      method: request.method ?? '',
      target: request.url ?? '',
      httpVersion: request.httpVersion,
      headers: toHeaderList(request.rawHeaders),
      client: { port: tunnel?.clientPort ?? socket.remotePort ?? 0, ordinal },
      readAt: performance.now(),
      upgrade,
      origin: tunnel?.origin ?? null,
      takeBody: (tap) => takeBody(request, tap, start),
    };
    const length = bodyLength(request);
    // A small body is mostly in the same read as its head; a tick later it can be taken whole.
    if (length !== null && length > 0 && length <= wholeBodyBytes) process.nextTick(handle, inbound, reply);
    else handle(inbound, reply);
  };

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    receive(request, new HttpReply(response), null, () => undefined);
  });
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    receive(request, new HttpReply(response), null, () => response.writeContinue());
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const wanted = request.headers.upgrade ?? '';
    if (wanted.toLowerCase() !== 'websocket') {
      for (const one of serve) Reflect.apply(one, server, [withoutUpgrade(request, socket, head)]);
      return;
    }
    if (head.length > 0) socket.unshift(head);
    const response = new ServerResponse(request);
    response.assignSocket(request.socket);
    response.shouldKeepAlive = false;
    response.on('finish', () => socket.end());
    socket.on('error', () => socket.destroy());
    receive(request, new HttpReply(response), wanted, () => undefined);
  });
  server.on('clientError', (error: Error & { readonly code?: string }, socket: Socket) => {
    if (error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const tooLong = error.code === 'HPE_HEADER_OVERFLOW';
    const { body } = failureAnswer({
      code: 'bad_request',
      message: tooLong ? 'The request’s head is too long.' : `This is not a valid HTTP/1.1 request: ${error.message}`,
      hint: tooLong
        ? 'Send fewer or shorter header fields.'
        : 'Check the client: base URLs begin with http://, not https://.',
    });
    refuseMalformed(socket, body.toString(), tooLong ? '431 Request Header Fields Too Large' : '400 Bad Request');
  });

  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen({ port, host: '127.0.0.1' }, () => {
          server.off('error', reject);
          const address = server.address();
          resolve(typeof address === 'object' && address !== null ? address.port : port);
        });
      }),
    close: async (patience = 0) => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // Connections that came back from a worker are not among those that `close` waits for.
      for (const end = performance.now() + patience; sockets.size > 0 && performance.now() < end;) {
        server.closeIdleConnections();
        await new Promise((resolve) => setTimeout(resolve, idleLook));
      }
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/**
 * Puts a request back without its wish to change protocols, which a server may ignore (RFC 9110, 7.8): Java's client
 * offers HTTP/2 that way with each first request, and its body is still to be read.
 */
function withoutUpgrade(request: IncomingMessage, socket: Duplex, rest: Buffer): Duplex {
  let head = `${request.method ?? ''} ${request.url ?? ''} HTTP/${request.httpVersion}\r\n`;
  for (const [name, value] of toHeaderList(request.rawHeaders))
    if (!/^(upgrade|connection|http2-settings)$/i.test(name)) head += `${name}: ${value}\r\n`;
  socket.unshift(Buffer.concat([Buffer.from(`${head}\r\n`, 'latin1'), rest]));
  return socket;
}
