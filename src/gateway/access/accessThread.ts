import { Worker } from 'node:worker_threads';
import { openChannel, type Channel } from '../../shared/channel.ts';
import type { AccessWorkerApi, AccessWorkerEvents, AccessWorkerOptions } from './accessProtocol.ts';

const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './accessWorker.ts' : './accessWorker.js',
  import.meta.url,
);

/** The thread that keeps access, as seen from outside. */
export interface AccessThread {
  readonly remote: Channel<AccessWorkerApi, AccessWorkerEvents, object>['remote'];
  close(): Promise<void>;
}

/** Starts the thread. After its death all calls fail with `channel_closed`. */
export function startAccessThread(options: AccessWorkerOptions, onForeignChange: () => void): AccessThread {
  const worker = new Worker(workerFile, {
    workerData: options,
    name: 'tollgate access',
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const channel = openChannel<object, AccessWorkerApi, AccessWorkerEvents>(
    { post: (message) => worker.postMessage(message), onMessage: (listener) => worker.on('message', listener) },
    {},
  );
  channel.on('foreignChange', onForeignChange);
  let reason = 'it ended';
  const ended = new Promise<void>((resolve) => {
    worker.on('error', (error) => (reason = error instanceof Error ? error.message : String(error)));
    worker.on('exit', () => {
      channel.close(`The thread that keeps subscriptions and keys has ended: ${reason}.`);
      resolve();
    });
  });
  return {
    remote: channel.remote,
    close: async () => {
      await channel.remote.close().catch(() => undefined);
      const timer = setTimeout(() => void worker.terminate(), 2000);
      await ended;
      clearTimeout(timer);
    },
  };
}
