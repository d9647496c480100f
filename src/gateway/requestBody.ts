import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';

/** Bodies up to this size are sent on in one piece where they have come in one piece. */
export const wholeBodyBytes = 64 * 1024;

/** The body's length by its framing: 0 for none, null for one that is not known beforehand (RFC 9112, 6.3). */
export function bodyLength(request: IncomingMessage): number | null {
  if (request.headers['transfer-encoding'] !== undefined) return null;
  return Number(request.headers['content-length'] ?? 0);
}

/** Takes the body off a request: whole where all of it is here, else as it comes. `start` asks for it. */
export function takeBody(
  request: IncomingMessage,
  tap: (bytes: Uint8Array) => void,
  start: () => void,
): Readable | Buffer | null {
  const length = bodyLength(request);
  if (length === 0) return null;
  start();
  if (length !== null && length <= wholeBodyBytes && request.readableLength === length) {
    const whole: unknown = request.read();
    if (Buffer.isBuffer(whole) && whole.byteLength === length) {
      tap(whole);
      return whole;
    }
    if (Buffer.isBuffer(whole)) request.unshift(whole);
  }
  return streamed(request, tap);
}

/**
 * A stream of its own, because whoever reads a body destroys it when the upstream fails, and destroying the request
 * would take the client's connection along before it could be answered.
 */
function streamed(request: IncomingMessage, tap: (bytes: Uint8Array) => void): Readable {
  const { socket } = request;
  const stream = new Readable({
    highWaterMark: wholeBodyBytes,
    read: () => {
      request.resume();
    },
    destroy: (error, done) => {
      request.off('data', pass).off('end', end).off('error', broken);
      socket.off('close', gone);
      // What is left of the body is read and dropped, so that the client gets to the answer.
      request.on('error', ignore).resume();
      done(error);
    },
  });
  const pass = (bytes: Buffer): void => {
    tap(bytes);
    if (!stream.push(bytes)) request.pause();
  };
  const end = (): void => void stream.push(null);
  const broken = (error: Error): void => void stream.destroy(error);
  // Once it has been answered, a request hears nothing of its connection's end.
  const gone = (): void => void stream.destroy(new Error('The client left.'));
  request.on('data', pass).on('end', end).on('error', broken).pause();
  socket.on('close', gone);
  stream.on('error', ignore);
  return stream;
}

function ignore(): void {
  // Whoever reads the body hears of it.
}
