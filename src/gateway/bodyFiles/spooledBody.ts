import { mkdirSync, statfsSync } from 'node:fs';
import path from 'node:path';
import { openSpool, type SpoolAccess } from './spool.ts';

/** Bytes of the disk that are left to others. */
const spare = 1024 * 1024 * 1024;
/** Bytes between two looks at how much is free. */
const lookEvery = 32 * 1024 * 1024;

/** One long body on its way into its spool, as fast as it comes. */
export interface SpooledBody {
  readonly access: SpoolAccess;
  /** Bytes so far. */
  readonly written: number;
  /** False where this and what follows is not kept: the disk is full, or the body longer than allowed. */
  take(bytes: Uint8Array): boolean;
  /** So many bytes have gone on to their file. */
  noteRead(bytes: number): void;
  /** Only once nobody reads it any more. */
  close(): void;
}

/** Fails where the file cannot be made. `limit` is in bytes. */
export function spoolBody(folder: string, file: string, limit: number): SpooledBody {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const spool = openSpool(path.join(folder, `${file}.spool`));
  let looked = -Infinity;
  let read = 0;

  const hasRoom = (): boolean => {
    if (spool.written - looked < lookEvery) return true;
    looked = spool.written;
    const { bavail, bsize } = statfsSync(folder);
    // What waits is written once more when it is clean.
    return bavail * bsize - (spool.written - read) > spare;
  };

  return {
    access: spool.access,
    get written() {
      return spool.written;
    },
    take: (bytes) => {
      try {
        if (spool.written + bytes.length > limit || !hasRoom()) return false;
        spool.write(bytes);
        return true;
      } catch {
        return false;
      }
    },
    noteRead: (bytes) => (read = bytes),
    close: () => spool.close(),
  };
}
