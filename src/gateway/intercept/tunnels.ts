import { isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Adopt, Tunnel } from '../engine.ts';
import { joinTunnel } from '../tunnel.ts';
import { ConnectError } from '../upstreamFailure.ts';
import { isLoopback } from '../upstreamProxy.ts';
import type { ClientHello } from './clientHello.ts';
import { authorityOf, originOf, type Destination } from './destination.ts';
import { dial, dialSecurely, type DialParts } from './dial.ts';
import type { TunnelRequest } from './doors.ts';
import { hearFirstWords, type FirstWords } from './firstWords.ts';
import type { Leaves } from './leaves.ts';
import type { Pins } from './pins.ts';
import type { Reach } from './reach.ts';
import { terminate } from './terminate.ts';

/** What tunnels need. */
export interface TunnelParts extends DialParts {
  readonly reach: Pick<Reach, 'mode' | 'authority' | 'reads'>;
  readonly leaves: Leaves;
  readonly pins: Pins;
  /** Reads HTTP/2 from a connection. */
  http2(socket: Socket, tunnel: Tunnel, silent?: () => void): void;
  /** A client does not accept our certificate for a host. */
  refused(host: string): void;
}

export interface Tunnels {
  take(request: TunnelRequest): void;
  close(): void;
}

/** Milliseconds that a client is given to speak first. */
const hesitation = 1000;
/** Milliseconds for which a host that was reached, and trusted, counts as such. */
const memory = 30_000;
const unseen = { sent: () => undefined, received: () => undefined, ended: () => undefined };

