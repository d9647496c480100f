import { periods } from '../shared/gauge.ts';
import type { WarningKind, WarningSettings } from '../shared/warning.ts';
import { dropPerMillisecond } from './pace.ts';
import type { Sample, Series } from './series.ts';

/** What lies ahead of a gauge. */
export interface Outlook {
  readonly kind: WarningKind;
  readonly remaining: number;
  readonly resetAt: number | null;
  /** When nothing is left at the present pace, in milliseconds since 1970; null where that is not why. */
  readonly runsOutAt: number | null;
  /** From 0 to 1: of several the greatest is told. */
  readonly urgency: number;
}

/** What is known beside a gauge's own readings. */
export interface Circumstances {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly settings: WarningSettings;
  /** True where it has been warned of; it must be clearly better before that ends. */
  readonly warned: boolean;
  /** For what the vendor itself told when asked, one reading is enough: what calls have cost since, and in the last hour. */
  readonly account?: { readonly spentSince: number; readonly spentPerHour: number };
}

const hour = periods.hour * 1000;
/** Milliseconds after which a reading without a period says nothing any more. */
const staleAfter = 24 * hour;
/** Milliseconds until a reset for which nobody needs to be told. */
const soon = 120_000;

/** What to warn of, by the readings so far; null where all is well, or too little is known. */
export function outlook(series: Series, circumstances: Circumstances): Outlook | null {
  const last = series.samples.at(-1);
  if (last === undefined) return null;
  if (series.kind === 'balance') return creditOutlook(series, last, circumstances);
  return isLongPeriod(series, last)
    ? quotaOutlook(series, last, circumstances)
    : rateOutlook(series, last, circumstances);
}

function creditOutlook(
  series: Series,
  last: Sample,
  { now, settings, warned, account }: Circumstances,
): Outlook | null {
  if (now - last.at > staleAfter) return null;
  const remaining = last.remaining - (account?.spentSince ?? 0);
  const readable = account !== undefined || series.count >= 3;
  const pace = Math.max(readable ? dropPerMillisecond(series.samples, now) : 0, (account?.spentPerHour ?? 0) / hour);
  const ahead = runOut(remaining, pace, now);
  const horizon = settings.hoursAhead * hour * (warned ? 1.5 : 1);
  const used = series.limit === null ? null : 1 - remaining / series.limit;
  const isLow = used !== null && used >= usedShare(settings, warned);
  const isOut = remaining <= 0 && readable;
  const runsOutAt = ahead !== null && ahead - now <= horizon && !isOut ? ahead : null;
  if (!isLow && !isOut && runsOutAt === null) return null;
  const urgency = isOut ? 1 : Math.max(used ?? 0, runsOutAt === null ? 0 : 1 - (runsOutAt - now) / (2 * horizon));
  return { kind: 'credit_running_out', remaining, resetAt: null, runsOutAt, urgency };
}

function quotaOutlook(series: Series, last: Sample, { now, settings, warned, account }: Circumstances): Outlook | null {
  const { limit, window, count, samples } = series;
  const { remaining, resetAt } = last;
  const over = resetAt ?? last.at + (window === null ? staleAfter : window * 1000);
  if (now >= over - (warned ? 0 : soon)) return null;
  const used = limit === null ? null : 1 - remaining / limit;
  const outlook = { kind: 'quota_running_out', remaining, resetAt } as const;
  const ahead = count >= 3 ? runOut(remaining, dropPerMillisecond(samples, now), now) : null;
  const horizon = settings.hoursAhead * hour * (warned ? 1.5 : 1);
  const margin = (over - now) * (warned ? 1 : 0.9);
  const matters = ahead !== null && remaining > 0 && ahead - now <= Math.min(horizon, margin);
  const runsOutAt = matters && (used === null || used >= 0.5) ? ahead : null;
  const isLow = (count >= 2 || account !== undefined) && used !== null && used >= usedShare(settings, warned);
  if (isLow) return { ...outlook, runsOutAt: null, urgency: used };
  return runsOutAt === null ? null : { ...outlook, runsOutAt, urgency: used ?? 0.5 };
}

/** Limits of minutes come and go; only who meets them again and again is told. */
function rateOutlook({ lows, window }: Series, last: Sample, { now, warned }: Circumstances): Outlook | null {
  if (window !== null && window < 10) return null;
  const recent = lows.filter((at) => now - at <= 10 * 60_000);
  if (recent.length < (warned ? 1 : 3)) return null;
  return { kind: 'rate_limit_close', remaining: last.remaining, resetAt: null, runsOutAt: null, urgency: 0.3 };
}

function usedShare({ usedPercent }: WarningSettings, warned: boolean): number {
  return (usedPercent - (warned ? 5 : 0)) / 100;
}

function runOut(remaining: number, pace: number, now: number): number | null {
  return pace > 0 ? now + Math.max(0, remaining) / pace : null;
}

/** Whether the limit is for an hour at least: as it says itself, or as a reset that stays where it is shows. */
function isLongPeriod({ window, samples, count }: Series, last: Sample): boolean {
  if (window !== null) return window >= periods.hour;
  const [first] = samples;
  if (first === undefined || first.resetAt === null || last.resetAt === null || count < 2) return false;
  // "X-RateLimit-Reset" has several meanings; one that runs away or towards us is not a number of seconds.
  const drift = Math.abs(last.resetAt - first.resetAt);
  return first.resetAt - first.at >= hour && drift <= Math.max(5000, (last.at - first.at) / 2);
}
