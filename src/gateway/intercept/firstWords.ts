import type { Duplex } from 'node:stream';
import { readClientHello, type ClientHello } from './clientHello.ts';

/** What a client begins with: HTTP/1, TLS, or something else, silence included. */
export type FirstWords = 'http' | 'other' | ClientHello;

const methodAndMore = /^(?!PRI )[A-Za-z-]{3,24} [/*a-z]/i;

/**
 * Listens to what a client says first, for `patience` milliseconds at most where that is given, and puts it back. The
 * function returned stops that; nothing is heard then.
 */
export function hearFirstWords(
  socket: Duplex,
  patience: number | null,
  heard: (words: FirstWords) => void,
): () => void {
  let seen: Buffer = Buffer.alloc(0);
  const stop = (): void => {
    clearTimeout(timer);
    socket.off('data', read).off('end', quiet).off('error', stop).off('close', stop);
    socket.pause();
    if (seen.length > 0) socket.unshift(seen);
    seen = Buffer.alloc(0);
  };
  const tell = (words: FirstWords): void => {
    stop();
    heard(words);
  };
  const quiet = (): void => tell('other');
  const timer = patience === null ? undefined : setTimeout(quiet, patience);
  const read = (bytes: Buffer): void => {
    seen = seen.length === 0 ? bytes : Buffer.concat([seen, bytes]);
    const words = understand(seen);
    if (words !== 'more') tell(words);
  };
  socket.on('data', read).on('end', quiet).on('error', stop).on('close', stop).resume();
  return stop;
}

function understand(seen: Buffer): FirstWords | 'more' {
  if (seen[0] === 0x16) return readClientHello(seen) ?? 'other';
  const text = seen.toString('latin1', 0, 32);
  if (methodAndMore.test(text)) return 'http';
  return /^(?!PRI )[A-Za-z-]{0,24} ?$/.test(text) ? 'more' : 'other';
}
