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
  readonly long: boolean;
  state: 'unwritten' | 'written' | 'lost';
}

const algorithm = 'aes-256-ctr';
/** Batches that are written together. */
const mostAtOnce = 64;
/** Bytes of long bodies that are handed on together. */
const mostJoined = 512 * 1024;

/**
 * Keeps batches in a file of this process. They hold secrets still, so that the file is encrypted with a key that nobody
 * else ever has, and goes with the process. `onLost` hears how many bytes could not be written, or read.
 */
export function createOverflow(file: string, onLost: (bytes: number) => void): Overflow {
  const [key, nonce] = [randomBytes(32), randomBytes(16)];
  // One after the other, in the same order: what was lost is deciphered all the same.
  const cipher = createCipheriv(algorithm, key, nonce);
  const decipher = createDecipheriv(algorithm, key, nonce);
  let handle: Promise<FileHandle> | null = null;
  const waiting: Written[] = [];
  let end = 0;
  let unwritten = 0;
  let size = 0;
  const unwrittenBatches: { readonly batch: EventBatch; readonly place: Written }[] = [];
  let writing: Promise<void> = Promise.resolve();

  const opened = (): Promise<FileHandle> =>
    (handle ??= open(file, 'w+', 0o600).then((result) => {
      // Where a file that is open cannot be removed, `close` does so.
      if (process.platform !== 'win32') unlinkSync(file);
      return result;
    }));

  /** All that waits to be written in one go: each write is a turn of the forwarding thread's loop. */
  const write = async (): Promise<void> => {
    const taken = unwrittenBatches.splice(0, mostAtOnce);
    const [first] = taken;
    if (first === undefined) return;
    const secrets = taken.map(({ batch }) => cipher.update(new Uint8Array(batch.buffer, 0, batch.length)));
    const length = taken.reduce((sum, { place }) => sum + place.length, 0);
    try {
      const { bytesWritten } = await (await opened()).writev(secrets, first.place.at);
      if (bytesWritten !== length) throw new Error('The disk is full.');
      for (const { place } of taken) place.state = 'written';
    } catch {
      for (const { place } of taken) place.state = 'lost';
      onLost(length);
    }
    unwritten -= length;
  };

  /** They lie one behind the other. */
  const read = async (taken: readonly Written[]): Promise<readonly EventBatch[]> => {
    const from = taken[0]?.at ?? 0;
    const secret = Buffer.alloc(taken.reduce((sum, one) => sum + one.length, 0));
    const bytesRead = await opened()
      .then((file) => file.read(secret, 0, secret.length, from))
      .then(
        (done) => done.bytesRead,
        () => 0,
      );
    const batches: EventBatch[] = [];
    for (const { at, length, long, state } of joined(taken)) {
      const [start, end] = [at - from, at - from + length];
      const plain = new Uint8Array(new ArrayBuffer(length));
      plain.set(decipher.update(secret.subarray(start, end)));
      if (state === 'written' && end <= bytesRead) batches.push({ buffer: plain.buffer, length, long });
      else if (state === 'written') onLost(length);
    }
    return batches;
  };

  return {
    get size() {
      return size;
    },
    get unwritten() {
      return unwritten;
    },
    add: (batch) => {
      const written: Written = { at: end, length: batch.length, long: batch.long === true, state: 'unwritten' };
      end += batch.length;
      size += batch.length;
      unwritten += batch.length;
      waiting.push(written);
      unwrittenBatches.push({ batch, place: written });
      writing = writing.then(write);
    },
    take: async (bytes) => {
      // What was added meanwhile is not in the file yet.
      while (waiting[0]?.state === 'unwritten') await writing;
      let length = 0;
      let until = 0;
      for (const one of waiting) {
        if (one.state === 'unwritten' || (until > 0 && length + one.length > bytes)) break;
        length += one.length;
        until++;
      }
      const taken = waiting.splice(0, until);
      const batches = await read(taken);
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

/** Batches of long bodies that follow one another are as good as one, and cost less. */
function joined(taken: readonly Written[]): readonly Written[] {
  const result: Written[] = [];
  for (const one of taken) {
    const last = result.at(-1);
    const isMore = last?.long === true && one.long && last.state === one.state && last.length < mostJoined;
    if (last !== undefined && isMore) result[result.length - 1] = { ...last, length: last.length + one.length };
    else result.push(one);
  }
  return result;
}
