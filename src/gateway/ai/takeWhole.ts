import { Readable } from 'node:stream';
import type { Inbound } from '../engine.ts';

/** Longer requests are refused: prompts with images and files are not that long. */
export const longestRequest = 128 * 1024 * 1024;

/** Takes a request's body whole, at once where it is here. `done` gets null where it broke off. */
export function takeWhole(inbound: Inbound, done: (body: Buffer | 'tooLong' | null) => void): void {
  const taken = inbound.takeBody(() => undefined);
  if (!(taken instanceof Readable)) {
    done(taken ?? Buffer.alloc(0));
    return;
  }
  const pieces: Buffer[] = [];
  let size = 0;
  let over = false;
  const finish = (body: Buffer | 'tooLong' | null): void => {
    if (over) return;
    over = true;
    done(body);
  };
  taken
    .on('data', (piece: Buffer) => {
      size += piece.byteLength;
      if (size > longestRequest) {
        pieces.length = 0;
        finish('tooLong');
      } else pieces.push(Buffer.from(piece));
    })
    .once('end', () => finish(Buffer.concat(pieces)))
    .once('error', () => finish(null))
    .once('close', () => finish(null));
}
