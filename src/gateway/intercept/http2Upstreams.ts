import {
  connect,
  constants,
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type IncomingHttpHeaders,
} from 'node:http2';
import { Readable } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { GatewaySettings } from '../../shared/settings.ts';
import { createConnector } from '../connector.ts';
import type { Opening, UpstreamCall, UpstreamListener, UpstreamRequest, Upstreams } from '../engine.ts';
import type { ResolvedApi } from '../parts.ts';
import { upstreamProxy } from '../upstreamProxy.ts';
import { fieldsOf } from './http2Reply.ts';

/** How one origin is spoken to. */
type Way = { readonly kind: 'asking'; readonly waiting: ((way: Settled) => void)[] } | Settled;
type Settled =
  | { readonly kind: 'http2'; readonly session: ClientHttp2Session }
  | { readonly kind: 'http1'; readonly until: number }
  | { readonly kind: 'failed'; readonly error: Error };

/** Milliseconds for which an upstream is taken not to speak HTTP/2 after it chose otherwise. */
const remembered = 600_000;
const most = 200;

/**
 * Upstreams that are spoken to over HTTP/2 where the request came in by it and they speak it too (RFC 7301); all else
 * goes to `others`.
 */
export function withHttp2(
  others: Upstreams,
  settings: Pick<GatewaySettings, 'proxy' | 'noProxy' | 'strictSsl'>,
  environment: Readonly<Record<string, string | undefined>>,
): Upstreams {
  const ways = new Map<string, Way>();

  const ask = (api: ResolvedApi, then: (way: Settled, opening: Opening | null) => void): void => {
    const { upstream, timeouts } = api;
    const key = upstream.origin;
    const known = ways.get(key);
    if (known?.kind === 'asking') {
      known.waiting.push((way) => then(way, null));
      return;
    }
    if (known !== undefined && isUsable(known)) {
      then(known, null);
      return;
    }
    const waiting: ((way: Settled) => void)[] = [];
    if (ways.size >= most) ways.delete(ways.keys().next().value ?? '');
    ways.set(key, { kind: 'asking', waiting });
    const settle = (way: Settled, opening: Opening | null): void => {
      if (way.kind === 'failed') ways.delete(key);
      else ways.set(key, way);
      then(way, opening);
      for (const one of waiting) one(way);
    };
    createConnector(upstream, {
      proxy: upstreamProxy(upstream, settings, environment),
      strictSsl: settings.strictSsl,
      timeout: timeouts.connect * 1000,
      protocols: ['h2', 'http/1.1'],
    })((result) => {
      if (result instanceof Error) {
        settle({ kind: 'failed', error: result }, null);
        return;
      }
      const { socket } = result;
      if (!(socket instanceof TLSSocket) || socket.alpnProtocol !== 'h2') {
        socket.destroy();
        settle({ kind: 'http1', until: Date.now() + remembered }, null);
        return;
      }
      const session = connect(upstream.origin, {
        createConnection: () => socket,
        settings: { enablePush: false, initialWindowSize: 1024 * 1024 },
      });
      const forget = (): void => {
        const now = ways.get(key);
        if (now?.kind === 'http2' && now.session === session) ways.delete(key);
      };
      session.on('close', forget).on('goaway', forget).on('error', forget);
      session.setTimeout(remembered, () => session.close());
      settle({ kind: 'http2', session }, result.opening);
    });
  };

  return {
    call: (request, listener) => {
      if (request.http2 !== true || request.upgrade !== null || request.api.upstream.protocol !== 'https:')
        return others.call(request, listener);
      let current: UpstreamCall | null = null;
      let over = false;
      ask(request.api, (way, opening) => {
        if (over) return;
        if (way.kind === 'failed') listener.failed(way.error);
        else if (way.kind === 'http1') current = others.call(request, listener);
        else current = callOver(way.session, request, listener, opening);
      });
      return {
        resume: () => current?.resume(),
        abort: () => {
          over = true;
          current?.abort();
        },
      };
    },
    close: async (how) => {
      for (const way of ways.values())
        if (way.kind === 'http2') {
          if (how === 'now') way.session.destroy();
          else way.session.close();
        }
      ways.clear();
      await others.close(how);
    },
  };
}

function isUsable(way: Settled): boolean {
  if (way.kind === 'http2') return !way.session.closed && !way.session.destroyed;
  return way.kind === 'http1' && way.until > Date.now();
}

/** One request over a session. */
function callOver(
  session: ClientHttp2Session,
  request: UpstreamRequest,
  listener: UpstreamListener,
  opening: Opening | null,
): UpstreamCall {
  const { api, method, path, headers, body } = request;
  let over = false;
  let trailers: readonly string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const finish = (end: () => void): void => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    end();
  };
  const fail = (error: Error): void => finish(() => listener.failed(error));
  let stream: ClientHttp2Stream;
  const wait = (seconds: number, code: string): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      fail(Object.assign(new Error('The upstream is silent.'), { code }));
      stream.close(constants.NGHTTP2_CANCEL);
    }, seconds * 1000);
  };
  try {
    stream = session.request(
      { ...fieldsOf(headers), ':method': method, ':path': path, ':scheme': 'https', ':authority': api.upstream.host },
      { endStream: body === null },
    );
  } catch (error) {
    // The session has just ended.
    const reason = error instanceof Error ? error : new Error(String(error));
    queueMicrotask(() => fail(reason));
    return { resume: () => undefined, abort: () => (over = true) };
  }
  wait(api.timeouts.firstByte, 'UND_ERR_HEADERS_TIMEOUT');
  stream.once('ready', () => {
    if (!over) listener.sent(opening);
  });
  stream.on('headers', (fields: IncomingHttpHeaders & { ':status'?: number }, _flags: number, raw: string[]) => {
    if (!over) listener.informed(Number(fields[':status']), withoutPseudo(raw));
  });
  stream.once('response', (fields: IncomingHttpHeaders & { ':status'?: number }, _flags: number, raw: string[]) => {
    if (over) return;
    wait(api.timeouts.idle, 'UND_ERR_BODY_TIMEOUT');
    listener.answered(Number(fields[':status']), '', withoutPseudo(raw));
  });
  stream.on(
    'trailers',
    (_fields: IncomingHttpHeaders, _flags: number, raw: string[]) => (trailers = withoutPseudo(raw)),
  );
  stream.on('data', (bytes: Buffer) => {
    if (over) return;
    timer?.refresh();
    if (!listener.received(bytes)) stream.pause();
  });
  stream.once('error', fail);
  stream.once('end', () => {
    // A stream that is reset also ends.
    if (stream.rstCode === constants.NGHTTP2_NO_ERROR) finish(() => listener.ended(trailers));
  });
  stream.once('close', () => fail(Object.assign(new Error('The upstream closed the stream.'), { code: 'ECONNRESET' })));
  if (body instanceof Readable) {
    body.on('error', (error) => {
      fail(error);
      stream.close(constants.NGHTTP2_CANCEL);
    });
    body.pipe(stream);
  } else if (body !== null) stream.end(body);
  return {
    resume: () => void stream.resume(),
    abort: () => {
      finish(() => undefined);
      stream.close(constants.NGHTTP2_CANCEL);
    },
  };
}

function withoutPseudo(raw: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2)
    if (raw[index]?.startsWith(':') === false) kept.push(raw[index] ?? '', raw[index + 1] ?? '');
  return kept;
}
