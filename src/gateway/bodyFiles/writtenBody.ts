import { closeSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import path from 'node:path';
import { createRedactedPieces } from './redactPieces.ts';
import { openSpool } from './spool.ts';

/** Bytes that go through redaction in one turn. */
const turn = 256 * 1024;
/** Bytes of the disk that are left to others. */
const spare = 1024 * 1024 * 1024;
/** Bytes between two looks at how much is free. */
const lookEvery = 32 * 1024 * 1024;

/** One body on its way into its file. */
export interface WrittenBody {
  /** False where this and what follows is not kept. */
  take(bytes: Uint8Array): boolean;
  /** Nothing follows; `whole` says that nothing is missing. */
  end(whole: boolean): void;
  /** Redacts and writes a bit of what waits. @returns whether there is more to do just now. */
  step(): boolean;
  /** Set once all is written. */
  readonly outcome: { readonly size: number; readonly whole: boolean } | null;
  /** Ends it with what is written so far. */
  stop(): void;
  drop(): void;
}

/** As `RedactBytes`; `isWide` says that the body began with the mark of UTF-16, which its later pieces lack. */
export type RedactPiece = (bytes: Uint8Array, cut: boolean, isWide: boolean) => Uint8Array;

/** Fails where the files cannot be made. `limit` is in bytes. */
export function writeBody(folder: string, file: string, limit: number, redact: RedactPiece): WrittenBody {
  const target = path.join(folder, file);
  const spool = openSpool(`${target}.spool`);
  const handle = openSync(target, 'wx', 0o600);
  let taken = 0;
  let looked = -Infinity;
  let size = 0;
  let ending: { readonly whole: boolean } | null = null;
  let outcome: { readonly size: number; readonly whole: boolean } | null = null;
  let failed = false;
  let isWide = false;

  const pieces = createRedactedPieces(
    (bytes, cut) => redact(bytes, cut, isWide),
    (clean) => {
      for (let done = 0; done < clean.length;) done += writeSync(handle, clean, done, clean.length - done);
      size += clean.length;
    },
  );
  const finish = (whole: boolean): void => {
    if (outcome !== null) return;
    spool.close();
    closeSync(handle);
    outcome = { size, whole };
  };
  const hasRoom = (): boolean => {
    if (taken - looked < lookEvery) return true;
    looked = taken;
    const { bavail, bsize } = statfsSync(folder);
    // What waits is written once more when it is clean.
    return bavail * bsize - spool.waiting > spare;
  };

  return {
    take: (bytes) => {
      if (ending !== null || outcome !== null) return false;
      try {
        if (taken + bytes.length > limit || !hasRoom()) throw new Error('There is no room.');
        spool.write(bytes);
        if (taken === 0) isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
        taken += bytes.length;
        return true;
      } catch {
        ending = { whole: false };
        return false;
      }
    },
    end: (whole) => (ending ??= { whole }),
    step: () => {
      if (outcome !== null) return false;
      try {
        if (spool.waiting > 0 && !failed) {
          failed = !pieces.add(spool.read(turn));
          return true;
        }
        if (ending === null && !failed) return false;
        const whole = ending?.whole === true && !failed;
        if (!failed) pieces.end(!whole);
        finish(whole);
      } catch {
        // The disk is full.
        finish(false);
      }
      return false;
    },
    get outcome() {
      return outcome;
    },
    stop: () => {
      try {
        if (outcome === null) pieces.end(true);
      } catch {
        // The disk is full.
      }
      finish(false);
    },
    drop: () => {
      finish(false);
      rmSync(target, { force: true });
    },
  };
}
