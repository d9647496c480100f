import { existsSync, linkSync, mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { ChannelError } from '../../shared/channel.ts';
import { plain, text } from '../../shared/text.ts';
import { sqliteFailure } from '../store/sqliteFailure.ts';
import { accessFileName, dropJournals, openAccessDatabase, writeCopy, type OpenedAccess } from './accessDatabase.ts';
import { createAccessStore, type AccessStore } from './accessStore.ts';

/** The file of access while a gateway runs, whatever happens to it meanwhile. */
export interface AccessFile {
  readonly opened: OpenedAccess;
  /** Asks it. A file that turns out to be damaged is set aside, and what was restored is asked. */
  read<T>(work: (store: AccessStore) => T): T;
  /** Changes it. Fails with a `ChannelError` (`access_unavailable`) that says why nothing was changed. */
  change<T>(work: (store: AccessStore) => T): T;
  /** Sees whether the file is still there, whether it can be written by now, and whether another process has written. */
  look(): void;
}

/** Opens the file; `onReplaced` hears that what is kept may be another now. */
export function openAccessFile(dataDirectory: string, onReplaced: () => void): AccessFile {
  const file = path.join(dataDirectory, accessFileName);
  let opened = openAccessDatabase(dataDirectory, Date.now());
  let store = createAccessStore(opened.database);
  let identity = identityOf(file);
  let seen = dataVersion();

  function dataVersion(): number {
    return Number(opened.database.prepare('PRAGMA data_version').get()?.data_version ?? 0);
  }

  const adopt = (next: OpenedAccess): void => {
    opened.database.close();
    opened = next;
    store = createAccessStore(opened.database);
    identity = identityOf(file);
    seen = dataVersion();
    onReplaced();
  };
  const reopen = (problem: string | null): void => {
    const next = openAccessDatabase(dataDirectory, Date.now());
    adopt(problem === null || !next.writable ? next : { ...next, problem });
  };
  /** What was deleted under the gateway is still open here, whole; what was put in its place is somebody's wish. */
  const keep = (): void => {
    if (!opened.writable || identity === null) return;
    const present = identityOf(file);
    if (present === identity) return;
    if (present === null) writeAnew();
    reopen(
      present === null
        ? plain(
            text('The file {0} was deleted while the gateway ran. It was written anew, with all that it had.', file),
          )
        : plain(text('The file {0} was replaced while the gateway ran. What it has now counts.', file)),
    );
  };
  const writeAnew = (): void => {
    mkdirSync(dataDirectory, { recursive: true });
    const written = `${file}.${process.pid}.anew`;
    writeCopy(opened.database, written);
    try {
      dropJournals(file);
      linkSync(written, file);
    } catch (error) {
      // Another process was quicker; it had the same.
      if (!existsSync(file)) throw error;
    } finally {
      rmSync(written, { force: true });
    }
  };
  const read: AccessFile['read'] = (work) => {
    try {
      return work(store);
    } catch (error) {
      if (sqliteFailure(error) !== 'corrupt') throw error;
      reopen(null);
      return work(store);
    }
  };

  return {
    get opened() {
      return opened;
    },
    read,
    change: (work) => {
      if (!opened.writable)
        throw new ChannelError('access_unavailable', opened.problem ?? plain(text('Nothing can be changed here.')));
      try {
        keep();
        return read(work);
      } catch (error) {
        throw new ChannelError('access_unavailable', reasonOf(error), { cause: error });
      }
    },
    look: () => {
      if (opened.mayMend === true) {
        const again = openAccessDatabase(dataDirectory, Date.now());
        if (again.writable) adopt(again);
        else again.database.close();
        return;
      }
      try {
        keep();
      } catch {
        // The next change says why it cannot be.
        return;
      }
      // It changes only by commits of others.
      const now = dataVersion();
      if (now !== seen) onReplaced();
      seen = now;
    },
  };
}

/** Tells whether a path still leads to the same file; null where there is none. */
function identityOf(file: string): string | null {
  const found = statSync(file, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? null : `${found.dev}:${found.ino}`;
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
