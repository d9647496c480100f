import { STATUS_CODES } from 'node:http';
import { Readable, type Duplex } from 'node:stream';
import { Client, Pool, type Dispatcher } from 'undici';
import type { GatewaySettings } from '../shared/settings.ts';
import { createConnector } from './connector.ts';
import type { Opening, Upstreams, UpstreamCall, UpstreamListener } from './engine.ts';
import { fromBytes } from './headers.ts';
import type { ResolvedApi } from './parts.ts';
import { errorCode } from './upstreamFailure.ts';
import { upstreamProxy } from './upstreamProxy.ts';

/** Answers with longer heads than this are refused. */
const maxHeaderSize = 64 * 1024;

/**
 * An upstream may close an idle connection at the very moment it is used again. Such a request is sent once more where
 * that cannot do harm (RFC 9110, 9.2.2).
 */
const idempotent: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);
const droppedCodes: ReadonlySet<string> = new Set(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/** How a client's connection was opened, until the request that had to wait for it has been told. */
interface Riding {
  opening: Opening | null;
}

/** undici's client for one connection, which tells a request what its connection cost. */
class MeasuredClient extends Client {
  readonly #riding: Riding;
  constructor(origin: URL, options: Client.Options, riding: Riding) {
    super(origin, options);
    this.#riding = riding;
  }
  override dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    if (handler instanceof Call) handler.riding = this.#riding;
    return super.dispatch(options, handler);
  }
}

/** One upstream request: undici's handler on one side, `UpstreamCall` on the other. */
class Call implements UpstreamCall {
  riding: Riding = { opening: null };
  readonly #listener: UpstreamListener;
  #again: (() => void) | null;
  #reused = false;
  #abort: ((reason?: Error) => void) | null = null;
  #resume: (() => void) | null = null;
  #over = false;

  /** `again` sends the request once more; null where it may not be sent twice. */
  constructor(listener: UpstreamListener, again: ((call: Call) => void) | null) {
    this.#listener = listener;
    this.#again = again === null ? null : () => again(this);
  }

  resume(): void {
    this.#resume?.();
  }

  abort(): void {
    this.#over = true;
    this.#abort?.();
  }

  onConnect(abort: (reason?: Error) => void): void {
    this.#abort = abort;
    const { opening } = this.riding;
    this.riding.opening = null;
    this.#reused = opening === null;
    if (this.#over) abort();
    else this.#listener.sent(opening);
  }

  onHeaders(status: number, headers: Buffer[], resume: () => void, reason: string): boolean {
    if (this.#over) return true;
    if (status < 200) {
      this.#listener.informed(status, fromBytes(headers));
      return true;
    }
    this.#resume = resume;
    this.#again = null;
    this.#listener.answered(status, reason, fromBytes(headers));
    if (status === 304) {
      // It may tell the length that a 200 would have (RFC 9110, 8.6), which undici waits for in vain.
      this.#over = true;
      this.#listener.ended([]);
    }
    return true;
  }

  onData(bytes: Buffer): boolean {
    return this.#over || this.#listener.received(bytes);
  }

  onComplete(trailers: readonly Buffer[] | readonly string[] | null): void {
    if (this.#over) return;
    this.#over = true;
    this.#listener.ended(fromBytes((trailers ?? []).map((one) => (typeof one === 'string' ? Buffer.from(one) : one))));
  }

  onUpgrade(status: number, headers: readonly Buffer[] | readonly string[] | null, socket: Duplex): void {
    if (this.#over) {
      socket.destroy();
      return;
    }
    this.#over = true;
    const raw = (headers ?? []).map((one) => (typeof one === 'string' ? Buffer.from(one) : one));
    // undici keeps the reason phrase to itself here.
    this.#listener.upgraded(status, STATUS_CODES[status] ?? '', fromBytes(raw), socket);
  }

  onError(error: Error): void {
    if (this.#over) return;
    const again = this.#again;
    this.#again = null;
    if (again !== null && this.#reused && droppedCodes.has(errorCode(error))) {
      queueMicrotask(again);
      return;
    }
    this.#over = true;
    this.#listener.failed(error);
  }
}

/** Speaks HTTP/1.1 to upstreams over kept connections, by undici's `dispatch` with raw header arrays. */
export function createUpstreams(
  settings: Pick<GatewaySettings, 'proxy' | 'noProxy' | 'strictSsl'>,
  environment: Readonly<Record<string, string | undefined>>,
): Upstreams {
  const pools = new Map<string, Pool>();

  const poolFor = ({ upstream, timeouts }: ResolvedApi): Pool => {
    const key = `${upstream.origin} ${timeouts.connect}`;
    const known = pools.get(key);
    if (known !== undefined) return known;
    const connector = createConnector(upstream, {
      proxy: upstreamProxy(upstream, settings, environment),
      strictSsl: settings.strictSsl,
      timeout: timeouts.connect * 1000,
    });
    const factory = (origin: URL, options: object): Dispatcher => {
      const riding: Riding = { opening: null };
      const connect: Client.Options['connect'] = (_options, callback) => {
        connector((result) => {
          if (result instanceof Error) {
            callback(result, null);
            return;
          }
          riding.opening = result.opening;
          callback(null, result.socket);
        });
      };
      return new MeasuredClient(origin, { ...options, connect }, riding);
    };
    const pool = new Pool(upstream.origin, { factory, maxHeaderSize });
    pools.set(key, pool);
    return pool;
  };

  return {
    call: (request, listener) => {
      const { api, body, method } = request;
      const options: Dispatcher.DispatchOptions = {
        path: request.path,
        method,
        headers: request.headers as string[],
        body,
        upgrade: request.upgrade,
        headersTimeout: Math.round(api.timeouts.firstByte * 1000),
        bodyTimeout: Math.round(api.timeouts.idle * 1000),
      };
      const send = (call: Call): void => void poolFor(api).dispatch(options, call);
      const repeatable = idempotent.has(method) && !(body instanceof Readable) && request.upgrade === null;
      const call = new Call(listener, repeatable ? send : null);
      send(call);
      return call;
    },
    close: async (how) => {
      await Promise.all([...pools.values()].map((pool) => (how === 'now' ? pool.destroy() : pool.close())));
    },
  };
}
