import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setAside, versionOf, waitForOthers } from '../store/database.ts';
import { sqliteFailure } from '../store/sqliteFailure.ts';
import { accessMigrations, accessVersion } from './accessSchema.ts';

/** The name of the file in the data folder. It is not the log's: a log may be cleared, or given up when damaged. */
export const accessFileName = 'access.db';
/** A copy of the last good state, made soon after each change. */
export const accessCopyName = 'access.backup.db';

/** The open file, and what a person should know of it. */
export interface OpenedAccess {
  readonly database: DatabaseSync;
  /** False where nothing can be changed: the file was made by a newer Tollgate, or cannot be written. */
  readonly writable: boolean;
  readonly problem: string | null;
  /** Whether it may be writable by and by: another process holds it, or space or permissions are wanting. */
  readonly mayMend?: true;
}

/**
 * Opens the file and brings its tables up to date. A damaged one is set aside and the copy put in its place; one that a
 * newer Tollgate made is read and left alone. `now` is in milliseconds since 1970.
 */
export function openAccessDatabase(dataDirectory: string, now: number): OpenedAccess {
  try {
    mkdirSync(dataDirectory, { recursive: true });
    return openOrRestore(dataDirectory, now);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return readOnly(dataDirectory, reason);
  }
}

/** What can still be read: the file, or its copy, or nothing at all. */
function readOnly(dataDirectory: string, reason: string): OpenedAccess {
  const problem = `Subscriptions and keys cannot be written (${reason}), so they cannot be changed. Check the permissions of ${dataDirectory} and free space.`;
  for (const name of [accessFileName, accessCopyName]) {
    try {
      const database = new DatabaseSync(path.join(dataDirectory, name), { readOnly: true });
      database.prepare('SELECT count(*) FROM subscriptions').get();
      return { database, writable: false, problem, mayMend: true };
    } catch {
      // The next may do.
    }
  }
  const database = new DatabaseSync(':memory:');
  migrate(database);
  return { database, writable: false, problem, mayMend: true };
}

function openOrRestore(dataDirectory: string, now: number): OpenedAccess {
  const file = path.join(dataDirectory, accessFileName);
  const copy = path.join(dataDirectory, accessCopyName);
  if (!existsSync(file) && existsSync(copy)) return restoreMissing(copy, file);
  const opened = tryOpen(file);
  if (opened !== 'damaged') return opened;
  const aside = setAside(file, 'damaged', now);
  const kept = copyTime(copy);
  if (kept !== null) {
    const restored = tryRestored(copy, file);
    if (restored !== null)
      return {
        ...restored,
        problem: `The file of subscriptions and keys was damaged and is now ${aside}. It was restored from the copy of ${kept}.`,
      };
  }
  const fresh = tryOpen(file);
  if (fresh === 'damaged') throw new Error(`A new file ${file} cannot be used either: it is damaged.`);
  return {
    ...fresh,
    problem: `The file of subscriptions and keys was damaged and is now ${aside}. There was no good copy, so it begins anew: import an export, or request subscriptions and issue keys again.`,
  };
}

/** A file that somebody deleted, or that was lost: what is kept beside it takes its place. */
function restoreMissing(copy: string, file: string): OpenedAccess {
  const kept = copyTime(copy) ?? '';
  dropJournals(file);
  const restored = tryRestored(copy, file);
  if (restored !== null)
    return {
      ...restored,
      problem: `The file of subscriptions and keys ${file} was gone. It was restored from the copy of ${kept}; to begin anew, delete ${copy} as well.`,
    };
  const fresh = tryOpen(file);
  if (fresh === 'damaged') throw new Error(`A new file ${file} cannot be used: it is damaged.`);
  return {
    ...fresh,
    problem: `The file of subscriptions and keys ${file} was gone, and its copy is of no use. It begins anew.`,
  };
}

/** Takes away what an earlier file of that name has left: it would be taken for a part of the next. */
export function dropJournals(file: string): void {
  for (const journal of ['-wal', '-shm']) rmSync(file + journal, { force: true });
}

function tryRestored(copy: string, file: string): OpenedAccess | null {
  try {
    const source = new DatabaseSync(copy, { readOnly: true });
    try {
      source.exec(`VACUUM INTO '${file.replaceAll("'", "''")}'`);
    } finally {
      source.close();
    }
    const opened = tryOpen(file);
    if (opened !== 'damaged') return opened;
  } catch {
    // The copy is of no use either.
  }
  rmSync(file, { force: true });
  return null;
}

function copyTime(copy: string): string | null {
  return existsSync(copy) ? statSync(copy).mtime.toISOString() : null;
}

function tryOpen(file: string): OpenedAccess | 'damaged' {
  const database = new DatabaseSync(file);
  try {
    waitForOthers(database);
    if (versionOf(database) > accessVersion) {
      database.exec('PRAGMA query_only = ON');
      database.prepare('SELECT count(*) FROM subscriptions').get();
      const problem = `${file} was made by a newer version of Tollgate. It is read but not changed; update Tollgate to change subscriptions and keys.`;
      return { database, writable: false, problem };
    }
    // A change is told only once the disk has it.
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 4194304;');
    migrate(database);
    checkWhole(database);
    // Who asks for a change need not wait as long as who opens.
    database.exec('PRAGMA busy_timeout = 1000');
    if (process.platform !== 'win32') chmodSync(file, 0o600);
    return { database, writable: true, problem: null };
  } catch (error) {
    if (sqliteFailure(error) === 'corrupt') {
      database.close();
      return 'damaged';
    }
    database.close();
    throw error;
  }
}

function migrate(database: DatabaseSync): void {
  if (versionOf(database) === accessVersion) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const step of accessMigrations.slice(versionOf(database))) database.exec(step);
    database.exec(`PRAGMA user_version = ${accessVersion}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

/** A page that is damaged is found now, not in the middle of the night. */
function checkWhole(database: DatabaseSync): void {
  const [first] = database.prepare('PRAGMA quick_check(1)').all();
  if (first?.quick_check === 'ok') return;
  throw Object.assign(new Error(String(first?.quick_check)), { errcode: 11 });
}

/** Copies the state beside its file, in one step, so that a reader never finds half of it. */
export function copyAccess(database: DatabaseSync, dataDirectory: string): void {
  const copy = path.join(dataDirectory, accessCopyName);
  const written = `${copy}.${process.pid}`;
  writeCopy(database, written);
  renameSync(written, copy);
}

/** Writes all that is open into a file of its own, in place of what is there. */
export function writeCopy(database: DatabaseSync, file: string): void {
  rmSync(file, { force: true });
  database.exec(`VACUUM INTO '${file.replaceAll("'", "''")}'`);
  if (process.platform !== 'win32') chmodSync(file, 0o600);
}
