import type { Duplex } from 'node:stream';
import { Readable } from 'node:stream';

/**
 * The body of a stream as a stream of its own: whoever reads a body destroys it when the upstream fails, which would
 * take the way back to the client along.
 */
export function ownStream(stream: Duplex, tap: (bytes: Uint8Array) => void): Readable {
  const own = new Readable({
    read: () => void stream.resume(),
    destroy: (error, done) => {
      stream.off('data', pass).off('end', end).off('close', gone);
      // What is left of it is read and dropped, so that the client gets to the answer.
      if (!stream.destroyed) stream.resume();
      done(error);
    },
  });
  let ended = false;
  const pass = (bytes: Buffer): void => {
    tap(bytes);
    if (!own.push(bytes)) stream.pause();
  };
  const end = (): void => {
    ended = true;
    own.push(null);
  };
  const gone = (): void => {
    if (!ended) own.destroy(new Error('The client left.'));
  };
  stream.on('data', pass).on('end', end).on('close', gone).pause();
  own.on('error', () => undefined);
  return own;
}
