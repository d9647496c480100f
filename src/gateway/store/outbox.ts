import { availableParallelism } from 'node:os';
import type { EventBatch } from './eventBatch.ts';
import type { Overflow } from './overflow.ts';

/** Bytes that the recording thread is given at once, while traffic needs the processor, and of long bodies, which it only passes on. */
const window = { usual: 1024 * 1024, busy: 128 * 1024, calm: 16 * 1024 * 1024 } as const;
/** Bytes that wait in memory, and where they are of long bodies; what is more goes to the disk, which takes as long as to forward them. */
const mostInMemory = 8 * 1024 * 1024;
const mostLongInMemory = 24 * 1024 * 1024;
/** Bytes that wait on the disk at most. */
const mostOnDisk = 2048 * 1024 * 1024;
/** Milliseconds between two batches while traffic needs the processor, and between two looks whether it does. */
const pauses = { busy: 50, look: 25 } as const;

/** What waits for the recording thread. */
export interface Outbox {
  /** Bytes in memory that are not worked off; infinite where there is no room at all. */
  readonly backlog: number;
  /** All bytes that are not worked off, on the disk too. */
  readonly waiting: number;
  /** `calm` bytes of it are no reason to think that traffic needs the processor: of long bodies, which can be cut. */
  add(batch: EventBatch, calm?: number): void;
  /** The thread has worked off so many bytes. */
  worked(bytes: number): void;
  /** Posts what is in memory, so that a question which follows is about that too. */
  hurry(): void;
  /** Resolves once all is posted, from the disk too. */
  drain(): Promise<void>;
  /** Another thread begins: what was posted to the last one is gone. */
  restart(): void;
  close(): Promise<void>;
}

/** How much there is to do besides recording. */
export interface Traffic {
  add(bytes: number): void;
  isBusy(): boolean;
}

/**
 * Hands batches to the recording thread in their order. Where cores are few, traffic goes first: what comes in a burst is
 * recorded behind it, and the disk keeps what memory should not.
 */
export function createOutbox(
  post: (batch: EventBatch) => void,
  overflow: Overflow,
  traffic: Traffic = trafficIsBusy(),
): Outbox {
  const queue: EventBatch[] = [];
  let queued = 0;
  let posted = 0;
  let lastAt = -Infinity;
  let timer: NodeJS.Timeout | null = null;
  let refilling = false;
  let closed = false;
  let drained: (() => void)[] = [];

  const windowFor = (batch: EventBatch | undefined, busy: boolean): number => {
    if (batch === undefined) return 0;
    return batch.long === true ? window.calm : busy ? window.busy : window.usual;
  };

  const next = (): void => {
    const batch = queue.shift();
    if (batch === undefined) return;
    queued -= batch.length;
    posted += batch.length;
    lastAt = performance.now();
    post(batch);
  };

  const refill = async (): Promise<void> => {
    refilling = true;
    for (const batch of await overflow.take(mostInMemory / 2)) {
      queue.push(batch);
      queued += batch.length;
    }
    refilling = false;
    pump();
  };

  const isEmpty = (): boolean => queue.length === 0 && overflow.size === 0 && !refilling;

  const pump = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (closed) return;
    const busy = drained.length === 0 && traffic.isBusy();
    const rests = busy && (queued > window.busy || overflow.size > 0);
    if (!rests) while (posted < windowFor(queue[0], busy)) next();
    else if (posted === 0 && performance.now() - lastAt >= pauses.busy) next();
    if (queued < mostInMemory / 2 && overflow.size > 0 && !refilling) void refill();
    if (queue.length > 0) timer = setTimeout(pump, pauses.look);
    if (!isEmpty()) return;
    for (const done of drained) done();
    drained = [];
  };

  return {
    get backlog() {
      return overflow.size > mostOnDisk ? Infinity : queued + posted + overflow.unwritten;
    },
    get waiting() {
      return queued + posted + overflow.size;
    },
    add: (given, calm = 0) => {
      const batch = calm > given.length / 2 ? { ...given, long: true } : given;
      traffic.add(batch.length - calm);
      if (overflow.size > 0 || refilling || queued > (batch.long === true ? mostLongInMemory : mostInMemory))
        overflow.add(batch);
      else {
        queue.push(batch);
        queued += batch.length;
      }
      if (timer === null) pump();
    },
    worked: (bytes) => {
      posted = Math.max(0, posted - bytes);
      if (queue.length > 0 || overflow.size > 0) pump();
    },
    hurry: () => {
      while (queue.length > 0) next();
    },
    drain: () =>
      new Promise((resolve) => {
        drained.push(resolve);
        pump();
      }),
    restart: () => {
      posted = 0;
      pump();
    },
    close: async () => {
      closed = true;
      for (const done of drained) done();
      if (timer !== null) clearTimeout(timer);
      await overflow.close();
    },
  };
}

/** Bytes a millisecond that come in beyond which traffic is more than recording can keep up with on the side. */
const busyRate = 2000;

/** Whether much has come in lately, on a machine of few cores. `add` counts. */
function trafficIsBusy(): Traffic {
  let added = 0;
  let lookedAt = performance.now();
  let busy = false;
  const isCrowded = availableParallelism() <= 3;
  return {
    add: (bytes) => (added += bytes),
    isBusy: () => {
      const now = performance.now();
      if (now - lookedAt >= pauses.busy) {
        busy = isCrowded && added / (now - lookedAt) > busyRate;
        [added, lookedAt] = [0, now];
      }
      return busy;
    },
  };
}
