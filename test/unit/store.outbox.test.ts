import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EventBatch } from '../../src/gateway/store/eventBatch.ts';
import { createOutbox, type Outbox } from '../../src/gateway/store/outbox.ts';
import { createOverflow, type Overflow } from '../../src/gateway/store/overflow.ts';

describe('What waits for the recording thread', () => {
  let directory: string;
  let overflow: Overflow;
  let lost = 0;
  beforeEach(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'tollgate-outbox-'));
    lost = 0;
    overflow = createOverflow(path.join(directory, 'overflow'), (bytes) => (lost += bytes));
  });
  afterEach(async () => {
    await overflow.close();
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  });

  /** A thread that works off what it gets, and all that it was given, by number. */
  const stage = (
    busy: () => boolean,
  ): { readonly outbox: Outbox; readonly worked: readonly number[]; most: () => number } => {
    const worked: number[] = [];
    let [given, most] = [0, 0];
    const outbox = createOutbox(
      (batch) => {
        given += batch.length;
        most = Math.max(most, given);
        worked.push(numberOf(batch));
        setImmediate(() => {
          given -= batch.length;
          outbox.worked(batch.length);
        });
      },
      overflow,
      { add: () => undefined, isBusy: busy },
    );
    return { outbox, worked, most: () => most };
  };

  it('goes to it at once where there is time', () => {
    const { outbox, worked } = stage(() => false);
    for (let number = 0; number < 5; number++) outbox.add(batchOf(number, 1000));
    assert.deepEqual(worked, [0, 1, 2, 3, 4]);
  });

  it('waits while traffic is busy, on the disk beyond what memory is for, and arrives whole and in order', async () => {
    let busy = true;
    const { outbox, worked, most } = stage(() => busy);
    const count = 300;
    for (let number = 0; number < count; number++) outbox.add(batchOf(number, 64 * 1024));
    assert.ok(worked.length < 10, `${worked.length} were handed over at once`);
    assert.ok(overflow.size > 8 * 1024 * 1024, String(overflow.size));
    busy = false;
    outbox.add(batchOf(count, 64 * 1024));
    await outbox.drain();
    assert.deepEqual(
      worked,
      Array.from({ length: count + 1 }, (_, index) => index),
    );
    assert.ok(most() <= 2 * 1024 * 1024, `${most()} bytes were under way at once`);
    assert.equal(lost, 0);
    // What has gone through once does not keep the way closed.
    outbox.add(batchOf(count + 1, 10));
    await outbox.drain();
    assert.equal(worked.at(-1), count + 1);
    assert.equal(overflow.size, 0);
    await outbox.close();
  });

  it('leaves nothing on the disk that somebody could read', async () => {
    if (process.platform === 'win32') return;
    overflow.add(batchOf(7, 1000));
    const [batch] = await overflow.take(1);
    assert.ok(batch);
    assert.equal(numberOf(batch), 7);
    assert.deepEqual(await readdir(directory), []);
  });

  it('says what is lost where the disk does not take it, and goes on', async () => {
    const nowhere = createOverflow(path.join(directory, 'missing', 'overflow'), (bytes) => (lost += bytes));
    nowhere.add(batchOf(1, 1000));
    assert.deepEqual(await nowhere.take(1000), []);
    assert.deepEqual([lost, nowhere.size], [1000, 0]);
  });
});

function batchOf(number: number, length: number): EventBatch {
  const bytes = new Uint8Array(new ArrayBuffer(length)).fill(number % 251);
  new DataView(bytes.buffer).setUint32(0, number);
  return { buffer: bytes.buffer, length };
}

/** Fails where a byte of a batch is another than it was. */
function numberOf({ buffer, length }: EventBatch): number {
  const bytes = new Uint8Array(buffer, 0, length);
  const number = new DataView(buffer).getUint32(0);
  assert.ok(bytes.subarray(4).every((byte) => byte === number % 251));
  return number;
}
