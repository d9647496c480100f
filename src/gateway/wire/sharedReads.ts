import { Socket, type OnReadOpts } from 'node:net';
import { lend, type Loan } from './loans.ts';

/** Where the bytes of a socket go, with the memory they are in where that is lent; null gives them to the socket's own stream. */
export interface ReadSink {
  take: ((bytes: Buffer, loan?: Loan) => void) | null;
}

/**
 * All sockets read into this one buffer, as each read is dealt with before the next. By itself Node allocates 64 KB for
 * every read, which costs more than the copy does.
 */
const shared = new Uint8Array(64 * 1024);
/** Reads of so many bytes are of long bodies, which would leave megabytes of garbage. */
const longRead = 16 * 1024;

/** The option of a socket that has its reads go to a sink. */
export function readsTo(sink: ReadSink): OnReadOpts {
  return {
    buffer: shared,
    callback(this: Socket, count: number, buffer: Uint8Array): boolean {
      const read = count === buffer.length ? buffer : buffer.subarray(0, count);
      if (count >= longRead && sink.take !== null) {
        const { bytes, loan } = lend(read);
        sink.take(bytes, loan);
        return true;
      }
      const bytes = Buffer.allocUnsafe(count);
      bytes.set(read);
      if (sink.take === null) return this.push(bytes);
      sink.take(bytes);
      return true;
    },
  };
}

/**
 * The same for a socket that a server accepted and that nothing was read from yet, which takes a socket of our own for
 * its handle. Where this version of Node keeps that elsewhere, it reads as usual.
 */
export function acceptedWith(accepted: Socket, sink: ReadSink): Socket {
  const owner = accepted as unknown as { _handle?: object | null };
  const handle = owner._handle;
  if (handle === undefined || handle === null) return accepted;
  owner._handle = null;
  accepted.destroy();
  return new Socket({ handle, allowHalfOpen: true, onread: readsTo(sink) } as ConstructorParameters<typeof Socket>[0]);
}
