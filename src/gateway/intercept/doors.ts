import type { Socket } from 'node:net';
import type { Adopt, Screen } from '../engine.ts';
import { failureAnswer } from '../failures.ts';
import { connectStart, readConnect, type Hesitation } from './connectRequest.ts';
import type { Destination } from './destination.ts';
import { readGreeting, readRequest, socksCodes, socksReply, socksVersion } from './socks.ts';

/** A client that wants a tunnel, and how to tell it what became of that. One of both is to be called, once. */
export interface TunnelRequest {
  readonly socket: Socket;
  readonly to: Destination;
  readonly adopt: Adopt;
  readonly hesitant: Hesitation;
  open(): void;
  /** Ends the connection. */
  refuse(reason: TunnelRefusal): void;
}

export interface TunnelRefusal {
  readonly kind: 'forbidden' | 'unreachable' | 'timeout';
  readonly message: string;
  readonly hint: string;
}

/** Milliseconds until a client has to have said what it wants. */
const patience = 60_000;

type Take = (request: TunnelRequest) => void;

/** How HTTP/2 begins where the client knows that it may speak it (RFC 9113, 3.3). */
const http2Preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';

/** Tells by a connection's first bytes what it is: SOCKS5, a CONNECT, HTTP/2, or requests for the server. */
export function createDoors(tunnel: Take, http2: (socket: Socket) => void): Screen {
  return (socket, adopt) => {
    const ignore = (): void => void socket.destroy();
    const handOver = (bytes: Buffer, to: () => void): void => {
      socket.off('data', look).off('error', ignore).off('end', ignore).off('timeout', ignore).setTimeout(0);
      socket.pause();
      if (bytes.length > 0) socket.unshift(bytes);
      to();
    };
    let seen: Buffer = Buffer.alloc(0);
    const look = (bytes: Buffer): void => {
      seen = seen.length === 0 ? bytes : Buffer.concat([seen, bytes]);
      if (seen[0] === socksVersion) handOver(seen, () => takeSocks(socket, adopt, tunnel));
      else if (begins(seen, connectStart)) {
        if (seen.length >= connectStart.length) handOver(seen, () => takeConnect(socket, adopt, tunnel));
      } else if (begins(seen, http2Preface)) {
        if (seen.length >= http2Preface.length) handOver(seen, () => http2(socket));
      } else
        handOver(seen, () => {
          adopt(socket, null);
          socket.resume();
        });
    };
    socket.setTimeout(patience, ignore);
    socket.on('error', ignore).on('end', ignore).on('data', look);
  };
}

function begins(bytes: Buffer, text: string): boolean {
  return text.startsWith(bytes.toString('latin1', 0, text.length));
}

function takeConnect(socket: Socket, adopt: Adopt, tunnel: Take): void {
  readSteps(socket, (bytes, stop) => {
    const found = readConnect(bytes);
    if (found.kind === 'more') return;
    if (found.kind === 'malformed') {
      stop(Buffer.alloc(0));
      const message = `This CONNECT cannot be read: ${found.why}.`;
      answer(socket, 'bad_request', message, 'Send "CONNECT host:port HTTP/1.1".');
      return;
    }
    stop(found.rest);
    tunnel({
      ...{ socket, adopt, to: found.to, hesitant: found.hesitant },
      open: () => void socket.write('HTTP/1.1 200 Connection Established\r\n\r\n', 'latin1'),
      refuse: ({ kind, message, hint }) => answer(socket, httpCodes[kind], message, hint),
    });
  });
}

const httpCodes = {
  forbidden: 'forbidden_host',
  unreachable: 'upstream_unreachable',
  timeout: 'upstream_timeout',
} as const;

function answer(
  socket: Socket,
  code: 'bad_request' | (typeof httpCodes)[keyof typeof httpCodes],
  message: string,
  hint: string,
): void {
  const { status, reason, headers, body } = failureAnswer({ code, message, hint });
  let head = `HTTP/1.1 ${status} ${reason}\r\n`;
  for (let index = 0; index + 1 < headers.length; index += 2)
    head += `${headers[index] ?? ''}: ${headers[index + 1] ?? ''}\r\n`;
  end(socket, Buffer.concat([Buffer.from(`${head}Connection: close\r\n\r\n`, 'latin1'), body]));
}

function takeSocks(socket: Socket, adopt: Adopt, tunnel: Take): void {
  readSteps(socket, (bytes, stop) => {
    const found = readGreeting(bytes);
    if (found.kind === 'more') return;
    if (found.kind === 'end') {
      stop(Buffer.alloc(0));
      end(socket, found.bytes);
      return;
    }
    socket.write(found.bytes);
    stop(bytes.subarray(found.used));
    takeSocksRequest(socket, adopt, tunnel);
  });
}

function takeSocksRequest(socket: Socket, adopt: Adopt, tunnel: Take): void {
  const last = (code: number): void => end(socket, socksReply(code));
  readSteps(socket, (bytes, stop) => {
    const found = readRequest(bytes);
    if (found.kind === 'more') return;
    if (found.kind === 'end') {
      stop(Buffer.alloc(0));
      last(found.code);
      return;
    }
    stop(bytes.subarray(found.used));
    tunnel({
      ...{ socket, adopt, to: found.to, hesitant: 'none' },
      open: () => void socket.write(socksReply(socksCodes.done)),
      refuse: ({ kind }) => last(kind === 'forbidden' ? socksCodes.forbidden : socksCodes.unreachable),
    });
  });
}

/** Collects what a client says until `take` calls `stop` with what is left over, which goes back to the socket. */
function readSteps(socket: Socket, take: (bytes: Buffer, stop: (rest: Buffer) => void) => void): void {
  let seen: Buffer = Buffer.alloc(0);
  const gone = (): void => void socket.destroy();
  const stop = (rest: Buffer): void => {
    socket.off('data', read).off('error', gone).off('end', gone).off('timeout', gone).setTimeout(0);
    socket.pause();
    if (rest.length > 0) socket.unshift(rest);
  };
  const read = (bytes: Buffer): void => {
    seen = seen.length === 0 ? bytes : Buffer.concat([seen, bytes]);
    take(seen, stop);
  };
  socket.setTimeout(patience, gone);
  socket.on('error', gone).on('end', gone).on('data', read).resume();
}

/** Says a last word; what still comes in is dropped, since an unread rest would take the answer along. */
function end(socket: Socket, bytes: Buffer): void {
  socket.on('error', () => undefined).resume();
  socket.end(bytes);
  setTimeout(() => socket.destroy(), 2000).unref();
}
