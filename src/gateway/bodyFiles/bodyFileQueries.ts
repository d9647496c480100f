import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { BodyFile, Side } from '../../shared/protocol.ts';
import { bodyFolderOf } from './bodyFileTable.ts';

/** Bytes up to which a file is handed over at once. */
const atOnce = 8 * 1024 * 1024;

/** Finds the files of bodies. */
export interface BodyFileQueries {
  find(number: number, side: Side): BodyFile | null;
}

export function createBodyFileQueries(database: DatabaseSync): BodyFileQueries {
  const folder = bodyFolderOf(database);
  const byKey = database.prepare('SELECT file, size, whole FROM body_files WHERE key = ?');
  return {
    find: (number, side) => {
      const row = byKey.get(number * 2 + (side === 'response' ? 1 : 0));
      if (row === undefined || folder === null) return null;
      return {
        path: path.join(folder, path.basename(String(row.file))),
        size: Number(row.size),
        whole: row.whole === 1,
      };
    },
  };
}

/** Null for one that is too long for that, or gone. */
export function readBodyFile({ path: file, size }: BodyFile): Uint8Array | null {
  if (size > atOnce) return null;
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}
