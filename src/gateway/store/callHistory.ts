import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { CallHistory, SamePlace } from '../../shared/callHistory.ts';
import type { ExchangeId, ExchangeSummary } from '../../shared/exchange.ts';
import { toCallSite, type Row } from './exchangeRow.ts';

const day = 86_400_000;
const hour = 3_600_000;
const minute = 60_000;
/** Lines and models that are told. */
const most = 5;

/** A condition in SQL and what fills it. */
type Condition = readonly [sql: string, ...parameters: SQLInputValue[]];

/** What was called at the API of an exchange in the day before it. */
export function callHistory(database: DatabaseSync, exchange: ExchangeSummary): CallHistory {
  const { number, startedAt } = exchange;
  const since = startedAt - day;
  const [api, ...apiValues] = sameApi(exchange);
  const counted = `FROM exchanges WHERE ${api} AND number <= ? AND started_at >= ? AND (simulated = 0 OR number = ?)`;
  const values = [...apiValues, number, since, number];
  const all = (sql: string, ...before: SQLInputValue[]): Row[] => database.prepare(sql).all(...before, ...values);
  const [totals = {}] = all(
    `SELECT count(*) AS calls, count(cause) AS refused, coalesce(sum(request_size), 0) AS sent,
       coalesce(sum(response_size), 0) AS received, coalesce(sum(tokens), 0) AS tokens, sum(cost) AS cost, count(*) FILTER (WHERE started_at > ?) AS minute,
       count(*) FILTER (WHERE started_at > ?) AS hour ${counted}`,
    startedAt - minute,
    startedAt - hour,
  );
  const lastSuccess = findLastSuccess(database, exchange);
  return {
    since,
    until: startedAt,
    calls: Number(totals.calls),
    refused: Number(totals.refused),
    lastMinute: Number(totals.minute),
    lastHour: Number(totals.hour),
    bytesSent: Number(totals.sent),
    bytesReceived: Number(totals.received),
    tokens: Number(totals.tokens),
    costUsd: totals.cost as number | null,
    lines: all(
      `SELECT *, count(*) AS calls, count(cause) AS refused, sum(cost) AS spent, max(number) ${counted}
       GROUP BY call_file, call_line, CASE WHEN call_file IS NULL THEN method || ' ' || ${bare('path')} END
       ORDER BY calls DESC, number DESC LIMIT ${most}`,
    ).map((row) => ({
      callSite: toCallSite(row),
      method: row.method as string,
      path: (row.path as string).replace(/[?#].*$/s, ''),
      calls: Number(row.calls),
      refused: Number(row.refused),
      costUsd: row.spent as number | null,
    })),
    models: all(
      `SELECT model, count(*) AS calls ${counted} AND model IS NOT NULL GROUP BY model ORDER BY calls DESC LIMIT ${most}`,
    ).map((row) => ({ model: row.model as string, calls: Number(row.calls) })),
    hours: all(
      `SELECT CAST(started_at / ${hour} AS INTEGER) AS at, count(*) AS calls, count(cause) AS refused, sum(cost) AS spent ${counted}
       GROUP BY at ORDER BY at`,
    ).map((row) => ({
      at: Number(row.at) * hour,
      calls: Number(row.calls),
      refused: Number(row.refused),
      costUsd: row.spent as number | null,
    })),
    lastSuccess,
    ...streak(database, exchange, lastSuccess?.number ?? 0),
    servedSince: moment(
      database
        .prepare(
          `SELECT id, started_at FROM exchanges WHERE ${api} AND number > ? AND ${served} AND method = ?
          AND ${bare('path')} = ? COLLATE NOCASE ORDER BY number DESC LIMIT 1`,
        )
        .get(...apiValues, number, exchange.method, barePath(exchange)),
    ),
  };
}

/** Answered as wished, and by the upstream. */
const served = `cause IS NULL AND state = 'complete' AND status BETWEEN 200 AND 399 AND simulated = 0`;

/** The nearest place counts for more than the newest call: another line may call something else altogether. */
function findLastSuccess(
  database: DatabaseSync,
  exchange: ExchangeSummary,
): (NonNullable<CallHistory['lastSuccess']> & { readonly number: number }) | null {
  const [api, ...apiValues] = sameApi(exchange);
  for (const [samePlace, [sql, ...values]] of places(exchange)) {
    const row = database
      .prepare(
        `SELECT id, number, started_at FROM exchanges WHERE ${api} AND number < ? AND ${served} AND ${sql}
         ORDER BY number DESC LIMIT 1`,
      )
      .get(...apiValues, exchange.number, ...values);
    if (row !== undefined)
      return { id: row.id as ExchangeId, number: Number(row.number), at: Number(row.started_at), samePlace };
  }
  return null;
}

/** The refusals at the same place since it was served. */
function streak(
  database: DatabaseSync,
  exchange: ExchangeSummary,
  after: number,
): Pick<CallHistory, 'firstRefusal' | 'inARow'> {
  const [api, ...apiValues] = sameApi(exchange);
  const [[, [sql, ...values]]] = places(exchange);
  const refused = `FROM exchanges WHERE ${api} AND ${sql} AND cause IS NOT NULL AND number > ? AND number <= ?
    AND (simulated = 0 OR number = ?)`;
  const all = [...apiValues, ...values, after, exchange.number, exchange.number];
  return {
    firstRefusal: moment(database.prepare(`SELECT id, started_at ${refused} ORDER BY number LIMIT 1`).get(...all)),
    inARow: Number(database.prepare(`SELECT count(*) AS refused ${refused}`).get(...all)?.refused),
  };
}

function sameApi({ api, host }: ExchangeSummary): Condition {
  return api === null ? ['api IS NULL AND host = ?', host] : ['api = ?', api];
}

/** Where the same call may have been made before, nearest first. A line moves while one edits, its function less so. */
function places(exchange: ExchangeSummary): readonly [Place, ...Place[]] {
  const { callSite, method } = exchange;
  const [samePath, ...call] = [
    `method = ? AND ${bare('path')} = ? COLLATE NOCASE`,
    method,
    barePath(exchange),
  ] as const;
  const path: Place = ['path', [samePath, ...call]];
  const api: Place = ['api', ['1']];
  if (callSite === null) return [path, api];
  const { file, line, function: name } = callSite;
  const inFunction: Place = ['function', [`call_file = ? AND call_function IS ? AND ${samePath}`, file, name, ...call]];
  return [['line', ['call_file = ? AND call_line = ?', file, line]], inFunction, path, api];
}
type Place = readonly [SamePlace, Condition];

/** A path column without its query. */
function bare(column: string): string {
  return `CASE instr(${column}, '?') WHEN 0 THEN ${column} ELSE substr(${column}, 1, instr(${column}, '?') - 1) END`;
}

function barePath({ path }: ExchangeSummary): string {
  return path.split('?', 1)[0] ?? '';
}

function moment(row: Readonly<Record<string, SQLOutputValue>> | undefined): CallHistory['servedSince'] {
  return row === undefined ? null : { id: row.id as ExchangeId, at: Number(row.started_at) };
}
