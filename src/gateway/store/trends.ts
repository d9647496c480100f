import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ChannelError } from '../../shared/channel.ts';
import {
  causeNamed,
  errorTerm,
  isTrendQuery,
  type TrendCause,
  type TrendGrouping,
  type TrendLine,
  type TrendQuery,
  type Trends,
  type TrendSeries,
  type TrendSum,
} from '../../shared/trends.ts';
import { quoted } from './groups.ts';
import { addSums, openSums, toTrendSum, type OpenSums } from './trendSums.ts';

/** Series that are told apart; the others are told together. */
const most = 6;
const quarter = 15;

/** One combination of what was asked for, summed up. */
interface Part {
  readonly slot: number;
  readonly key: string | null;
  readonly term: string;
  readonly cause: string | null;
  readonly sums: OpenSums;
}

const nameOf = (column: string): string => `(SELECT value FROM names WHERE id = ${column})`;
const groups: Readonly<Record<TrendGrouping, { readonly columns: string; readonly key: string }>> = {
  all: { columns: 'trend_series.id * 0', key: 'NULL' },
  api: { columns: 'api, CASE api WHEN 0 THEN host ELSE 0 END', key: `coalesce(${nameOf('api')}, ${nameOf('host')})` },
  model: { columns: 'model', key: nameOf('model') },
  provider: { columns: 'provider', key: nameOf('provider') },
  application: { columns: 'application', key: nameOf('application') },
  line: { columns: 'file, line', key: `${nameOf('file')} || ':' || line` },
};

const whose = ({ applications }: TrendQuery): string =>
  applications === undefined
    ? ''
    : ` AND application IN
        (SELECT id FROM names WHERE kind = 'application' AND value IN (SELECT value FROM json_each(:applications)))`;
const named = ({ applications }: TrendQuery): Readonly<Record<string, string>> =>
  applications === undefined ? {} : { applications: JSON.stringify(applications) };

/** Tells what calls came to over time. Fails with `bad_trend_query`. */
export function createTrends(database: DatabaseSync): (query: TrendQuery) => Trends {
  const parts = (query: TrendQuery, from: number, to: number): readonly Part[] => {
    const minutes = query.step % (quarter * 60_000) === 0 ? quarter : 1;
    const grain = minutes * 60_000;
    const { columns, key } = groups[query.by];
    return database
      .prepare(
        `SELECT CAST((step * ${grain} - :from) / :width AS INTEGER) AS slot, ${key} AS key, api, ${nameOf('cause')} AS cause, failed,
           latency, sum(calls) AS calls, sum(input) AS input, sum(output) AS output, sum(cost) AS cost
         FROM trends JOIN trend_series ON trend_series.id = series
         WHERE grain = ${minutes} AND step >= :first AND step < :last${whose(query)}
         GROUP BY slot, ${columns}, cause, failed, latency`,
      )
      .all({ from, width: query.step, first: Math.ceil(from / grain), last: Math.ceil(to / grain), ...named(query) })
      .map((row) => {
        const [calls, input, output, cost] = [row.calls, row.input, row.output, row.cost].map(Number) as [
          ...[number, number, number, number],
        ];
        const name = row.key as string | null;
        return {
          slot: Number(row.slot),
          key: name,
          term: termOf(query.by, name, row.api !== 0),
          cause: row.failed === 1 ? ((row.cause as string | null) ?? '') : null,
          sums: {
            ...{ calls, input, output, cost, errors: row.failed === 1 ? calls : 0 },
            latencies: new Map([[Number(row.latency), calls]]),
          },
        };
      });
  };

  const lines = (query: TrendQuery): StatementSync =>
    database.prepare(`
    SELECT ${nameOf('file')} AS file, line, sum(calls) AS calls, sum(calls * failed) AS errors,
      sum(input + output) AS tokens, sum(cost) AS cost
    FROM trends JOIN trend_series ON trend_series.id = series
    WHERE grain = :minutes AND step >= :first AND step < :last AND file <> 0${whose(query)}
    GROUP BY trend_series.file, line ORDER BY cost DESC, calls DESC LIMIT 10`);

  return (query) => {
    if (!isTrendQuery(query))
      throw new ChannelError('bad_trend_query', 'Name whole minutes, at most 1000 steps, and what to group by.');
    const { since, until, step } = query;
    const minutes = step % (quarter * 60_000) === 0 ? quarter : 1;
    const length = until - since;
    const steps = Math.ceil(length / step);
    const now = parts(query, since, since + steps * step);
    // The last step may have just begun; what it is compared with ends at the same time of it.
    const before = parts(query, since - steps * step, until - steps * step);
    return {
      ...query,
      total: { ...seriesOf(null, '', now, before, steps), pointsBefore: pointsOf(before, steps) },
      series: query.by === 'all' ? [] : topSeries(now, before, steps),
      causes: causesOf(now, before, steps),
      lines: lines(query)
        .all({
          ...named(query),
          minutes,
          first: Math.ceil(since / (minutes * 60_000)),
          last: Math.ceil((since + steps * step) / (minutes * 60_000)),
        })
        .map((row): TrendLine => ({
          file: String(row.file),
          line: Number(row.line),
          calls: Number(row.calls),
          errors: Number(row.errors),
          tokens: Number(row.tokens),
          costUsd: Number(row.cost),
        })),
    };
  };
}

