import type { DatabaseSync } from 'node:sqlite';
import { mostBytes } from '../cache/answerCache.ts';
import type { CachedAnswer } from '../cache/cachedAnswer.ts';

/** Cached answers on the disk, no more of them than fit into the cache. */
export interface AnswerStore {
  /** `now` is in milliseconds since 1970; what has ended goes. */
  all(now: number): readonly CachedAnswer[];
  put(answer: CachedAnswer): void;
  drop(keys: readonly string[]): void;
}

/** One table; answers in which there is a secret never come here. */
export const answerTable = `
  CREATE TABLE answers (
    key TEXT PRIMARY KEY,
    until REAL NOT NULL,
    head TEXT NOT NULL,
    bytes BLOB NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX answers_until ON answers (until);
`;

export function createAnswerStore(database: DatabaseSync): AnswerStore {
  const insert = database.prepare('INSERT OR REPLACE INTO answers (key, until, head, bytes) VALUES (?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM answers WHERE key = ?');
  const size = database.prepare('SELECT coalesce(sum(length(bytes)), 0) AS size FROM answers');
  const soonest = database.prepare(
    'DELETE FROM answers WHERE key IN (SELECT key FROM answers ORDER BY until LIMIT 50)',
  );
  return {
    all: (now) => {
      database.prepare('DELETE FROM answers WHERE until <= ?').run(now);
      return database
        .prepare('SELECT head, bytes FROM answers')
        .all()
        .map(({ head, bytes }) => ({
          ...(JSON.parse(head as string) as Omit<CachedAnswer, 'body'>),
          body: bytes as Uint8Array,
        }));
    },
    put: ({ body, ...head }) => {
      insert.run(head.key, head.until, JSON.stringify(head), body);
      while (Number(size.get()?.size ?? 0) > mostBytes && Number(soonest.run().changes) > 0);
    },
    drop: (keys) => {
      for (const key of keys) remove.run(key);
    },
  };
}