/** Takes requests for tunnels. What is to be read is handed to a server; all else passes as it is. */
export function createTunnels(parts: TunnelParts): Tunnels {
  const { reach } = parts;
  const sockets = new Set<Duplex>();
  /** Hosts that could be reached, or were trusted, a moment ago. */
  const lately = new Set<string>();
  const keep = (socket: Duplex): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };
  const join = (socket: Duplex, upstream: Duplex): void => {
    keep(upstream);
    joinTunnel(socket, upstream, unseen);
  };
  /** Ends the attempt with the client. */
  const opening = (
    socket: Duplex,
    open: (opened: (result: Socket | Error) => void) => () => void,
    then: (result: Socket | Error) => void,
  ): void => {
    const ended = (): void => giveUp();
    const giveUp = open((result) => {
      socket.off('close', ended);
      then(result);
    });
    socket.once('close', ended);
  };
  const passOn = (socket: Duplex, to: Destination): void => {
    opening(
      socket,
      (opened) => dial(to, parts, opened),
      (result) => {
        if (result instanceof Error) socket.destroy();
        else join(socket, result);
      },
    );
  };

  const passUnread = (request: TunnelRequest): void => {
    const { socket, to } = request;
    opening(
      socket,
      (opened) => dial(to, parts, opened),
      (upstream) => {
        if (upstream instanceof Error) {
          request.refuse(unreachable(to, upstream));
          return;
        }
        request.open();
        if (isIP(to.host) === 0 || reach.authority === null) join(socket, upstream);
        else hearBoth(request, upstream);
      },
    );
  };

  /** What is sent to an address may be for a host that is read, which only the client's hello tells. */
  const hearBoth = (request: TunnelRequest, upstream: Socket): void => {
    keep(upstream);
    const goOn = (): void => {
      cancel();
      upstream.off('data', speaks).off('close', goOn);
      join(request.socket, upstream);
    };
    const speaks = (bytes: Buffer): void => {
      upstream.pause();
      upstream.unshift(bytes);
      goOn();
    };
    const cancel = hearFirstWords(request.socket, null, (words) => {
      const host = typeof words === 'object' ? tlsHost(words, request.to) : null;
      if (typeof words !== 'object' || host === null || !reach.reads(host, request.to.port)) {
        goOn();
        return;
      }
      upstream.off('data', speaks).off('close', goOn).destroy();
      read(request, words);
    });
    upstream
      .on('data', speaks)
      .on('close', goOn)
      .on('error', () => undefined);
  };

  const read = ({ socket, to, adopt }: TunnelRequest, words: FirstWords): void => {
    const clientPort = socket.remotePort ?? 0;
    if (words === 'other') passOn(socket, to);
    else if (typeof words === 'object') readSecure(socket, to, words, adopt);
    else hand(socket, { origin: originOf('http', to), clientPort }, adopt);
  };

  const hand = (socket: Socket, tunnel: Tunnel, adopt: Adopt): void => {
    adopt(socket, tunnel);
    socket.resume();
  };

  const readSecure = (socket: Socket, to: Destination, hello: ClientHello, adopt: Adopt): void => {
    const { authority } = reach;
    const host = tlsHost(hello, to);
    const { fingerprint, protocols } = hello;
    const isHttp = protocols.length === 0 || protocols.includes('h2') || protocols.includes('http/1.1');
    if (
      authority === null ||
      host === null ||
      !reach.reads(host, to.port) ||
      !isHttp ||
      parts.pins.has(host, fingerprint)
    ) {
      passOn(socket, to);
      return;
    }
    const tunnel = { origin: originOf('https', { host, port: to.port }), clientPort: socket.remotePort ?? 0 };
    terminate(socket, parts.leaves.contextFor(host, authority), {
      accepted: (secure, words, refuse) => {
        keep(secure);
        parts.pins.accepted(host, fingerprint);
        if (words === 'http2') parts.http2(secure, tunnel, refuse);
        else if (words === 'http') hand(secure, tunnel, adopt);
        else
          opening(
            secure,
            (opened) => dialSecurely(tunnel.origin, parts, opened),
            (result) => {
              if (result instanceof Error) secure.destroy();
              else join(secure, result);
            },
          );
      },
      refused: () => {
        if (parts.pins.refused(host, fingerprint)) parts.refused(host);
      },
    });
  };

  const openToRead = (request: TunnelRequest): void => {
    request.open();
    hearFirstWords(request.socket, hesitation, (words) => read(request, words));
  };

  const tryFirst = (request: TunnelRequest): void => {
    const { socket, to } = request;
    const secure = request.hesitant === 'untrusted' && reach.authority !== null;
    opening(
      socket,
      (opened) => (secure ? dialSecurely(originOf('https', to), parts, opened) : dial(to, parts, opened)),
      (result) => {
        if (result instanceof Error) {
          request.refuse(unreachable(to, result));
          return;
        }
        result.on('error', () => undefined).destroy();
        const known = knownAs(request);
        lately.add(known);
        setTimeout(() => lately.delete(known), memory).unref();
        openToRead(request);
      },
    );
  };

  const take = (request: TunnelRequest): void => {
    const { socket, to } = request;
    keep(socket);
    if (reach.mode === 'off') request.refuse(isOff);
    else if (isLoopback(to.host) && to.port === parts.port()) request.refuse(isOurselves);
    else if (!reach.reads(to.host, to.port)) passUnread(request);
    else if (request.hesitant !== 'none' && !lately.has(knownAs(request))) tryFirst(request);
    else openToRead(request);
  };

  return {
    take,
    close: () => {
      for (const socket of sockets) socket.destroy();
    },
  };
}

const isOff = {
  kind: 'forbidden',
  message: 'Interception is off, so this is no proxy.',
  hint: 'Set "tollgate.intercept.mode" to "on", or call the gateway by its own URLs.',
} as const;

const isOurselves = {
  kind: 'forbidden',
  message: 'This leads back to the gateway itself.',
  hint: 'Call it directly: have NO_PROXY name 127.0.0.1 and localhost.',
} as const;

function knownAs({ to, hesitant }: TunnelRequest): string {
  return `${authorityOf(to)} ${hesitant}`;
}

function unreachable(to: Destination, error: Error): Parameters<TunnelRequest['refuse']>[0] {
  const late = error instanceof ConnectError && error.code === 'connect_timeout';
  const message = `${authorityOf(to)} cannot be reached: ${error.message}`;
  return {
    kind: late ? 'timeout' : 'unreachable',
    message,
    hint: 'Check the host, the network and the proxy settings.',
  };
}

/** The host that a client means: the name it asks for, where it went to an address. Null where it says two things. */
function tlsHost({ serverName }: ClientHello, { host }: Destination): string | null {
  if (serverName === null || serverName === host) return host;
  return isIP(host) === 0 ? null : serverName;
}
