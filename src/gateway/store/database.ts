import { chmodSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { OnProblem } from './problem.ts';
import { migrations, schemaVersion } from './schema.ts';
import { sqliteFailure } from './sqliteFailure.ts';

/** The name of the store's file in the data folder. */
export const storeFileName = 'tollgate.db';

/**
 * Opens the store's file for writing and brings its tables up to date. A file that is damaged, or made by a newer
 * Tollgate, is set aside under another name and a new one begun; where no file can be written at all, the store lives
 * in memory. Each of these is told. `now` is in milliseconds since 1970.
 */
export function openDatabase(dataDirectory: string, now: number, onProblem: OnProblem): DatabaseSync {
  const file = path.join(dataDirectory, storeFileName);
  try {
    mkdirSync(dataDirectory, { recursive: true });
    const opened = tryOpen(file);
    if (opened instanceof DatabaseSync) return opened;
    const aside = setAside(file, opened, now);
    const why = opened === 'newer' ? 'was made by a newer version of Tollgate' : 'is damaged';
    onProblem({
      code: 'store_set_aside',
      message: `The log ${file} ${why}, so it was moved to ${aside} and a new one begun.`,
    });
    const fresh = tryOpen(file);
    if (fresh instanceof DatabaseSync) return fresh;
    throw new Error(`A new log cannot be used either: it ${fresh === 'newer' ? 'is newer' : 'is damaged'}.`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    onProblem({
      code: 'store_in_memory',
      message: `The log ${file} cannot be written (${reason}). Calls are kept in memory and lost at the end. Check the folder's permissions and free space.`,
    });
    const database = new DatabaseSync(':memory:');
    prepare(database);
    return database;
  }
}

function tryOpen(file: string): DatabaseSync | 'damaged' | 'newer' {
  const database = new DatabaseSync(file);
  try {
    waitForOthers(database);
    if (versionOf(database) > schemaVersion) {
      database.close();
      return 'newer';
    }
    prepare(database);
    // Bodies are other people's business than the user's.
    if (process.platform !== 'win32') chmodSync(file, 0o600);
    return database;
  } catch (error) {
    database.close();
    if (sqliteFailure(error) === 'corrupt') return 'damaged';
    throw error;
  }
}

function prepare(database: DatabaseSync): void {
  // Only an empty file can be told to give space back bit by bit, so this comes first.
  if (versionOf(database) === 0) database.exec('PRAGMA auto_vacuum = INCREMENTAL');
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA journal_size_limit = 16777216;
    PRAGMA cache_size = -8192;
    PRAGMA wal_autocheckpoint = 4000;
  `);
  if (versionOf(database) < schemaVersion) migrate(database);
  database.prepare('SELECT max(number) FROM exchanges').get();
}

function migrate(database: DatabaseSync): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    // Another process may have done it while this one waited for the lock.
    for (const step of migrations.slice(versionOf(database))) database.exec(step);
    database.exec(`PRAGMA user_version = ${schemaVersion}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** Two windows may share a file; whoever comes second waits his turn. */
export function waitForOthers(database: DatabaseSync): void {
  database.exec('PRAGMA busy_timeout = 5000');
}

/** The version of a file's tables; 0 for a new file. */
export function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
}

/** Moves the file and its journals out of the way. @returns where it is now. */
export function setAside(file: string, why: 'damaged' | 'newer', now: number): string {
  const stamp = new Date(now).toISOString().replace(/[:.]/g, '-');
  const aside = `${file}.${stamp}.${why === 'damaged' ? 'bad' : 'newer'}`;
  renameSync(file, aside);
  for (const journal of ['-wal', '-shm']) {
    try {
      if (why === 'newer' && journal === '-wal') renameSync(file + journal, aside + journal);
      else rmSync(file + journal, { force: true });
    } catch {
      // There is none.
    }
  }
  return aside;
}
