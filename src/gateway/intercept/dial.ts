import { connect, type Socket } from 'node:net';
import type { GatewaySettings } from '../../shared/settings.ts';
import { createConnector } from '../connector.ts';
import { openTunnel } from '../proxyTunnel.ts';
import { ConnectError } from '../upstreamFailure.ts';
import { upstreamProxy } from '../upstreamProxy.ts';
import { authorityOf, originOf, type Destination } from './destination.ts';

const patience = 30_000;

/** What decides over the way to a destination. */
export interface DialParts {
  settings(): Pick<GatewaySettings, 'proxy' | 'noProxy' | 'strictSsl'>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The gateway's own port, which is not to be connected to. */
  port(): number;
}

/**
 * Opens a connection for bytes that nobody reads, through the proxy that the settings name. Hears of the result once;
 * the function returned gives it up.
 */
export function dial(to: Destination, parts: DialParts, opened: (result: Socket | Error) => void): () => void {
  let settled = false;
  let socket: Socket | null = null;
  const settle = (result: Socket | Error): void => {
    if (settled) return;
    settled = true;
    clearTimeout(timer);
    if (result instanceof Error) socket?.on('error', () => undefined).destroy();
    opened(result);
  };
  const timer = setTimeout(() => {
    settle(new ConnectError('connect_timeout', `No connection to ${authorityOf(to)} within ${patience / 1000} s.`));
  }, patience);
  const settings = parts.settings();
  const proxy = upstreamProxy(new URL(originOf(to.port === 80 ? 'http' : 'https', to)), settings, parts.environment);
  if (proxy === null) {
    const direct = connect({ host: to.host, port: to.port, noDelay: true, allowHalfOpen: true });
    socket = direct;
    direct.once('error', settle);
    direct.once('connect', () => {
      direct.off('error', settle);
      settle(isOwn(direct, parts.port()) ? new Error('This leads back to the gateway itself.') : direct);
    });
  } else socket = openTunnel(proxy, authorityOf(to), settings.strictSsl, settle);
  return () => settle(new Error('The client left.'));
}

/** Names may resolve to this machine. */
function isOwn({ remoteAddress = '', remotePort }: Socket, port: number): boolean {
  return remotePort === port && /^(::1$|(::ffff:)?127\.)/.test(remoteAddress);
}

/** The same with TLS, for what is not HTTP within it. */
export function dialSecurely(origin: string, parts: DialParts, opened: (result: Socket | Error) => void): () => void {
  const url = new URL(origin);
  const settings = parts.settings();
  let wanted = true;
  createConnector(url, {
    proxy: upstreamProxy(url, settings, parts.environment),
    strictSsl: settings.strictSsl,
    timeout: patience,
  })((result) => {
    if (result instanceof Error) opened(result);
    else if (wanted) opened(result.socket);
    else result.socket.destroy();
  });
  return () => (wanted = false);
}
