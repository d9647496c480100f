import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { letGo } from './letGo.ts';

/** What another thread reads a spool with. It stays in the process. */
export interface SpoolAccess {
  readonly handle: number;
  readonly key: Uint8Array;
  readonly nonce: Uint8Array;
}

/**
 * Bytes that wait on the disk to be redacted. They are enciphered with a key that is in memory only, and on most systems
 * the file has no name: nothing unredacted can be read, then or later.
 */
export interface Spool {
  readonly access: SpoolAccess;
  /** Bytes so far. */
  readonly written: number;
  /** Fails where the disk is full. */
  write(bytes: Uint8Array): void;
  /** Only once nobody reads any more: the handle may be another file's at once. */
  close(): void;
}

const algorithm = 'aes-256-ctr';

export function openSpool(file: string): Spool {
  const access: SpoolAccess = { handle: openSync(file, 'wx+', 0o600), key: randomBytes(32), nonce: randomBytes(16) };
  const cipher = createCipheriv(algorithm, access.key, access.nonce);
  const isNameless = process.platform !== 'win32';
  if (isNameless) rmSync(file);
  let written = 0;
  return {
    access,
    get written() {
      return written;
    },
    write: (bytes) => {
      const coded = cipher.update(bytes);
      for (let done = 0; done < coded.length;)
        done += writeSync(access.handle, coded, done, coded.length - done, written + done);
      written += coded.length;
      letGo(coded);
    },
    close: () => {
      closeSync(access.handle);
      if (!isNameless) rmSync(file, { force: true });
    },
  };
}

/** Reads what another thread has written; it never closes the file. */
export interface SpoolReader {
  /** Bytes so far. */
  readonly read: number;
  /** The next bytes, so many at most, which have to be written already. */
  next(most: number): Uint8Array;
}

export function readSpool({ handle, key, nonce }: SpoolAccess): SpoolReader {
  const decipher = createDecipheriv(algorithm, key, nonce);
  let read = 0;
  return {
    get read() {
      return read;
    },
    next: (most) => {
      const coded = Buffer.allocUnsafeSlow(most);
      const found = readSync(handle, coded, 0, most, read);
      read += found;
      const plain = decipher.update(coded.subarray(0, found));
      letGo(coded);
      return plain;
    },
  };
}
