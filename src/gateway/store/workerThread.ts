import { Worker } from 'node:worker_threads';
import { ChannelError, openChannel, type Channel } from '../../shared/channel.ts';
import type { BatchMessage, WorkerApi, WorkerEvents, WorkerOptions } from './workerProtocol.ts';
import type { EventBatch } from './eventBatch.ts';

const workerFile = new URL(import.meta.url.endsWith('.ts') ? './storeWorker.ts' : './storeWorker.js', import.meta.url);

/** Milliseconds that a recording thread has to end by itself once it was closed. */
const endLimit = 2000;

/** A recording thread, as seen from outside. */
export interface WorkerThread {
  readonly channel: Channel<WorkerApi, WorkerEvents, object>;
  /** Hands a batch over; its buffer is gone from here afterwards. */
  post(batch: EventBatch): void;
  /** Saves everything and ends the thread. */
  close(): Promise<void>;
}

/** Starts a recording thread. `onDeath` hears why it ended, unless it was closed. */
export function startWorkerThread(options: WorkerOptions, onDeath: (reason: string) => void): WorkerThread {
  // The store's SQLite is declared experimental by some supported versions of Node; that is no news for users.
  const worker = new Worker(workerFile, {
    workerData: options,
    name: 'tollgate store',
    execArgv: ['--disable-warning=ExperimentalWarning'],
    // Rows are garbage soon; collected often, they do not pile up.
    resourceLimits: { maxYoungGenerationSizeMb: 12 },
  });
  const channel = openChannel<object, WorkerApi, WorkerEvents>(
    {
      post: (message) => worker.postMessage(message),
      onMessage: (listener) => worker.on('message', listener),
    },
    {},
  );
  let reason = 'it ended without a reason';
  let closing = false;
  const ended = new Promise<void>((resolve) => {
    worker.on('error', (error) => (reason = error instanceof Error ? error.message : String(error)));
    worker.on('exit', () => {
      channel.close(`The recording thread has ended: ${reason}.`);
      if (!closing) onDeath(reason);
      resolve();
    });
  });

  return {
    channel,
    post: (batch) => worker.postMessage({ batch } satisfies BatchMessage, [batch.buffer]),
    close: async () => {
      closing = true;
      try {
        await channel.remote.close();
      } catch (error) {
        // It died before; then there is nothing left to close.
        if (!(error instanceof ChannelError)) throw error;
      }
      const timer = setTimeout(() => void worker.terminate(), endLimit);
      await ended;
      clearTimeout(timer);
    },
  };
}
