import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { GroupQuery, LogGroup } from '../../shared/protocol.ts';
import { bounds, type SqlCondition } from './facetSql.ts';

/** Groups that are told: more of them nobody reads. */
const most = 500;
/** The same for a piece of the log, whose small groups may be big ones of the whole. */
const mostOfPiece = 5000;

/** Groups exchanges by what they have in common; those with most calls first. */
export function createGroups(
  database: DatabaseSync,
  condition: (filter: string) => SqlCondition,
): (query: GroupQuery) => readonly LogGroup[] {
  return ({ filter, by, from = 0, before = Number.MAX_SAFE_INTEGER }) => {
    const { sql, parameters } = condition(filter);
    const columns = by === 'line' ? 'file, line' : by;
    const name = by === 'line' ? 'file' : by;
    return database
      .prepare(
        `WITH groups AS (SELECT ${columns}, count(*) AS calls, count(cause) AS findings, sum(cost) AS cost,
            total(tokens) AS tokens, avg(duration) AS duration, max(number) AS newest, max(started_at) AS newest_at
          FROM facets WHERE number >= :from AND number < :to AND ${sql} GROUP BY ${columns}
          ORDER BY calls DESC LIMIT ${before === Number.MAX_SAFE_INTEGER ? most : mostOfPiece})
        SELECT groups.*, (SELECT value FROM names WHERE id = groups.${name}) AS name FROM groups ORDER BY calls DESC, newest DESC`,
      )
      .all(bounds(from, before), ...parameters)
      .map((row) => ({
        ...keyOf(by, row),
        calls: Number(row.calls),
        findings: Number(row.findings),
        costUsd: row.cost as number | null,
        tokens: Number(row.tokens),
        duration: row.duration as number | null,
        newest: Number(row.newest),
        newestAt: Number(row.newest_at),
      }));
  };
}

function keyOf(by: GroupQuery['by'], row: Record<string, SQLOutputValue>): Pick<LogGroup, 'key' | 'term'> {
  const name = row.name as string | null;
  if (name === null)
    return {
      key: null,
      term: { cause: '-has:finding', line: '-has:line', model: '-has:model' }[by as string] ?? `-${by}:*`,
    };
  const key = by === 'line' ? `${name}:${String(row.line)}` : name;
  return { key, term: `${by}${by === 'line' ? ':' : '='}${quoted(key)}` };
}

/** A value as a filter has it. */
export function quoted(value: string): string {
  return /^[\w./:@-]+$/.test(value) ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;
}
