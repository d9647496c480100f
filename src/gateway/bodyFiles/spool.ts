import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { letGo } from './letGo.ts';

/**
 * Bytes that wait on the disk to be redacted. They are enciphered with a key that is in memory only, and on most systems
 * the file has no name: nothing unredacted can be read, then or later.
 */
export interface Spool {
  /** Bytes that wait. */
  readonly waiting: number;
  /** Fails where the disk is full. */
  write(bytes: Uint8Array): void;
  /** The next bytes, so many at most; empty where none waits. */
  read(most: number): Uint8Array;
  close(): void;
}

export function openSpool(file: string): Spool {
  const [key, nonce] = [randomBytes(32), randomBytes(16)];
  const cipher = createCipheriv('aes-256-ctr', key, nonce);
  const decipher = createDecipheriv('aes-256-ctr', key, nonce);
  const handle = openSync(file, 'wx+', 0o600);
  const isNameless = process.platform !== 'win32';
  if (isNameless) rmSync(file);
  let written = 0;
  let read = 0;
  return {
    get waiting() {
      return written - read;
    },
    write: (bytes) => {
      const coded = cipher.update(bytes);
      let done = 0;
      while (done < coded.length) done += writeSync(handle, coded, done, coded.length - done, written + done);
      written += coded.length;
      letGo(coded);
    },
    read: (most) => {
      const coded = Buffer.allocUnsafeSlow(Math.min(most, written - read));
      const found = readSync(handle, coded, 0, coded.length, read);
      read += found;
      const plain = decipher.update(coded.subarray(0, found));
      letGo(coded);
      return plain;
    },
    close: () => {
      closeSync(handle);
      if (!isNameless) rmSync(file, { force: true });
    },
  };
}
