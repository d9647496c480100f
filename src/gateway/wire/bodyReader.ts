import { ChunkedReader } from './chunkedReader.ts';
import type { Framing } from './framing.ts';

/** Finds where a message's body ends. */
export interface BodyReader {
  /** Hands data over and returns where the body ends in `bytes`, -1 where it goes on. Fails with a `FramingError`. */
  read(bytes: Buffer, start: number, data: (piece: Buffer) => void): number;
  /** Complete once the end was found. */
  readonly trailers: readonly string[];
}

const noTrailers: readonly string[] = [];

/** The reader for a framing that is not `none`. */
export function createBodyReader(framing: Exclude<Framing, { readonly kind: 'none' }>): BodyReader {
  switch (framing.kind) {
    case 'chunked':
      return new ChunkedReader();
    case 'sized':
      return new SizedReader(framing.length);
    case 'untilClose':
      return new SizedReader(Infinity);
  }
}

class SizedReader implements BodyReader {
  readonly trailers = noTrailers;
  #left: number;
  constructor(length: number) {
    this.#left = length;
  }

  read(bytes: Buffer, start: number, data: (piece: Buffer) => void): number {
    const end = Math.min(bytes.length, start + this.#left);
    this.#left -= end - start;
    if (end > start) data(start === 0 && end === bytes.length ? bytes : bytes.subarray(start, end));
    return this.#left === 0 ? end : -1;
  }
}
