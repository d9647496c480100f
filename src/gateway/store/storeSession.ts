import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { GatewaySettings } from '../../shared/settings.ts';
import { createAnswerStore, type AnswerStore } from './answerStore.ts';
import { closeAbandoned } from './abandoned.ts';
import { openDatabase, setAside, storeFileName } from './database.ts';
import type { ExchangeSummary } from '../../shared/exchange.ts';
import { sweepBodyFiles } from '../bodyFiles/bodyFileTable.ts';
import type { LongBody } from './longBodies.ts';
import type { OnProblem } from './problem.ts';
import { createQueries, type Queries } from './queries.ts';
import { createRetention, type Retention } from './retention.ts';
import { sqliteFailure } from './sqliteFailure.ts';
import { createStore, type Saving, type Store } from './store.ts';
import { createWarningStore, type WarningStore } from './keptWarnings.ts';

/** A store that outlives what happens to its file: damage, a full disk, another process that holds it too long. */
export interface StoreSession {
  /** Null where nothing could be saved just now; try again later. */
  save(savings: readonly Saving[]): readonly number[] | null;
  /** Notes a body's file. @returns its exchange; null where that is gone, and the file with it. */
  keepFile(kept: LongBody): ExchangeSummary | null;
  clear(): void;
  /** Asks; a file that turns out to be damaged is set aside and the question put to its successor. */
  query<T>(ask: (queries: Queries) => T): T;
  /** What warnings remember. Null where it can neither be read nor written. */
  kept<T>(ask: (warnings: WarningStore) => T): T | null;
  /** Cached answers. Null where they can neither be read nor written. */
  answers<T>(ask: (answers: AnswerStore) => T): T | null;
  /** A slice of deleting what is too old or too much. @returns whether there is more to do. */
  retain(settings: GatewaySettings): boolean;
  /** Whether the last attempt to save succeeded. */
  readonly healthy: boolean;
  close(): void;
}

interface Parts {
  readonly database: DatabaseSync;
  readonly store: Store;
  readonly queries: Queries;
  readonly retention: Retention;
  readonly warnings: WarningStore;
  readonly answers: AnswerStore;
}

export function openStoreSession(dataDirectory: string, onProblem: OnProblem): StoreSession {
  let parts = openParts(dataDirectory, onProblem);
  let healthy = true;

  const replaceDamaged = (): void => {
    parts.database.close();
    const file = path.join(dataDirectory, storeFileName);
    const aside = setAside(file, 'damaged', Date.now());
    onProblem({
      code: 'store_set_aside',
      message: `The log ${file} is damaged, so it was moved to ${aside} and a new one begun.`,
    });
    parts = openParts(dataDirectory, onProblem);
  };

  const guarded = <T>(work: (parts: Parts) => T): T => {
    try {
      return work(parts);
    } catch (error) {
      if (sqliteFailure(error) !== 'corrupt') throw error;
      replaceDamaged();
      return work(parts);
    }
  };

  const failed = (error: unknown): void => {
    // Said once for each time that it begins, not for every exchange.
    if (!healthy) return;
    healthy = false;
    const reason = error instanceof Error ? error.message : String(error);
    onProblem(
      sqliteFailure(error) === 'full'
        ? { code: 'store_full', message: 'The disk is full, so calls are not being stored. Free some space.' }
        : { code: 'store_failed', message: `Calls cannot be stored (${reason}). It is tried again with each call.` },
    );
  };

  return {
    get healthy() {
      return healthy;
    },
    save: (savings) => {
      try {
        const numbers = guarded(({ store }) => store.save(savings));
        healthy = true;
        return numbers;
      } catch (error) {
        failed(error);
        return null;
      }
    },
    keepFile: (kept) => {
      try {
        return guarded(({ store, queries }) => (store.keepFile(kept) ? queries.exchange(kept.id) : null));
      } catch (error) {
        failed(error);
        return null;
      }
    },
    clear: () => guarded(({ store }) => store.clear()),
    query: (ask) => guarded(({ queries }) => ask(queries)),
    kept: (ask) => {
      try {
        return guarded(({ warnings }) => ask(warnings));
      } catch (error) {
        failed(error);
        return null;
      }
    },
    answers: (ask) => {
      try {
        return guarded(({ answers }) => ask(answers));
      } catch (error) {
        failed(error);
        return null;
      }
    },
    retain: (settings) => {
      try {
        return guarded(({ retention, store }) => retention.step(settings, Date.now()) || store.catchUp());
      } catch (error) {
        failed(error);
        return false;
      }
    },
    close: () => {
      // Lets the planner learn from what was asked; cheap where nothing changed.
      if (healthy) parts.database.exec('PRAGMA optimize');
      parts.database.close();
    },
  };
}

function openParts(dataDirectory: string, onProblem: OnProblem): Parts {
  const database = openDatabase(dataDirectory, Date.now(), onProblem);
  closeAbandoned(database);
  sweepBodyFiles(database, Date.now());
  return {
    database,
    store: createStore(database),
    queries: createQueries(database),
    retention: createRetention(database),
    warnings: createWarningStore(database),
    answers: createAnswerStore(database),
  };
}
