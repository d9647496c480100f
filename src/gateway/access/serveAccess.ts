import type { MessagePort } from 'node:worker_threads';
import { openChannel } from '../../shared/channel.ts';
import { copyAccess } from './accessDatabase.ts';
import { openAccessFile } from './accessFile.ts';
import type { AccessWorkerApi, AccessWorkerEvents, AccessWorkerOptions } from './accessProtocol.ts';
import type { AccessStore } from './accessStore.ts';

/** Milliseconds after a change until it is copied beside the file. */
const copyDelay = 500;
/** Milliseconds between two looks at what others have done to the file. */
const lookInterval = 1000;
/** Milliseconds between two times that old usage is made coarser. */
const compactInterval = 6 * 3_600_000;

/** Runs the thread that keeps subscriptions, keys and usage. */
export function serveAccess(port: MessagePort, { dataDirectory }: AccessWorkerOptions): void {
  const file = openAccessFile(dataDirectory, () => channel.emit('foreignChange', null));

  let copyTimer: NodeJS.Timeout | null = null;

  const copySoon = (): void => {
    copyTimer ??= setTimeout(copy, copyDelay).unref();
  };
  const copy = (): void => {
    if (copyTimer !== null) clearTimeout(copyTimer);
    copyTimer = null;
    try {
      copyAccess(file.opened.database, dataDirectory);
    } catch {
      // A full disk, most likely; the next change tries again. The file itself is whole.
    }
  };

  const written = <T>(work: (store: AccessStore) => T): Promise<T> =>
    new Promise((resolve) => resolve(file.change(work)));
  const read = <T>(work: (store: AccessStore) => T): Promise<T> => new Promise((resolve) => resolve(file.read(work)));

  const compact = (): void => {
    if (!file.opened.writable) return;
    try {
      file.change((one) => one.compact(Math.floor(Date.now() / 60_000)));
    } catch {
      // It is only tidying up.
    }
  };
  const api: AccessWorkerApi = {
    load: () => read((one) => ({ state: one.state(), usage: one.usage(), problem: file.opened.problem })),
    commit: async (change, revision) => {
      const done = await written((one) => one.commit(change, revision));
      if (done) copySoon();
      return done;
    },
    settle: (usage, keysUsed) => written((one) => one.settle(usage, keysUsed)),
    audit: (query) => read((one) => one.audit(query)),
    whole: () => read((one) => one.whole()),
    replace: async (whole, entry) => {
      await written((one) => one.replace(whole, entry));
      copySoon();
    },
    close: () => {
      clearInterval(looking);
      clearInterval(compacting);
      if (copyTimer !== null) copy();
      file.opened.database.close();
      setImmediate(() => port.close());
      return Promise.resolve();
    },
  };
  const channel = openChannel<AccessWorkerApi, object, object, AccessWorkerEvents>(
    { post: (message) => port.postMessage(message), onMessage: (listener) => port.on('message', listener) },
    api,
  );
  const looking = setInterval(() => file.look(), lookInterval).unref();
  compact();
  const compacting = setInterval(compact, compactInterval).unref();
}
