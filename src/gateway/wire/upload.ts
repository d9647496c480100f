import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { RawHeaders } from '../engine.ts';
import { writeFields } from './fields.ts';
import { passableTrailers } from './trailers.ts';

/** A body on its way up. */
export interface Upload {
  readonly isComplete: boolean;
  /** The upstream takes more. */
  drained(): void;
  /** Sends no more of it; whoever has the body decides what becomes of the rest. */
  stop(): void;
}

/** Sends a body at the pace of the upstream. `failed` hears once where the body breaks off. */
export function startUpload(
  body: Readable,
  socket: Socket,
  chunked: boolean,
  trailers: () => RawHeaders,
  failed: (error: Error) => void,
): Upload {
  let complete = false;
  let stopped = false;
  const send = (bytes: Buffer): void => {
    if (bytes.length === 0) return;
    if (chunked) {
      socket.cork();
      socket.write(`${bytes.length.toString(16)}\r\n`, 'latin1');
      socket.write(bytes);
      socket.write('\r\n', 'latin1');
      socket.uncork();
    } else socket.write(bytes);
    if (socket.writableNeedDrain) body.pause();
  };
  const end = (): void => {
    complete = true;
    stop();
    if (chunked) socket.write(`0\r\n${writeFields(passableTrailers(trailers()))}\r\n`, 'latin1');
  };
  const broken = (error: Error): void => {
    if (stopped) return;
    stop();
    failed(error);
  };
  const closed = (): void => broken(body.errored ?? new Error('The request’s body ended early.'));
  const stop = (): void => {
    if (stopped) return;
    stopped = true;
    body.off('data', send).off('end', end).off('error', broken).off('close', closed);
  };
  if (body.destroyed) process.nextTick(closed);
  else body.on('data', send).on('end', end).on('error', broken).on('close', closed).resume();
  return {
    get isComplete() {
      return complete;
    },
    drained: () => {
      if (!stopped) body.resume();
    },
    stop,
  };
}
