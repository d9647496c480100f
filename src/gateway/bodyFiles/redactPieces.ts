import { redactionMark } from '../../shared/redacted.ts';

/** Takes secrets out of bytes; `cut` says that they end early. */
export type RedactBytes = (bytes: Uint8Array, cut: boolean) => Uint8Array;

/** Bytes of a piece that goes through redaction at one go. */
const pieceSize = 512 * 1024;
/** Bytes on each side of a seam that are looked at: longer than any key or certificate that has a shape. */
const neighbourhood = 16 * 1024;
/** Places for a seam that are tried, so many bytes apart, before the piece grows. */
const tries = 6;
const apart = 1531;
/** Bytes without a place for a seam beyond which the rest is given up. */
const longestPiece = 8 * 1024 * 1024;

/**
 * Redacts a body that is too long to be in memory. It is cut only where no secret is: what lies around a seam has to
 * come out of redaction the same whether it is cut there or not, and no value that is taken out may reach it.
 */
export interface RedactedPieces {
  /** False where no seam could be found: nothing further is taken, and what was not told yet is withheld. */
  add(bytes: Uint8Array): boolean;
  /** The last piece. `cut` says that the body ends early. */
  end(cut: boolean): void;
}

export function createRedactedPieces(redact: RedactBytes, tell: (clean: Uint8Array) => void): RedactedPieces {
  let waiting: Uint8Array[] = [];
  let length = 0;
  let wanted = pieceSize + neighbourhood;
  let given = false;

  const gather = (): Buffer => {
    const all = Buffer.concat(waiting, length);
    waiting = [all];
    return all;
  };

  const cutAt = (all: Buffer): boolean => {
    for (let attempt = 0; attempt < tries; attempt++) {
      const seam = wholeCharacter(all, all.length - neighbourhood - attempt * apart);
      if (seam <= 0) return false;
      if (!isSound(all, seam, redact)) continue;
      const clean = redact(all.subarray(0, seam), false);
      // A value without an end, or a certificate without one, is taken out up to the seam, and goes on behind it.
      if (endsRedacted(clean)) continue;
      tell(clean);
      const rest = Buffer.from(all.subarray(seam));
      [waiting, length] = [[rest], rest.length];
      return true;
    }
    return false;
  };

  return {
    add: (bytes) => {
      if (given) return false;
      waiting.push(bytes);
      length += bytes.length;
      if (length < wanted) return true;
      if (cutAt(gather())) wanted = pieceSize + neighbourhood;
      else wanted = length * 2;
      if (wanted <= longestPiece) return true;
      given = true;
      [waiting, length] = [[], 0];
      return false;
    },
    end: (cut) => {
      if (length > 0) tell(redact(gather(), cut));
      [waiting, length, given] = [[], 0, true];
    },
  };
}

function isSound(all: Buffer, seam: number, redact: RedactBytes): boolean {
  const start = wholeCharacter(all, Math.max(0, seam - neighbourhood));
  const [before, after] = [all.subarray(start, seam), all.subarray(seam, seam + neighbourhood)];
  const apart = Buffer.concat([redact(before, false), redact(after, false)]);
  return Buffer.compare(apart, redact(all.subarray(start, seam + neighbourhood), false)) === 0;
}

function endsRedacted(clean: Uint8Array): boolean {
  const mark = Buffer.from(redactionMark);
  return Buffer.compare(clean.subarray(-mark.length), mark) === 0;
}

/** The beginning of the character at a place; even, for texts of two bytes a character. */
function wholeCharacter(all: Buffer, place: number): number {
  let at = place - (place % 2);
  for (let back = 0; back < 4 && ((all[at] ?? 0) & 0xc0) === 0x80; back++) at--;
  return at % 2 === 0 || at <= 0 ? at : wholeCharacter(all, at - 1);
}
