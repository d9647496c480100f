import { Readable } from 'node:stream';
import type { GatewaySettings } from '../../shared/settings.ts';
import { createConnector } from '../connector.ts';
import type { UpstreamCall, UpstreamListener, UpstreamRequest, Upstreams } from '../engine.ts';
import type { ResolvedApi } from '../parts.ts';
import { upstreamProxy } from '../upstreamProxy.ts';
import { UpstreamConnection, type Waiting } from './upstreamConnection.ts';

/** Milliseconds between two looks at what is late or has been idle for long. */
const checkInterval = 100;

/** Methods that may be repeated without harm (RFC 9110, 9.2.2). */
const idempotent: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/** The connections to one origin. The one that was used last is used next, so that the others may end. */
interface Pool {
  readonly idle: UpstreamConnection[];
  readonly connect: ReturnType<typeof createConnector>;
}

/** Speaks HTTP/1.1 to upstreams over kept connections, with heads as they go over the wire. */
export function createWireUpstreams(
  settings: Pick<GatewaySettings, 'proxy' | 'noProxy' | 'strictSsl'>,
  environment: Readonly<Record<string, string | undefined>>,
): Upstreams {
  const pools = new WeakMap<ResolvedApi, Pool>();
  const byOrigin = new Map<string, Pool>();
  const connections = new Set<UpstreamConnection>();
  let closing = false;
  let underWay = 0;
  let idle: () => void = () => undefined;
  let timer: NodeJS.Timeout | null = null;

  const watch = (): void => {
    timer ??= setInterval(() => {
      const now = performance.now();
      for (const connection of connections) connection.check(now);
      if (connections.size > 0 || timer === null) return;
      clearInterval(timer);
      timer = null;
    }, checkInterval).unref();
  };

  const poolOf = (api: ResolvedApi): Pool => {
    const known = pools.get(api);
    if (known !== undefined) return known;
    const { upstream, timeouts } = api;
    const key = `${upstream.origin} ${timeouts.connect}`;
    const connect = createConnector(upstream, {
      proxy: upstreamProxy(upstream, settings, environment),
      strictSsl: settings.strictSsl,
      timeout: timeouts.connect * 1000,
    });
    const pool = byOrigin.get(key) ?? { idle: [], connect };
    byOrigin.set(key, pool);
    pools.set(api, pool);
    return pool;
  };

  const usable = (pool: Pool): UpstreamConnection | null => {
    for (let last = pool.idle.pop(); last !== undefined; last = pool.idle.pop()) if (last.isUsable) return last;
    return null;
  };

  class Call implements UpstreamCall, Waiting {
    readonly request: UpstreamRequest;
    readonly listener: UpstreamListener;
    readonly #pool: Pool;
    #connection: UpstreamConnection | null = null;
    #state: 'waiting' | 'sent' | 'over' = 'waiting';
    #repeated = false;

    constructor(request: UpstreamRequest, listener: UpstreamListener) {
      this.request = request;
      this.listener = listener;
      this.#pool = poolOf(request.api);
      underWay++;
    }

    start(): void {
      // A connection that is closed just now is not the only such one; to send again, a new one is opened.
      const connection = this.#repeated ? null : usable(this.#pool);
      if (connection !== null) this.#ride(connection);
      else this.#open();
    }

    resume(): void {
      this.#connection?.resume();
    }

    abort(): void {
      const connection = this.#connection;
      this.over();
      connection?.destroy();
    }

    lost(): boolean {
      const { body, method, upgrade } = this.request;
      if (this.#repeated || !idempotent.has(method) || body instanceof Readable || upgrade !== null || closing)
        return false;
      this.#repeated = true;
      this.#state = 'waiting';
      underWay++;
      this.start();
      return true;
    }

    over(): void {
      if (this.#state === 'over') return;
      this.#state = 'over';
      this.#connection = null;
      underWay--;
      if (underWay === 0) idle();
    }

    #open(): void {
      const pool = this.#pool;
      pool.connect((result) => {
        if (result instanceof Error) {
          if (this.#state === 'over') return;
          this.over();
          this.listener.failed(result);
          return;
        }
        const connection: UpstreamConnection = new UpstreamConnection(result, (free) => {
          if (!closing) pool.idle.push(free);
          else free.destroy();
        });
        connections.add(connection);
        result.socket.once('close', () => {
          connections.delete(connection);
          const at = pool.idle.indexOf(connection);
          if (at !== -1) pool.idle.splice(at, 1);
        });
        watch();
        if (this.#state === 'over') connection.destroy();
        else this.#ride(connection);
      });
    }

    #ride(connection: UpstreamConnection): void {
      this.#state = 'sent';
      this.#connection = connection;
      connection.send(this);
    }
  }

  return {
    call: (request, listener) => {
      const call = new Call(request, listener);
      // Whoever calls has the call in hand before anything comes of it.
      call.start();
      return call;
    },
    close: async (how) => {
      closing = true;
      for (const connection of connections) if (how === 'now' || connection.isUsable) connection.destroy();
      if (how === 'whenIdle' && underWay > 0) await new Promise<void>((resolve) => (idle = resolve));
      for (const connection of connections) if (!connection.isGivenAway) connection.destroy();
      if (timer !== null) clearInterval(timer);
    },
  };
}
