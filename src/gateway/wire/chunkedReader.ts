import { readFields, tokenCharacters } from './fields.ts';

/** What is not a chunked body. */
export class FramingError extends Error {
  override readonly name = 'FramingError';
  readonly code = 'invalid_framing';
}

const token = `[${tokenCharacters}]+`;
const quoted = '"(?:[\\t\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]|\\\\[\\t\\x20-\\x7e\\x80-\\xff])*"';
const sizeLine = new RegExp(
  `^([0-9a-fA-F]{1,13})(?:[ \\t]*;[ \\t]*${token}(?:[ \\t]*=[ \\t]*(?:${token}|${quoted}))?)*\\r\\n$`,
);

const longestLine = 4096;
/** All extensions of a message: senders have no use for more, attackers have. */
const longestExtensions = 16 * 1024;
const longestTrailers = 64 * 1024;

/** What is wrong with the beginning of a chunked body; null where nothing is so far. */
export function wrongChunks(beginning: Buffer): string | null {
  try {
    new ChunkedReader().read(beginning, 0, () => undefined);
    return null;
  } catch (error) {
    if (error instanceof FramingError) return error.message;
    throw error;
  }
}

type Expected = 'size' | 'data' | 'dataEnd' | 'trailers';

/** Reads a chunked body (RFC 9112, 7.1) piece by piece. Extensions are dropped. */
export class ChunkedReader {
  /** Names and values by turns; complete once `read` has found the end. */
  trailers: readonly string[] = [];
  #expected: Expected = 'size';
  #left = 0;
  #line = '';
  #extensions = 0;

  /**
   * Reads on and hands data over. Returns where the body ends in `bytes`, or -1 where it goes on. Fails with a
   * `FramingError`.
   */
  read(bytes: Buffer, start: number, data: (piece: Buffer) => void): number {
    let at = start;
    while (at < bytes.length)
      switch (this.#expected) {
        case 'size':
          at = this.#readLine(bytes, at);
          if (at === -1) return -1;
          this.#takeSize();
          break;
        case 'data': {
          const end = Math.min(bytes.length, at + this.#left);
          this.#left -= end - at;
          if (this.#left === 0) this.#expected = 'dataEnd';
          data(bytes.subarray(at, end));
          at = end;
          break;
        }
        case 'dataEnd':
          at = this.#readLine(bytes, at, 2);
          if (at === -1) return -1;
          if (this.#line !== '\r\n') throw new FramingError('A chunk is longer than its size says.');
          this.#line = '';
          this.#expected = 'size';
          break;
        case 'trailers': {
          at = this.#readLine(bytes, at, longestTrailers, true);
          if (at === -1) return -1;
          if (!this.#line.endsWith('\r\n\r\n') && this.#line !== '\r\n') break;
          const fields = readFields(this.#line, 0, this.#line.length - 2);
          if (fields === null) throw new FramingError('A trailer is no header field.');
          this.trailers = fields;
          return at;
        }
      }
    return -1;
  }

  /** Adds to the line up to the next line's begin; -1 where it is not here yet. */
  #readLine(bytes: Buffer, at: number, longest = longestLine, more = false): number {
    const lineFeed = bytes.indexOf(0x0a, at);
    const end = lineFeed === -1 ? bytes.length : lineFeed + 1;
    if (this.#line.length + end - at > longest) throw new FramingError('A line of the chunked body is too long.');
    this.#line += bytes.toString('latin1', at, end);
    if (lineFeed === -1) {
      // A line that is wrong already must not wait for its end.
      const canBecome = this.#expected === 'dataEnd' ? /^\r?$/ : /^[0-9a-fA-F]*(?:[ \t;][^\r]*)?\r?$/;
      if (!more && !canBecome.test(this.#line)) throw new FramingError('A line of the chunked body is wrong.');
      return -1;
    }
    if (!this.#line.endsWith('\r\n')) throw new FramingError('A line of the chunked body ends wrongly.');
    return end;
  }

  #takeSize(): void {
    const digits = sizeLine.exec(this.#line)?.[1];
    if (digits === undefined) throw new FramingError('A chunk has no valid size.');
    this.#extensions += this.#line.length - digits.length - 2;
    if (this.#extensions > longestExtensions) throw new FramingError('The chunks have too many extensions.');
    this.#left = Number.parseInt(digits, 16);
    this.#line = '';
    this.#expected = this.#left === 0 ? 'trailers' : 'data';
  }
}
