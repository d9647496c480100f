import type { Retry } from '../shared/finding.ts';
import { duration, seconds } from './duration.ts';
import type { Verdict } from './rule.ts';
import type { View } from './view.ts';

/** Whether waiting helps, and how long: said by the rule, by headers, by the body, or it follows from the cause. */
export function retryOf(view: View, { cause, retryHelps }: Verdict): Retry {
  const waits = cause === 'rate_limit' || cause === 'usage_quota_exceeded' || cause === 'payment_service_outage';
  const helps = retryHelps ?? waits;
  if (!helps && !(cause === 'spend_limit_or_budget_reached')) return { helps: false, afterSeconds: null };
  const afterSeconds = waitOf(view);
  return { helps: helps || afterSeconds !== null, afterSeconds };
}

/** Seconds until a retry, from whatever says so first; null where nothing does. */
export function waitOf(view: View): number | null {
  return fromHeaders(view) ?? fromFields(view) ?? fromSentences(view);
}

const millisecondHeaders = ['retry-after-ms', 'x-ms-retry-after-ms'];
const secondHeaders = [
  'retry-after',
  'x-codex-primary-reset-after-seconds',
  'x-rate-limit-retry-after-seconds',
  'ratelimit-reset',
  'x-ratelimit-reset-requests',
  'x-ratelimit-reset-tokens',
  'x-ratelimit-reset',
  'x-rate-limit-reset',
  'anthropic-ratelimit-requests-reset',
  'anthropic-ratelimit-tokens-reset',
];

function fromHeaders(view: View): number | null {
  for (const name of millisecondHeaders) {
    const value = Number(view.header(name) ?? NaN);
    if (value > 0) return Math.ceil(value / 100) / 10;
  }
  for (const name of secondHeaders) {
    const value = view.header(name);
    const wait = value === undefined ? null : seconds(value, now(view));
    if (wait !== null && wait > 0) return wait;
  }
  const structured = /\bt=(\d+)/.exec(view.header('ratelimit') ?? '')?.[1];
  return structured === undefined ? null : Number(structured);
}

const waitKeys =
  /^(?:retry_?after|retry_?delay|retry_after_seconds|retryafterseconds|resets_in_seconds|reset_in_seconds|reset_after|wait_seconds|wait|wait_time|retry_in)$/;
const momentKeys =
  /^(?:resets?_?at|reset_?time|reset_?date|resets_on|quota_?reset_?(?:at|date|time)?|budget_reset_at|next_reset)$/;

function fromFields(view: View): number | null {
  for (const { key, value } of view.body.fields) {
    if (typeof value === 'boolean') continue;
    if (waitKeys.test(key) || momentKeys.test(key)) {
      const wait = seconds(String(value), now(view));
      if (wait !== null && wait > 0) return wait;
    }
    if (key === 'retry_after_ms' || key === 'retryafterms') return Number(value) / 1000;
  }
  return null;
}

function fromSentences(view: View): number | null {
  for (const { original } of view.sentences) {
    const spelled =
      /\b(?:try again|retry|retry after|retrying|wait|available|resets?|replenished|reset)\b[^.]{0,25}?\b(?:in|after|for|within)? ?((?:\d+\.\d\d:\d\d:\d\d)|(?:\d+(?:\.\d+)? ?(?:ms|milliseconds?|d|days?|h|hours?|hrs?|m|min|minutes?|s|secs?|seconds?)\b ?)+|\d+m\d+(?:\.\d+)?s|\d+h\d+m[\d.s]*)/i.exec(
        original,
      );
    if (spelled?.[1] !== undefined) {
      const wait = duration(spelled[1]);
      if (wait !== null) return wait;
    }
    const moment =
      /\breset\w*\b[^.]{0,20}\b(?:at|on) (\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z| ?[+-]\d\d:?\d\d)?)/i.exec(
        original,
      );
    if (moment?.[1] !== undefined) {
      const wait = seconds(moment[1].replace(/^(\S+) (\d)/, '$1T$2').replace(/ (?=[+-])/, ''), now(view));
      if (wait !== null && wait > 0) return wait;
    }
    const date = /\b(?:after|until|at) (\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT)/.exec(original)?.[1];
    const later = date === undefined ? null : seconds(date, now(view));
    if (later !== null && later > 0) return later;
  }
  return null;
}

/** The moment of the answer, in milliseconds since 1970: its own `Date`, else the clock. */
export function now(view: View): number {
  const date = Date.parse(view.header('date') ?? '');
  return Number.isNaN(date) ? Date.now() : date;
}