function termOf(by: TrendGrouping, key: string | null, declared: boolean): string {
  if (by === 'all') return '';
  if (key === null) return { line: '-has:line', model: '-has:model' }[by as string] ?? `-${by}:*`;
  if (by === 'api' && !declared) return `-api:* host=${quoted(key)}`;
  return `${by}${by === 'line' ? ':' : '='}${quoted(key)}`;
}

function pointsOf(parts: readonly Part[], steps: number): readonly TrendSum[] {
  const points = Array.from({ length: steps }, openSums);
  for (const { slot, sums } of parts) {
    const point = points[slot];
    if (point !== undefined) addSums(point, sums);
  }
  return points.map(toTrendSum);
}

function sumOf(parts: readonly Part[]): TrendSum {
  const sums = openSums();
  for (const part of parts) addSums(sums, part.sums);
  return toTrendSum(sums);
}

function seriesOf(
  key: string | null,
  term: string | null,
  now: readonly Part[],
  before: readonly Part[],
  steps: number,
): TrendSeries {
  return { key, term, sum: sumOf(now), before: sumOf(before), points: pointsOf(now, steps) };
}

/** Those with most calls or the dearest, and the rest together. */
function topSeries(now: readonly Part[], before: readonly Part[], steps: number): readonly TrendSeries[] {
  const total = sumOf(now);
  const byTerm = Map.groupBy(now, ({ term }) => term);
  const beforeByTerm = Map.groupBy(before, ({ term }) => term);
  const ranked = [...byTerm]
    .map(([term, parts]) => {
      const { calls, costUsd } = sumOf(parts);
      return { term, parts, weight: Math.max(calls / total.calls, total.costUsd > 0 ? costUsd / total.costUsd : 0) };
    })
    .sort((a, b) => b.weight - a.weight || (a.parts[0]?.key ?? '').localeCompare(b.parts[0]?.key ?? ''));
  const shown = ranked.slice(0, ranked.length === most + 1 ? most + 1 : most);
  const told = shown.map(({ term, parts }) =>
    seriesOf(parts[0]?.key ?? null, term, parts, beforeByTerm.get(term) ?? [], steps),
  );
  const rest = ranked.slice(shown.length);
  if (rest.length === 0) return told;
  const named = new Set(shown.map(({ term }) => term));
  const others = [...beforeByTerm].flatMap(([term, parts]) => (named.has(term) ? [] : parts));
  return [
    ...told,
    seriesOf(
      null,
      null,
      rest.flatMap(({ parts }) => parts),
      others,
      steps,
    ),
  ];
}

function causesOf(now: readonly Part[], before: readonly Part[], steps: number): readonly TrendCause[] {
  const count = (parts: readonly Part[]): number => parts.reduce((sum, { sums }) => sum + sums.calls, 0);
  const failed = (parts: readonly Part[]): Map<string | null, Part[]> =>
    Map.groupBy(
      parts.filter(({ cause }) => cause !== null),
      ({ cause }) => causeNamed(cause),
    );
  const earlier = failed(before);
  return [...failed(now)]
    .map(([cause, parts]) => {
      const points = Array.from({ length: steps }, () => 0);
      for (const { slot, sums } of parts) points[slot] = (points[slot] ?? 0) + sums.calls;
      return {
        cause: causeNamed(cause),
        term: cause === null ? `${errorTerm} -has:finding` : `cause=${cause}`,
        calls: count(parts),
        before: count(earlier.get(cause) ?? []),
        points,
      };
    })
    .sort((a, b) => b.calls - a.calls);
}
