import { causes, type Cause } from './finding.ts';

/** What the calls can be told apart by over time; `all` does not tell them apart. */
export const trendGroupings = ['all', 'api', 'model', 'provider', 'application', 'line'] as const;
export type TrendGrouping = (typeof trendGroupings)[number];

/** What to add up: whole steps from `since`, the last of which may reach beyond `until`. Milliseconds all. */
export interface TrendQuery {
  /** Since 1970; the beginning of the first step, at a full minute. */
  readonly since: number;
  /** Since 1970; usually now. */
  readonly until: number;
  /** The length of a step: a multiple of a minute, and of a quarter of an hour where it is that long ago. */
  readonly step: number;
  readonly by: TrendGrouping;
  /** Only the calls with keys of these applications; all by default. */
  readonly applications?: readonly string[];
}

/** What calls of some time came to. Rehearsed ones do not count. */
export interface TrendSum {
  /** Those that ended. */
  readonly calls: number;
  /** Those that were refused or failed; a client that closes a stream is no error. */
  readonly errors: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costUsd: number;
  /** Half of the calls took this many milliseconds at most, exact to 5 %; null where none ended. */
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p99: number | null;
}

/** Calls that have something in common, step by step. */
export interface TrendSeries {
  /** What they have in common; null for those that lack it. */
  readonly key: string | null;
  /** The filter term that finds them; empty for all, null for what is left over. */
  readonly term: string | null;
  readonly sum: TrendSum;
  /** As long a time before. */
  readonly before: TrendSum;
  readonly points: readonly TrendSum[];
}

/** Refusals for one cause, step by step. */
export interface TrendCause {
  /** Null for errors of which the cause is not known. */
  readonly cause: Cause | null;
  readonly term: string;
  readonly calls: number;
  readonly before: number;
  readonly points: readonly number[];
}

/** What the calls of one line of code have cost. */
export interface TrendLine {
  readonly file: string;
  readonly line: number;
  readonly calls: number;
  readonly errors: number;
  readonly tokens: number;
  readonly costUsd: number;
}

/** What calls came to over time, from sums that outlast the calls themselves. */
export interface Trends extends TrendQuery {
  /** All calls, and the same steps as long before. */
  readonly total: TrendSeries & { readonly pointsBefore: readonly TrendSum[] };
  /** With most calls or the dearest; the others together are the last, with `term` null. Empty for `all`. */
  readonly series: readonly TrendSeries[];
  /** Most frequent first. */
  readonly causes: readonly TrendCause[];
  /** Lines that cost most, dearest first. */
  readonly lines: readonly TrendLine[];
}

/** What people ask for, and in how many steps of how many minutes. */
export const trendRanges = {
  '1h': { steps: 60, minutes: 1 },
  '6h': { steps: 72, minutes: 5 },
  '24h': { steps: 96, minutes: 15 },
  '7d': { steps: 84, minutes: 120 },
  '30d': { steps: 60, minutes: 720 },
  '90d': { steps: 90, minutes: 1440 },
  '1y': { steps: 53, minutes: 10_080 },
} as const satisfies Record<string, { readonly steps: number; readonly minutes: number }>;
export type TrendRange = keyof typeof trendRanges;

/** The names of `trendRanges`. */
export const trendRangeNames = Object.keys(trendRanges) as readonly TrendRange[];

/** The query for the range that ends now. Long steps begin at local midnight, or at a local hour that divides the day. */
export function trendQuery(range: TrendRange, by: TrendGrouping, now: number): TrendQuery {
  const { steps, minutes } = trendRanges[range];
  const step = minutes * 60_000;
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const begun = midnight + Math.floor((now - midnight) / step) * step;
  return { since: begun - (steps - 1) * step, until: now, step, by };
}

/** Whether a query can be answered. */
export function isTrendQuery({ since, until, step, by, applications = [] }: TrendQuery): boolean {
  const numbers = [since, until, step].every((one) => Number.isSafeInteger(one));
  const steps = Math.ceil((until - since) / step);
  if (!Array.isArray(applications) || !applications.every((one) => typeof one === 'string')) return false;
  return numbers && step >= 60_000 && step % 60_000 === 0 && steps >= 1 && steps <= 1000 && trendGroupings.includes(by);
}

/** The filter that finds the calls of a step, as far as they are still stored. */
export function stepFilter(from: number, to: number, term: string): string {
  const at = (time: number): string => new Date(time).toISOString();
  return [`since:${at(from)}`, `until:${at(to)}`, term, '-is:simulated'].filter((part) => part !== '').join(' ');
}

/** The filter term that finds errors. */
export const errorTerm = '(status>=400 or state:failed)';

/** The cause of that name; null for any other text. */
export function causeNamed(name: string | null): Cause | null {
  return causes.find((one) => one === name) ?? null;
}
