import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { createRedactedPieces } from './redactPieces.ts';
import { readSpool, type SpoolAccess } from './spool.ts';

/** Bytes that go through redaction in one turn. */
const turn = 256 * 1024;

/** One body on its way from its spool into its file. */
export interface WrittenBody {
  /** Bytes that have been read from the spool. */
  readonly read: number;
  /** So many bytes are in the spool by now. */
  grow(bytes: number): void;
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

/** Fails where the file cannot be made. */
export function writeBody(target: string, access: SpoolAccess, redact: RedactPiece): WrittenBody {
  const spool = readSpool(access);
  const handle = openSync(target, 'wx', 0o600);
  let written = 0;
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
    closeSync(handle);
    outcome = { size, whole };
  };
  const add = (waiting: number): void => {
    const isFirst = spool.read === 0;
    const bytes = spool.next(Math.min(turn, waiting));
    if (bytes.length === 0) throw new Error('There is less in the spool than was written.');
    if (isFirst) isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
    failed = !pieces.add(bytes);
  };

  return {
    get read() {
      return spool.read;
    },
    grow: (bytes) => (written = bytes),
    end: (whole) => (ending ??= { whole }),
    step: () => {
      if (outcome !== null) return false;
      try {
        const waiting = written - spool.read;
        if (waiting > 0 && !failed) {
          add(waiting);
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
