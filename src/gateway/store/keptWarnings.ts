import type { DatabaseSync } from 'node:sqlite';
import type { Mute, WarningKind } from '../../shared/warning.ts';
import type { Entry } from '../warnings/gaugeBook.ts';
import type { KeptWarnings } from '../warnings/warningDesk.ts';

/** Milliseconds after which a gauge that was not read again is forgotten. */
const lifetime = 40 * 86_400_000;

/** Keeps gauges and mutes from one run to the next. */
export interface WarningStore {
  /** `now` is in milliseconds since 1970. */
  load(now: number): KeptWarnings;
  saveGauges(gauges: KeptWarnings['gauges']): void;
  saveMutes(mutes: readonly Mute[]): void;
}

export function createWarningStore(database: DatabaseSync): WarningStore {
  const inTransaction = (work: () => void): void => {
    database.exec('BEGIN IMMEDIATE');
    try {
      work();
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  };
  return {
    load: (now) => {
      database.prepare('DELETE FROM gauges WHERE read_at < ?').run(now - lifetime);
      return {
        gauges: database
          .prepare('SELECT id, entry FROM gauges ORDER BY read_at')
          .all()
          .map((row) => [row.id as string, JSON.parse(row.entry as string) as Entry] as const),
        mutes: database
          .prepare('SELECT api, kind FROM mutes')
          .all()
          .map((row) => ({ api: row.api as string, kind: row.kind === '' ? null : (row.kind as WarningKind) })),
      };
    },
    saveGauges: (gauges) => {
      const save = database.prepare('INSERT OR REPLACE INTO gauges VALUES (?, ?, ?)');
      inTransaction(() => {
        for (const [id, entry] of gauges) save.run(id, entry.series.samples.at(-1)?.at ?? 0, JSON.stringify(entry));
      });
    },
    saveMutes: (mutes) => {
      const save = database.prepare('INSERT OR IGNORE INTO mutes VALUES (?, ?)');
      inTransaction(() => {
        database.exec('DELETE FROM mutes');
        for (const { api, kind } of mutes) save.run(api, kind ?? '');
      });
    },
  };
}
