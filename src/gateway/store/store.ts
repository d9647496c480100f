import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Exchange, Redacted } from '../../shared/exchange.ts';
import type { StorableBody } from '../redact/redactor.ts';
import { bodyFolderOf, deleteBodyFiles } from '../bodyFiles/bodyFileTable.ts';
import { bodyKey, bodyTable } from './bodyRow.ts';
import type { BodySide } from './eventBatch.ts';
import { toValues, writtenColumns } from './exchangeRow.ts';
import { createFacetWriter } from './facetWriter.ts';
import type { LongBody } from './longBodies.ts';
import { createTextIndex } from './textIndex.ts';
import { createTrendWriter } from './trendWriter.ts';

export interface BodyToSave {
  readonly content: Redacted<StorableBody>;
  readonly decodeError: string | null;
}

/** One exchange to insert (`number` null) or update. Bodies that are absent stay as they are. */
export interface Saving {
  readonly number: number | null;
  readonly exchange: Redacted<Exchange>;
  readonly request?: BodyToSave | undefined;
  readonly response?: BodyToSave | undefined;
  readonly clientRequest?: BodyToSave | undefined;
  readonly clientResponse?: BodyToSave | undefined;
}

/** Writes exchanges. */
export interface Store {
  /** Saves all in one transaction, or none. @returns their numbers, in the same order. */
  save(savings: readonly Saving[]): readonly number[];
  /** Notes the file that holds a body. @returns false where its exchange is gone; then the file goes, too. */
  keepFile(kept: LongBody): boolean;
  /** Adds some of what an earlier version stored to index and sums. @returns whether there is more. */
  catchUp(): boolean;
  clear(): void;
}

export function createStore(database: DatabaseSync): Store {
  const insert = database.prepare(
    `INSERT INTO exchanges (${writtenColumns.join(', ')}) VALUES (${writtenColumns.map(() => '?').join(', ')})`,
  );
  const update = database.prepare(`UPDATE exchanges SET ${writtenColumns.join(' = ?, ')} = ? WHERE number = ?`);
  const putInto = (table: string): StatementSync =>
    database.prepare(`INSERT OR REPLACE INTO ${table} (key, bytes, decode_error) VALUES (?, ?, ?)`);
  const put = { bodies: putInto('bodies'), client_bodies: putInto('client_bodies') };

  const folder = bodyFolderOf(database);
  const numberOf = database.prepare('SELECT number FROM exchanges WHERE id = ?');
  const storedOf = database.prepare('SELECT length(bytes) AS size FROM bodies WHERE key = ?');
  const putFile = database.prepare('INSERT OR REPLACE INTO body_files (key, file, size, whole) VALUES (?, ?, ?, ?)');

  const facets = createFacetWriter(database);
  const texts = createTextIndex(database);
  const trends = createTrendWriter(database);

  const saveOne = (saving: Saving): number => {
    const { number, exchange, request } = saving;
    const values = toValues(exchange);
    // A row may have gone in the meantime: cleared by another process that shares the file.
    const before = number === null ? null : trends.shareOf(number);
    const known = number !== null && Number(update.run(...values, number).changes) > 0;
    const saved = known ? number : Number(insert.run(...values).lastInsertRowid);
    for (const side of bodySides) saveBody(put[bodyTable(side)], saved, side, saving[side]);
    facets.put(saved, exchange);
    if (exchange.state !== 'open') trends.change(known ? before : null, trends.shareOf(saved));
    if (request !== undefined && exchange.state !== 'open') texts.put(saved, saving, !known);
    return saved;
  };

  return {
    save: (savings) => {
      try {
        return transaction(database, () => {
          const numbers = savings.map(saveOne);
          trends.flush();
          return numbers;
        });
      } catch (error) {
        facets.forget();
        trends.forget();
        throw error;
      }
    },
    keepFile: ({ id, side, file, size, whole }) => {
      const found = numberOf.get(id);
      // A beginning that is no longer than the row's says nothing more.
      const isMore = found !== undefined && size > Number(storedOf.get(bodyKey(Number(found.number), side))?.size ?? 0);
      if (isMore) putFile.run(bodyKey(Number(found.number), side), file, size, whole ? 1 : 0);
      else deleteBodyFiles(folder, [file]);
      return isMore;
    },
    catchUp: () => transaction(database, () => trends.catchUp() || texts.catchUp()),
    clear: () => {
      const files = database.prepare('SELECT file FROM body_files').all();
      transaction(database, () =>
        database.exec(`DELETE FROM bodies; DELETE FROM body_files; DELETE FROM client_bodies; DELETE FROM exchanges; DELETE FROM facets;
          INSERT INTO texts (texts) VALUES ('delete-all'); UPDATE text_backlog SET upto = 0;
          UPDATE trend_backlog SET upto = 0`),
      );
      deleteBodyFiles(
        folder,
        files.map(({ file }) => String(file)),
      );
      database.exec('PRAGMA incremental_vacuum; PRAGMA wal_checkpoint(TRUNCATE)');
    },
  };
}

const bodySides = ['request', 'response', 'clientRequest', 'clientResponse'] as const;

function saveBody(put: StatementSync, number: number, side: BodySide, body: BodyToSave | undefined): void {
  if (body === undefined || (body.content.bytes.length === 0 && body.decodeError === null)) return;
  put.run(bodyKey(number, side), body.content.bytes, body.decodeError);
}

/** Runs work in a transaction that takes the write lock at once, so that waiting for another process can succeed. */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    try {
      database.exec('ROLLBACK');
    } catch {
      // A full disk has SQLite roll back by itself.
    }
    throw error;
  }
}
