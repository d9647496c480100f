import type { DatabaseSync } from 'node:sqlite';
import type { GatewaySettings } from '../../shared/settings.ts';
import { bodyFolderOf, deleteBodyFiles } from '../bodyFiles/bodyFileTable.ts';
import { ledgerStep } from './spendingTables.ts';
import { transaction } from './store.ts';
import { trendGrains } from './trendTables.ts';

/** Exchanges deleted in one go: few enough that nobody waits for it. */
const slice = 200;
/** Once the store is too big it shrinks to this share of its limit, so that the work is not done for every exchange. */
const target = 0.9;

/** Deletes what is too old or too much, oldest first. */
export interface Retention {
  /** Does a slice of the work. @returns whether there is more to do. */
  step(settings: GatewaySettings, now: number): boolean;
}

/** Days that the sums of what was spent are kept: a year, and to compare with it. */
const ledgerDays = 400;
/** Milliseconds between two looks for older ones. */
const forgetPeriod = 3_600_000;

export function createRetention(database: DatabaseSync): Retention {
  const pageSize = pragma(database, 'page_size');
  // Those that run are left alone, unless they are so old that nobody can be waiting for them.
  const tooOld = database.prepare(
    `SELECT number FROM exchanges WHERE started_at < ? AND (state <> 'open' OR started_at < ?) ORDER BY started_at LIMIT ${slice}`,
  );
  const oldest = database.prepare(`SELECT number FROM exchanges WHERE state <> 'open' ORDER BY number LIMIT ${slice}`);
  const sizes = database.prepare(
    `SELECT (SELECT coalesce(sum(length(bytes)), 0) FROM bodies WHERE key IN (:a, :b)) +
      (SELECT coalesce(sum(length(bytes)), 0) FROM client_bodies WHERE key IN (:a, :b)) AS size`,
  );
  const deleteExchange = database.prepare('DELETE FROM exchanges WHERE number = ?');
  const deleteFacets = database.prepare('DELETE FROM facets WHERE number = ?');
  const deleteTexts = database.prepare('DELETE FROM texts WHERE rowid = ?');
  const deleteBodies = database.prepare('DELETE FROM bodies WHERE key IN (?, ?)');
  const deleteClientBodies = database.prepare('DELETE FROM client_bodies WHERE key IN (?, ?)');
  const folder = bodyFolderOf(database);
  const deleteFiles = database.prepare('DELETE FROM body_files WHERE key IN (?, ?) RETURNING file');
  const fileBytes = database.prepare('SELECT coalesce(sum(size), 0) AS size FROM body_files');
  const dropOldestFile = database.prepare(
    'DELETE FROM body_files WHERE key = (SELECT min(key) FROM body_files) RETURNING file, size',
  );
  const forgetSpending = database.prepare('DELETE FROM spending WHERE step < ?');
  const forgetTrends = database.prepare('DELETE FROM trends WHERE grain = ? AND step < ?');
  let shrinking = false;
  let forgotAt = -Infinity;

  /** Bytes of content, which the file's size is not: deleted pages stay in it for a while. */
  const liveBytes = (): number => (pragma(database, 'page_count') - pragma(database, 'freelist_count')) * pageSize;

  /** Bodies fall back to their beginnings, oldest first, until those files fit that are left. */
  const limitFiles = (limit: number): void => {
    for (let total = Number(fileBytes.get()?.size ?? 0); total > limit;) {
      const gone = dropOldestFile.get();
      if (gone === undefined) return;
      total -= Number(gone.size);
      deleteBodyFiles(folder, [String(gone.file)]);
    }
  };

  const remove = (numbers: readonly number[], enough: number): void => {
    const files: string[] = [];
    transaction(database, () => {
      let freed = 0;
      for (const number of numbers) {
        if (freed >= enough) return;
        const keys = [number * 2, number * 2 + 1] as const;
        // A row and its index entries take about this much beside the bodies.
        freed += Number(sizes.get({ a: keys[0], b: keys[1] })?.size ?? 0) + 2048;
        files.push(...deleteFiles.all(...keys).map(({ file }) => String(file)));
        deleteBodies.run(...keys);
        deleteClientBodies.run(...keys);
        deleteFacets.run(number);
        deleteTexts.run(number);
        deleteExchange.run(number);
      }
    });
    deleteBodyFiles(folder, files);
    database.exec('PRAGMA incremental_vacuum(4096)');
  };

  return {
    step: (settings, now) => {
      if (now - forgotAt > forgetPeriod) {
        forgetSpending.run(Math.floor((now - ledgerDays * 86_400_000) / ledgerStep));
        for (const { minutes, days } of trendGrains)
          forgetTrends.run(minutes, Math.floor((now - days * 86_400_000) / (minutes * 60_000)));
        forgotAt = now;
      }
      limitFiles(settings.bodyFileBytes);
      const cutoff = now - settings.retentionDays * 86_400_000;
      const old = tooOld.all(cutoff, cutoff - 86_400_000).map(({ number }) => Number(number));
      if (old.length > 0) {
        remove(old, Infinity);
        return true;
      }
      const limit = settings.retentionMegabytes * 1024 * 1024;
      const live = liveBytes();
      shrinking = live > limit || (shrinking && live > limit * target);
      if (!shrinking) return false;
      const numbers = oldest.all().map(({ number }) => Number(number));
      if (numbers.length === 0) return false;
      remove(numbers, live - limit * target);
      return true;
    },
  };
}

function pragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
}
