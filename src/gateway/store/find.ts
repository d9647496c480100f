import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { LogSort } from '../../shared/protocol.ts';
import { bounds, type SqlCondition } from './facetSql.ts';
import type { NameKind } from './facetWriter.ts';

/** Milliseconds after which looking pauses, to go on when it is asked for. */
export const patience = 30;
/** Rows looked at in one go at first; how many it becomes depends on how long that took. */
const firstSpan = 4000;
/** The same where each look costs much however few rows it is about. */
const slowSpan = 250_000;

/** Numbers of exchanges that match, and how far was looked. */
export interface Found {
  readonly numbers: readonly number[];
  /** Matches with numbers below this have not been looked for; 0 where all were. */
  readonly below: number;
}

/** How many match, as far as was counted. */
export interface Counted {
  readonly total: number;
  /** Those with numbers below this are not in the total; 0 where all are. */
  readonly below: number;
}

/** Looks for exchanges in steps, newest first, so that every question is answered soon. */
export interface Finder {
  /** `offset` matches are passed over. With a sort, all rows are looked at. */
  find(condition: SqlCondition, before: number | null, offset: number, limit: number): Found;
  sorted(condition: SqlCondition, sort: LogSort, offset: number, limit: number): readonly number[];
  /** `milliseconds` instead of the usual ones may be little: then few are looked at. */
  count(condition: SqlCondition, before: number | null, milliseconds?: number): Counted;
}

export function createFinder(database: DatabaseSync): Finder {
  const newest = database.prepare('SELECT max(number) AS newest FROM facets');
  const all = database.prepare('SELECT count(*) AS total FROM facets');
  const end = (before: number | null): number => Math.min(before ?? Infinity, Number(newest.get()?.newest ?? 0) + 1);

  /** Goes down through the numbers until `look` has enough or patience ends. @returns below which nobody looked. */
  const descend = (
    start: number,
    isSlow: boolean,
    look: (from: number, to: number) => boolean,
    limit = patience,
  ): number => {
    const begun = performance.now();
    let span = isSlow ? slowSpan : firstSpan;
    for (let to = start; to > 1;) {
      const from = Math.max(1, to - span);
      const at = performance.now();
      const enough = look(from, to);
      to = from;
      const now = performance.now();
      if (to <= 1) return 0;
      if (enough || now - begun > limit) return to;
      span = Math.round(span * Math.min(8, Math.max(0.25, (limit - (now - begun)) / Math.max(0.5, now - at))));
    }
    return 0;
  };

  const run = (sql: string, parameters: readonly SQLInputValue[], from: number, to: number) =>
    database.prepare(sql).all(bounds(from, to), ...parameters);

  /** The list as it was sorted when it was scrolled first: its pages must fit together. */
  let snapshot: { readonly key: string; readonly numbers: Float64Array } | null = null;

  const allSorted = (sql: string, parameters: readonly SQLInputValue[], sort: LogSort): Float64Array => {
    const range = bounds(0, Number.MAX_SAFE_INTEGER);
    let numbers = new Float64Array(65_536);
    let count = 0;
    for (const { number } of database.prepare(sortedSelect(sql, sort)).iterate(range, ...parameters)) {
      if (count === numbers.length) {
        const grown = new Float64Array(count * 2);
        grown.set(numbers);
        numbers = grown;
      }
      numbers[count++] = Number(number);
    }
    return numbers.subarray(0, count);
  };

  return {
    find: ({ sql, parameters, isSlow = false }, before, offset, limit) => {
      const statement = `SELECT number FROM facets WHERE number >= :from AND number < :to AND ${sql} ORDER BY number DESC LIMIT ? OFFSET ?`;
      const counting = `SELECT count(*) AS found FROM facets WHERE number >= :from AND number < :to AND ${sql}`;
      const numbers: number[] = [];
      let skip = offset;
      const below = descend(end(before), isSlow, (from, to) => {
        if (skip > 0) {
          const found = Number(run(counting, parameters, from, to)[0]?.found ?? 0);
          if (found <= skip) {
            skip -= found;
            return false;
          }
        }
        const rows = run(statement, [...parameters, limit - numbers.length, skip], from, to);
        skip = 0;
        for (const { number } of rows) numbers.push(Number(number));
        return numbers.length >= limit;
      });
      return { numbers, below };
    },
    sorted: ({ sql, parameters }, sort, offset, limit) => {
      if (offset === 0) {
        snapshot = null;
        const statement = `${sortedSelect(sql, sort)} LIMIT ?`;
        return run(statement, [...parameters, limit], 0, Number.MAX_SAFE_INTEGER).map(({ number }) => Number(number));
      }
      const key = JSON.stringify([sql, parameters, sort]);
      if (snapshot?.key !== key) snapshot = { key, numbers: allSorted(sql, parameters, sort) };
      return [...snapshot.numbers.subarray(offset, offset + limit)];
    },
    count: ({ sql, parameters, isSlow = false }, before, milliseconds) => {
      if (sql === 'TRUE' && before === null) return { total: Number(all.get()?.total), below: 0 };
      const counting = `SELECT count(*) AS found FROM facets WHERE number >= :from AND number < :to AND ${sql}`;
      let total = 0;
      const look = (from: number, to: number): boolean => {
        total += Number(run(counting, parameters, from, to)[0]?.found ?? 0);
        return false;
      };
      const below = descend(end(before), isSlow, look, milliseconds);
      return { total, below };
    },
  };
}

function sortedSelect(sql: string, { by, descending }: LogSort): string {
  const direction = descending ? 'DESC' : 'ASC';
  const { names, columns } = orders[by];
  const joins = names.map(
    (kind) =>
      `LEFT JOIN (SELECT id, row_number() OVER (ORDER BY value) AS place FROM names WHERE kind = '${kind}') AS ${kind}_names ON ${kind}_names.id = facets.${kind}`,
  );
  const keys = [...names.map((kind) => `${kind}_names.place`), ...columns.map((column) => `facets.${column}`)];
  const order = keys.map((key) => `${key} ${direction} NULLS LAST`).join(', ');
  return `SELECT number FROM facets ${joins.join(' ')} WHERE number >= :from AND number < :to AND ${sql} ORDER BY ${order}, number DESC`;
}

/** By what each column sorts: the places of names among all of their kind, then columns of the table. */
const orders: Readonly<
  Record<LogSort['by'], { readonly names: readonly NameKind[]; readonly columns: readonly string[] }>
> = {
  number: { names: [], columns: ['number'] },
  time: { names: [], columns: ['started_at'] },
  method: { names: ['method'], columns: [] },
  api: { names: ['api'], columns: [] },
  url: { names: ['host', 'path'], columns: [] },
  status: { names: [], columns: ['status'] },
  cause: { names: ['cause'], columns: [] },
  line: { names: ['file'], columns: ['line'] },
  model: { names: ['model'], columns: [] },
  duration: { names: [], columns: ['duration'] },
  cost: { names: [], columns: ['cost'] },
  size: { names: [], columns: ['response_size'] },
};
