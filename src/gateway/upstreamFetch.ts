import { Agent, fetch as undiciFetch } from 'undici';
import type { GatewaySettings } from '../shared/settings.ts';
import { createConnector } from './connector.ts';
import { upstreamProxy } from './upstreamProxy.ts';

const connectMilliseconds = 10_000;

/** A `fetch` that goes the way calls to upstreams go: through the same proxy, with the same trust. */
export interface UpstreamFetch {
  readonly fetch: typeof fetch;
  /** The settings have changed. */
  reset(): void;
  close(): Promise<void>;
}

/** Used for token endpoints and to verify accounts. */
export function createUpstreamFetch(
  settings: () => GatewaySettings,
  environment: Readonly<Record<string, string | undefined>>,
): UpstreamFetch {
  const create = (): Agent =>
    new Agent({
      connect: ({ protocol, hostname, port }, callback) => {
        const origin = new URL(`${protocol}//${hostname.includes(':') ? `[${hostname}]` : hostname}:${port}`);
        const proxy = upstreamProxy(origin, settings(), environment);
        createConnector(origin, { proxy, strictSsl: settings().strictSsl, timeout: connectMilliseconds })((result) => {
          if (result instanceof Error) callback(result, null);
          else callback(null, result.socket);
        });
      },
    });
  let agent = create();
  const viaAgent = (input: string | URL, init?: RequestInit): unknown =>
    undiciFetch(input, { ...(init as object), dispatcher: agent });
  return {
    // The types of Node's fetch and of the package's differ in name only.
    fetch: viaAgent as typeof fetch,
    reset: () => {
      void agent.close();
      agent = create();
    },
    close: () => agent.destroy(),
  };
}
