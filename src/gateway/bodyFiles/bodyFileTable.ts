import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';

/** Bodies longer than what a row holds: whole in files of their own. Keys as in `bodies`. */
export const bodyFileTable = `
  CREATE TABLE body_files (
    key INTEGER PRIMARY KEY,
    file TEXT NOT NULL,
    size INTEGER NOT NULL,
    -- 0 where the file, too, holds only a beginning.
    whole INTEGER NOT NULL
  );
`;

/** The folder of such files in the data folder. */
export const bodyFolderName = 'bodies';

/** Milliseconds after which a file that nobody knows is nobody's: one that is being written is younger. */
const orphanAge = 3_600_000;

/** The folder beside a store's file; null for a store in memory. */
export function bodyFolderOf(database: DatabaseSync): string | null {
  const file = database.prepare('PRAGMA database_list').get()?.file;
  return typeof file === 'string' && file !== '' ? path.join(path.dirname(file), bodyFolderName) : null;
}

/** Deletes files; what is gone already, or held open on Windows, is left to the next sweep. */
export function deleteBodyFiles(folder: string | null, files: readonly string[]): void {
  if (folder === null) return;
  for (const file of files) {
    try {
      rmSync(path.join(folder, path.basename(file)), { force: true });
    } catch {
      // The sweep at the next start tries again.
    }
  }
}

/** Deletes what a crash left behind: files that no row knows. `now` is in milliseconds since 1970. */
export function sweepBodyFiles(database: DatabaseSync, now: number): void {
  const folder = bodyFolderOf(database);
  if (folder === null || !existsSync(folder)) return;
  const known = new Set(
    database
      .prepare('SELECT file FROM body_files')
      .all()
      .map(({ file }) => String(file)),
  );
  const orphans = readdirSync(folder).filter((file) => !known.has(file) && isOld(path.join(folder, file), now));
  deleteBodyFiles(folder, orphans);
}

function isOld(file: string, now: number): boolean {
  try {
    return now - statSync(file).mtimeMs > orphanAge;
  } catch {
    return false;
  }
}
