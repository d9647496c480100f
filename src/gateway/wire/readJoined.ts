import type { BodyReader } from './bodyReader.ts';

/** What one read of a connection brought of a body. */
interface Joined {
  /** Null where there was none. */
  readonly data: Buffer | null;
  /** Where the body ends in the bytes; -1 where it goes on, or is wrong from some place on. */
  readonly end: number;
  /** What is wrong with it; null where nothing is. */
  readonly wrong: Error | null;
}

/**
 * Reads on in a body. Its chunks are moved together in place, in `bytes`: a stream has many in each read, and what
 * follows has to do with them only once.
 */
export function readJoined(reader: BodyReader, bytes: Buffer): Joined {
  let from = 0;
  let length = 0;
  let end = -1;
  let wrong: Error | null = null;
  try {
    end = reader.read(bytes, 0, (piece) => {
      const at = piece.byteOffset - bytes.byteOffset;
      if (length === 0) from = at;
      else bytes.copyWithin(from + length, at, at + piece.length);
      length += piece.length;
    });
  } catch (error) {
    wrong = error instanceof Error ? error : new Error(String(error));
  }
  return { data: length === 0 ? null : bytes.subarray(from, from + length), end, wrong };
}
