import type { Gauge } from '../shared/gauge.ts';

/** What a gauge showed at a moment. Times are in milliseconds since 1970. */
export interface Sample {
  readonly at: number;
  readonly remaining: number;
  readonly resetAt: number | null;
}

/** The readings of one gauge in its present period. */
export interface Series extends Omit<Gauge, 'remaining' | 'resetAt'> {
  /** Oldest first, thinned out; the first and the last are always those of the period. */
  readonly samples: readonly Sample[];
  /** Readings of the period, those thinned out included. */
  readonly count: number;
  /** When nearly nothing was left, in this period and those before. */
  readonly lows: readonly number[];
}

/** Milliseconds between samples worth keeping. */
const gap = 20_000;
const mostSamples = 120;
const mostLows = 12;

/** The series with one more reading; begun anew where the gauge was reset, topped up or changed. */
export function extend(series: Series | null, gauge: Gauge, at: number): Series {
  const { remaining, resetAt, ...lasting } = gauge;
  const last = series?.samples.at(-1);
  const lows = lowsWith(series?.lows ?? [], gauge, at);
  if (series === null || last === undefined || isNewPeriod(series, last, gauge, at))
    return { ...lasting, samples: [{ at, remaining, resetAt }], count: 1, lows };
  // Answers overtake one another; a later one that tells of more is an earlier one.
  const sample = { at: Math.max(at, last.at), remaining: Math.min(remaining, last.remaining), resetAt };
  const before = series.samples.at(-2);
  const replaces = before !== undefined && last.at - before.at < gap;
  const samples = thinned([...(replaces ? series.samples.slice(0, -1) : series.samples), sample]);
  return { ...lasting, window: gauge.window ?? series.window, samples, count: series.count + 1, lows };
}

function isNewPeriod({ limit, unit }: Series, last: Sample, gauge: Gauge, at: number): boolean {
  if (gauge.limit !== limit || gauge.unit !== unit) return true;
  if (last.resetAt !== null && at >= last.resetAt && gauge.remaining > last.remaining) return true;
  const noise =
    gauge.kind === 'balance' ? Math.abs(last.remaining) * 0.01 : Math.max(1, (limit ?? last.remaining) * 0.02);
  return gauge.remaining > last.remaining + noise;
}

function lowsWith(lows: readonly number[], { kind, remaining, limit }: Gauge, at: number): readonly number[] {
  // Of a handful there is always one too few.
  const isLow = kind === 'quota' && limit !== null && limit >= 5 && remaining <= Math.max(1, limit * 0.05);
  const newest = lows.at(-1);
  if (!isLow || (newest !== undefined && at - newest < gap)) return lows;
  return [...lows, at].slice(-mostLows);
}

function thinned(samples: readonly Sample[]): readonly Sample[] {
  return samples.length <= mostSamples
    ? samples
    : samples.filter((_, index) => index % 2 === 0 || index === samples.length - 1);
}
