import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { GatewaySettings } from '../shared/settings.ts';
import { systemTrust } from './certificates.ts';
import type { Opening } from './engine.ts';
import { openTunnel } from './proxyTunnel.ts';
import { readsTo, type ReadSink } from './wire/sharedReads.ts';
import { ConnectError } from './upstreamFailure.ts';

export interface ConnectorOptions {
  /** The proxy on the way, or null. */
  readonly proxy: URL | null;
  readonly strictSsl: GatewaySettings['strictSsl'];
  /** Milliseconds until a connection has to be usable. */
  readonly timeout: number;
  /** What to offer to speak within TLS (RFC 7301); HTTP/1.1 by default. */
  readonly protocols?: readonly string[];
}

/** A connection that can be used. `sink` is where its bytes may be had without the stream between; null for none. */
export interface Connection {
  readonly socket: Socket;
  readonly opening: Opening;
  readonly sink: ReadSink | null;
}

export type Connected = (result: Connection | Error) => void;

/** Opens connections to one origin, through a proxy where there is one, and measures how long each step takes. */
export function createConnector(origin: URL, options: ConnectorOptions): (connected: Connected) => void {
  const secure = origin.protocol === 'https:';
  const hostname = origin.hostname.replace(/^\[|\]$/g, '');
  const port = Number(origin.port || (secure ? 443 : 80));
  let session: Buffer | undefined;

  const encrypt = (socket: Socket): TLSSocket => {
    const context = options.strictSsl ? systemTrust() : undefined;
    const encrypted = connectTls({
      socket,
      ...(isIP(hostname) === 0 ? { servername: hostname } : { host: hostname }),
      ALPNProtocols: [...(options.protocols ?? ['http/1.1'])],
      rejectUnauthorized: options.strictSsl,
      ...(context === undefined ? {} : { secureContext: context }),
      ...(session === undefined ? {} : { session }),
    });
    encrypted.on('session', (received) => (session = received));
    return encrypted;
  };

  return (connected) => {
    const started = performance.now();
    let socket: Socket | null = null;
    let settled = false;
    const settle: Connected = (result) => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      if (result instanceof Error) socket?.on('error', () => undefined).destroy();
      connected(result);
    };
    const timer = setTimeout(() => {
      settle(new ConnectError('connect_timeout', `No connection to ${origin.host} within ${options.timeout} ms.`));
    }, options.timeout);

    const usable = (tcp: Socket, sink: ReadSink | null): void => {
      const connect = performance.now() - started;
      socket = tcp;
      if (!secure) {
        settle({ socket: tcp, opening: { connect, tls: null }, sink });
        return;
      }
      const encrypted = encrypt(tcp);
      socket = encrypted;
      encrypted.once('error', settle);
      encrypted.once('secureConnect', () => {
        encrypted.off('error', settle);
        settle({ socket: encrypted, opening: { connect, tls: performance.now() - started - connect }, sink: null });
      });
    };

    if (options.proxy !== null) {
      socket = openTunnel(options.proxy, `${origin.hostname}:${port}`, options.strictSsl, (result) => {
        if (settled) return;
        if (result instanceof Error) settle(result);
        else usable(result, null);
      });
      return;
    }
    const sink: ReadSink | null = secure ? null : { take: null };
    const tcp = connectTcp({
      ...{ host: hostname, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 },
      ...(sink === null ? {} : { onread: readsTo(sink) }),
    });
    socket = tcp;
    tcp.once('error', settle);
    tcp.once('connect', () => {
      tcp.off('error', settle);
      if (!settled) usable(tcp, sink);
    });
  };
}
