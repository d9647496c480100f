import type { DatabaseSync } from 'node:sqlite';
import { latencyStep } from './latencySteps.ts';
import { trendGrains } from './trendTables.ts';

/** Exchanges of earlier versions that are added in one go. */
const slice = 2000;
/** Series remembered with their ids. */
const mostSeries = 5000;

/** What an exchange that has ended adds to the sums. */
export interface TrendShare {
  readonly series: string;
  readonly startedAt: number;
  readonly latency: number;
  readonly input: number;
  readonly output: number;
  readonly cost: number;
}

/** Keeps the sums of what calls came to, within the transactions that save them. */
export interface TrendWriter {
  /** What the stored exchange has added; null for one that runs, is a rehearsal, or will be added later. */
  shareOf(number: number): TrendShare | null;
  /** Gathers a change: what went, what came. */
  change(before: TrendShare | null, after: TrendShare | null): void;
  /** Adds what was gathered, at the end of the transaction. */
  flush(): void;
  /** Adds some of what an earlier version stored. @returns whether there is more. */
  catchUp(): boolean;
  /** After a transaction failed. */
  forget(): void;
}

type Sums = [calls: number, input: number, output: number, cost: number];

const seriesColumns = 'api, host, provider, model, application, file, line, cause, failed';
const share = `
  SELECT number, started_at, duration, cost, tokens,
    (SELECT json_extract(usage, '$.outputTokens') FROM exchanges WHERE exchanges.number = facets.number) AS output,
    coalesce(api, 0) || ',' || host || ',' || coalesce(provider, 0) || ',' || coalesce(model, 0) || ',' ||
      coalesce(application, 0) || ',' || coalesce(file, 0) || ',' || coalesce(line, 0) || ',' || coalesce(cause, 0) || ',' ||
      (coalesce(status, 0) >= 400 OR (SELECT value FROM names WHERE id = state) IS 'failed') AS series
  FROM facets WHERE simulated = 0 AND coalesce((SELECT value FROM names WHERE id = state), '') <> 'open' AND `;

export function createTrendWriter(database: DatabaseSync): TrendWriter {
  const one = database.prepare(`${share} number = ?`);
  const older = database.prepare(`${share} number > ? AND number <= ?`);
  const findSeries = database.prepare(
    `SELECT id FROM trend_series WHERE (${seriesColumns}) = (${seriesColumns.replace(/\w+/g, '?')})`,
  );
  const addSeries = database.prepare(
    `INSERT INTO trend_series (${seriesColumns}) VALUES (${seriesColumns.replace(/\w+/g, '?')})`,
  );
  const add = database.prepare(`INSERT INTO trends VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET calls = calls + excluded.calls, input = input + excluded.input,
      output = output + excluded.output, cost = cost + excluded.cost`);
  const drop = database.prepare(
    'DELETE FROM trends WHERE (grain, step, series, latency) = (?, ?, ?, ?) AND calls <= 0',
  );
  const backlog = database.prepare('SELECT upto FROM trend_backlog');
  const shorten = database.prepare('UPDATE trend_backlog SET upto = ?');
  const ids = new Map<string, number>();
  const gathered = new Map<string, { readonly share: TrendShare; readonly sums: Sums }>();
  /** Once it is 0 it stays so. */
  let upto: number | null = null;

  const waiting = (): number => {
    if (upto !== 0) upto = Number(backlog.get()?.upto ?? 0);
    return upto;
  };

  const gather = (share: TrendShare, sign: 1 | -1): void => {
    const key = `${Math.floor(share.startedAt / 60_000)} ${share.series} ${share.latency}`;
    const known = gathered.get(key) ?? { share, sums: [0, 0, 0, 0] };
    gathered.set(key, known);
    known.sums[0] += sign;
    known.sums[1] += sign * share.input;
    known.sums[2] += sign * share.output;
    known.sums[3] += sign * share.cost;
  };

  const idOf = (series: string): number => {
    const known = ids.get(series);
    if (known !== undefined) return known;
    const values = series.split(',').map(Number);
    const id = Number(findSeries.get(...values)?.id ?? addSeries.run(...values).lastInsertRowid);
    if (ids.size >= mostSeries) ids.clear();
    ids.set(series, id);
    return id;
  };

  const flush = (): void => {
    for (const { share, sums } of gathered.values()) {
      if (sums.every((sum) => sum === 0)) continue;
      const id = idOf(share.series);
      for (const { minutes } of trendGrains) {
        const key = [minutes, Math.floor(share.startedAt / (minutes * 60_000)), id, share.latency] as const;
        add.run(...key, ...sums);
        if (sums[0] < 0) drop.run(...key);
      }
    }
    gathered.clear();
  };

  return {
    shareOf: (number) => {
      if (number <= waiting()) return null;
      const row = one.get(number);
      return row === undefined ? null : toShare(row);
    },
    change: (before, after) => {
      if (before !== null) gather(before, -1);
      if (after !== null) gather(after, 1);
    },
    flush,
    catchUp: () => {
      const to = waiting();
      if (to <= 0) return false;
      const from = Math.max(0, to - slice);
      for (const row of older.all(from, to)) gather(toShare(row), 1);
      flush();
      shorten.run(from);
      return from > 0;
    },
    forget: () => {
      gathered.clear();
      ids.clear();
    },
  };
}

function toShare(row: Readonly<Record<string, unknown>>): TrendShare {
  const tokens = Number(row.tokens ?? 0);
  const output = Math.min(tokens, Number(row.output ?? 0));
  return {
    series: String(row.series),
    startedAt: Number(row.started_at),
    latency: latencyStep(row.duration as number | null),
    input: tokens - output,
    output,
    cost: Number(row.cost ?? 0),
  };
}
