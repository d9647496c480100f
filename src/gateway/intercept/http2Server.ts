import {
  constants,
  performServerHandshake,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { HeaderList } from '../../shared/exchange.ts';
import type { Inbound, Reply, Tunnel } from '../engine.ts';
import { isHost } from '../wire/requestHead.ts';
import { ownStream } from './http2Body.ts';
import { Http2Reply } from './http2Reply.ts';

/** Reads HTTP/2 (RFC 9113) from connections that lead somewhere. */
export interface Http2Server {
  /** `tunnel` is null for a connection to the gateway itself; `silent` hears of one that ends without a request. */
  adopt(socket: Socket, tunnel: Tunnel | null, silent?: () => void): void;
  close(): void;
}

/** As for HTTP/1: heads that are longer are refused. */
const maxHeaderListSize = 64 * 1024;

/** A server that hands each request to `handle`, which may not throw. */
export function createHttp2Server(handle: (inbound: Inbound, reply: Reply) => void): Http2Server {
  const sessions = new Set<ServerHttp2Session>();
  return {
    adopt: (socket, tunnel, silent) => {
      const clientPort = tunnel?.clientPort ?? socket.remotePort ?? 0;
      const session = performServerHandshake(socket, {
        settings: { maxHeaderListSize, maxConcurrentStreams: 250, initialWindowSize: 1024 * 1024, enablePush: false },
      });
      // What is here already the session reads in the next tick; a socket that flows before would drop it.
      process.nextTick(() => socket.resume());
      sessions.add(session);
      let spoke = false;
      session.on('close', () => {
        sessions.delete(session);
        if (!spoke) silent?.();
      });
      session.on('error', () => session.destroy());
      session.on('stream', (stream: ServerHttp2Stream, _headers: IncomingHttpHeaders, flags: number, raw: string[]) => {
        spoke = true;
        stream.on('error', () => undefined);
        const reply = new Http2Reply(stream);
        const { method, path, authority, fields } = parse(raw);
        if (method === 'CONNECT' || !isPath(method, path) || authority === null || !isHost(authority)) {
          stream.close(constants.NGHTTP2_PROTOCOL_ERROR);
          return;
        }
        const hasBody = (flags & constants.NGHTTP2_FLAG_END_STREAM) === 0;
        let body: Readable | null = null;
        handle(
          {
            method,
            target: path,
            httpVersion: '2.0',
            headers: [['host', authority], ...fields],
            // Streams of clients have odd numbers (RFC 9113, 5.1.1).
            client: { port: clientPort, ordinal: ((stream.id ?? 1) + 1) / 2 },
            readAt: performance.now(),
            upgrade: null,
            origin: tunnel?.origin ?? null,
            takeBody: (tap) => (hasBody ? (body ??= ownStream(stream, tap)) : null),
          },
          reply,
        );
      });
    },
    close: () => {
      for (const session of sessions) session.destroy();
    },
  };
}

/** RFC 9113, 8.3.1: a path, or `*` of OPTIONS. What is beyond ASCII's visible characters would be two things in HTTP/1. */
function isPath(method: string, path: string): boolean {
  return /^\/[\x21\x22\x24-\x7e\x80-\xff]*$/.test(path) || (path === '*' && method === 'OPTIONS');
}

interface RequestHead {
  readonly method: string;
  readonly path: string;
  /** Null where there is none, or two that differ. */
  readonly authority: string | null;
  readonly fields: HeaderList;
}

/** Pseudo-fields apart from the others; cookies, which may come in pieces, in one (RFC 9113, 8.2.3 and 8.3.1). */
function parse(raw: readonly string[]): RequestHead {
  const pseudo = new Map<string, string>();
  const fields: [string, string][] = [];
  let host: string | null = null;
  let hosts = 0;
  let cookie: [string, string] | null = null;
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const [name = '', value = ''] = [raw[index], raw[index + 1]];
    if (name.startsWith(':')) pseudo.set(name, value);
    else if (name === 'host') {
      host = value;
      hosts++;
    } else if (name === 'cookie' && cookie !== null) cookie[1] += `; ${value}`;
    else {
      const field: [string, string] = [name, value];
      if (name === 'cookie') cookie = field;
      fields.push(field);
    }
  }
  const authority = pseudo.get(':authority') ?? host;
  return {
    method: pseudo.get(':method') ?? '',
    path: pseudo.get(':path') ?? '',
    authority: hosts > 1 || (host !== null && authority?.toLowerCase() !== host.toLowerCase()) ? null : authority,
    fields,
  };
}
