import type { Socket } from 'node:net';

/** What is no request of a worker's, though it begins like one. */
const others = ['CONNECT ', 'PRI '];
/** Milliseconds until a client has to have said something. */
const patience = 60_000;

/**
 * Waits for a connection's first bytes, which go back to it: `plain` has those that begin like a request to the gateway
 * itself, `other` tunnels, SOCKS, TLS and HTTP/2.
 */
export function byFirstBytes(socket: Socket, plain: () => void, other: () => void): void {
  let seen: Buffer = Buffer.alloc(0);
  const ignore = (): void => void socket.destroy();
  const look = (bytes: Buffer): void => {
    seen = seen.length === 0 ? bytes : Buffer.concat([seen, bytes]);
    const text = seen.toString('latin1', 0, 8);
    if (others.some((one) => text.length < one.length && one.startsWith(text))) return;
    socket.off('data', look).off('error', ignore).off('end', ignore).off('timeout', ignore).setTimeout(0);
    socket.pause();
    socket.unshift(seen);
    if (others.some((one) => text.startsWith(one)) || !/^[\r\nA-Za-z]/.test(text)) other();
    else {
      plain();
      socket.resume();
    }
  };
  socket.setTimeout(patience, ignore);
  socket.on('error', ignore).on('end', ignore).on('data', look);
}
