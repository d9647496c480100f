import type { MessagePort } from 'node:worker_threads';
import { ChannelError, openChannel } from '../../shared/channel.ts';
import { plain, text } from '../../shared/text.ts';
import { sqliteFailure } from '../store/sqliteFailure.ts';
import { copyAccess, openAccessDatabase } from './accessDatabase.ts';
import type { AccessWorkerApi, AccessWorkerEvents, AccessWorkerOptions } from './accessProtocol.ts';
import { createAccessStore, type AccessStore } from './accessStore.ts';

/** Milliseconds after a change until it is copied beside the file. */
const copyDelay = 500;
/** Milliseconds between two looks whether another process has changed the file. */
const lookInterval = 1000;
/** Milliseconds between two times that old usage is made coarser. */
const compactInterval = 6 * 3_600_000;

/** Runs the thread that keeps subscriptions, keys and usage. */
export function serveAccess(port: MessagePort, { dataDirectory }: AccessWorkerOptions): void {
  let opened = openAccessDatabase(dataDirectory, Date.now());
  let store = createAccessStore(opened.database);
  let copyTimer: NodeJS.Timeout | null = null;
  let seen = dataVersion();

  function dataVersion(): number {
    return Number(opened.database.prepare('PRAGMA data_version').get()?.data_version ?? 0);
  }

  const copySoon = (): void => {
    copyTimer ??= setTimeout(copy, copyDelay).unref();
  };
  const copy = (): void => {
    if (copyTimer !== null) clearTimeout(copyTimer);
    copyTimer = null;
    try {
      copyAccess(opened.database, dataDirectory);
    } catch {
      // A full disk, most likely; the next change tries again. The file itself is whole.
    }
  };

  /** A file that turns out to be damaged is set aside, and the work done on what was restored. */
  const guarded = <T>(work: (store: AccessStore) => T): T => {
    try {
      return work(store);
    } catch (error) {
      if (sqliteFailure(error) !== 'corrupt') throw error;
      opened.database.close();
      opened = openAccessDatabase(dataDirectory, Date.now());
      store = createAccessStore(opened.database);
      channel.emit('foreignChange', null);
      return work(store);
    }
  };
  const written = <T>(work: (store: AccessStore) => T): Promise<T> =>
    new Promise((resolve) => {
      if (!opened.writable)
        throw new ChannelError('access_unavailable', opened.problem ?? plain(text('Nothing can be changed here.')));
      try {
        resolve(guarded(work));
      } catch (error) {
        throw new ChannelError('access_unavailable', reasonOf(error), { cause: error });
      }
    });
  const read = <T>(work: (store: AccessStore) => T): Promise<T> => new Promise((resolve) => resolve(guarded(work)));

  const compact = (): void => {
    if (!opened.writable) return;
    try {
      guarded((one) => one.compact(Math.floor(Date.now() / 60_000)));
    } catch {
      // It is only tidying up.
    }
  };
  const api: AccessWorkerApi = {
    load: () => read((one) => ({ state: one.state(), usage: one.usage(), problem: opened.problem })),
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
      opened.database.close();
      setImmediate(() => port.close());
      return Promise.resolve();
    },
  };
  const channel = openChannel<AccessWorkerApi, object, object, AccessWorkerEvents>(
    { post: (message) => port.postMessage(message), onMessage: (listener) => port.on('message', listener) },
    api,
  );
  const looking = setInterval(() => {
    // It changes only by commits of others.
    const now = dataVersion();
    if (now !== seen) channel.emit('foreignChange', null);
    seen = now;
  }, lookInterval).unref();
  compact();
  const compacting = setInterval(compact, compactInterval).unref();
}

function reasonOf(error: unknown): string {
  switch (sqliteFailure(error)) {
    case 'full':
      return plain(text('The disk is full, so nothing was changed. Free some space and try again.'));
    case 'readonly':
      return plain(
        text('The file of subscriptions and keys cannot be written, so nothing was changed. Check its permissions.'),
      );
    case 'busy':
      return plain(
        text('Another process holds the file of subscriptions and keys, so nothing was changed. Try again.'),
      );
    case 'corrupt':
    case 'other':
      return plain(text('Nothing was changed: {0}', error instanceof Error ? error.message : String(error)));
  }
}
