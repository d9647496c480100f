import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { EventBatch } from './eventBatch.ts';

/** Batches on the disk that neither the recording thread nor the memory has room for, oldest first. */
export interface Overflow {
  /** Bytes that are not read back yet. */
  readonly size: number;
  /** Bytes that are not written yet. */
  readonly unwritten: number;
  add(batch: EventBatch): void;
  /** Up to so many bytes of batches, at least one where there is one. Never fails: what cannot be read is lost. */
  take(bytes: number): Promise<readonly EventBatch[]>;
  close(): Promise<void>;
}

interface Written {
  readonly at: number;
  readonly length: number;
  readonly number: number;
}

const algorithm = 'aes-256-ctr';

/**
 * Keeps batches in a file of this process. They hold secrets still, so that the file is encrypted with a key that nobody
 * else ever has, and goes with the process. `onLost` hears how many bytes could not be written, or read.
 */
export function createOverflow(file: string, onLost: (bytes: number) => void): Overflow {
  const key = randomBytes(32);
  let handle: Promise<FileHandle> | null = null;
  let waiting: Written[] = [];
  let end = 0;
  let count = 0;
  let unwritten = 0;
  let size = 0;
  let writing: Promise<void> = Promise.resolve();

  const opened = (): Promise<FileHandle> =>
    (handle ??= open(file, 'w+', 0o600).then((result) => {
      // Where a file that is open cannot be removed, `close` does so.
      if (process.platform !== 'win32') unlinkSync(file);
      return result;
    }));

  const write = async (batch: EventBatch, { at, number }: Written): Promise<void> => {
    const secret = createCipheriv(algorithm, key, vector(number)).update(new Uint8Array(batch.buffer, 0, batch.length));
    await (await opened()).write(secret, 0, secret.length, at);
  };

  const read = async ({ at, length, number }: Written): Promise<EventBatch> => {
    const secret = Buffer.alloc(length);
    const { bytesRead } = await (await opened()).read(secret, 0, length, at);
    if (bytesRead !== length) throw new Error('The file is shorter than what was written.');
    const plain = new Uint8Array(new ArrayBuffer(length));
    plain.set(createDecipheriv(algorithm, key, vector(number)).update(secret));
    return { buffer: plain.buffer, length };
  };

  return {
    get size() {
      return size;
    },
    get unwritten() {
      return unwritten;
    },
    add: (batch) => {
      const written = { at: end, length: batch.length, number: count++ };
      end += batch.length;
      size += batch.length;
      unwritten += batch.length;
      waiting.push(written);
      writing = writing
        .then(() => write(batch, written))
        .catch(() => {
          waiting = waiting.filter((one) => one !== written);
          size -= batch.length;
          onLost(batch.length);
        })
        .then(() => void (unwritten -= batch.length));
    },
    take: async (bytes) => {
      await writing;
      let length = 0;
      let until = 0;
      for (const one of waiting) {
        if (until > 0 && length + one.length > bytes) break;
        length += one.length;
        until++;
      }
      const taken = waiting.splice(0, until);
      const batches: EventBatch[] = [];
      for (const one of taken) {
        const batch = await read(one).catch(() => null);
        if (batch === null) onLost(one.length);
        else batches.push(batch);
      }
      size -= length;
      // All is read: the file begins anew, before what is added from here on.
      if (waiting.length === 0) {
        end = 0;
        writing = writing.then(async () => (await opened()).truncate(0)).catch(() => undefined);
      }
      return batches;
    },
    close: async () => {
      await writing;
      await (await handle)?.close();
      if (handle !== null && process.platform === 'win32') unlinkSync(file);
      handle = null;
    },
  };
}

/** Sixteen bytes that differ from batch to batch; each has 2^32 blocks of its own. */
function vector(number: number): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeBigUInt64BE(BigInt(number), 0);
  return bytes;
}
