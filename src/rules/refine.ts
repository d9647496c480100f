import type { Cause } from '../shared/finding.ts';
import type { Field } from './fields.ts';
import { ofCard } from './ofCard.ts';
import { relayed } from './relayed.ts';
import { waitOf } from './retry.ts';
import type { Verdict } from './rule.ts';
import type { View } from './view.ts';

const hour = 3600;
/** Periods as members and sentences of answers name them, in lower case. */
const long =
  /\bthis (?:month|week|day|year)\b|\bfor (?:the|this) (?:day|week|month)\b|\btoday\b|\bper ?(?:day|week|month|year)|\b(?:daily|weekly|monthly|yearly)\b|\b(?:rpd|tpd)\b|\bby day\b|\bper \d+ ?hours?\b|\b\d+[- ]hours? (?:\w+ )?(?:quota|limit|cap)\b|\bper 86400 ?s/;
const short = /\b(?:per|by) ?(?:second|minute|sec|min)|\b(?:rpm|tpm|rps|qps)\b/;

/** What holds whichever rule spoke: who relays does not owe, and who waits for hours has a quota, not a rate. */
export function refine(view: View, verdict: Verdict): Verdict {
  if (verdict.cause === 'rate_limit' && !String(verdict.evidence[0]?.quote).includes('in_flight')) {
    const lasting = verdict.confidence < 0.9 ? (waitOf(view) ?? 0) >= hour : false;
    if (lasting || period(view) === 'long' || usedUp(view))
      return {
        ...verdict,
        cause: 'usage_quota_exceeded',
        alternatives: ['rate_limit', ...(verdict.alternatives ?? [])],
      };
  }
  if (verdict.cause === 'usage_quota_exceeded' && view.status === 402 && view.body.fields.some(sellsCredits))
    return { ...verdict, cause: 'insufficient_funds', alternatives: ['usage_quota_exceeded'] };
  if (
    verdict.cause === 'usage_quota_exceeded' &&
    period(view) === null &&
    briefly(view, verdict.confidence <= 0.75 ? 120 : 10)
  )
    return { ...verdict, cause: 'rate_limit', alternatives: [verdict.cause] };
  const declined = ofCard(view, verdict);
  if (declined !== null) return declined;
  const lent = verdict.cause === 'insufficient_funds' ? allotment(view) : null;
  if (lent !== null) return { ...verdict, cause: lent, alternatives: [verdict.cause] };
  if (verdict.cause === 'insufficient_funds' && view.sentences.some(({ words }) => refills.test(words)))
    return { ...verdict, cause: 'rate_limit', alternatives: [verdict.cause], retryHelps: true };
  if (byCode.has(verdict.evidence[0]?.path.split('/').at(-1) ?? '') && paceOnly(view, verdict.cause))
    return { ...verdict, cause: 'rate_limit', alternatives: [verdict.cause, ...(verdict.alternatives ?? [])] };
  return relayed(view, verdict);
}

/** Credits "for the day" and "for the current minute" are counted, not bought. */
function allotment(view: View): Cause | null {
  for (const { words } of view.sentences) {
    const per = /\bcredits? for (?:the|this|your)(?: current)? (day|week|month|minute|second|hour)\b/.exec(words)?.[1];
    if (per !== undefined) return per === 'minute' || per === 'second' ? 'rate_limit' : 'usage_quota_exceeded';
    if (
      /\b(?:credits?|limit|allowance)\b[^.]{0,12} (?:resets?|renews?|refresh(?:es)?|replenish(?:es)?) (?:on|in|at|every|each) /.test(
        words,
      )
    )
      return 'usage_quota_exceeded';
  }
  return null;
}

/** An answer that says how many credits are wanting, or where they are sold, is about credits. */
function sellsCredits({ key }: Field): boolean {
  return /^(?:(?:needed|required|missing)_?credits?|credits?_?(?:needed|required|missing)|(?:checkout|top_?up)_?url)$/.test(
    key,
  );
}

/** What is over within so many seconds is a pace. */
function briefly(view: View, seconds: number): boolean {
  const wait = waitOf(view);
  return wait !== null && wait <= seconds;
}

/** Credits that come back by themselves within minutes are those of a rate. */
const refills =
  /\bin \d[\d:.]* ?(?:s|secs?|seconds?|m|mins?|minutes?)?\b[^.]{0,20}\b(?:will have|available|restored?|replenish|refill)/;
const byCode: ReadonlySet<string> = new Set(['code', 'type', 'status', 'error']);
const money: ReadonlySet<string> = new Set([
  'insufficient_funds',
  'usage_quota_exceeded',
  'spend_limit_or_budget_reached',
]);
const pace = /\brate[ -]limit/;
const purse =
  /\b(?:balance|funds|(?:credits?|quota|budget)\b[^.]{0,30}\b(?:exceed|exhaust|insufficient|left|remain|deplet|used))/;

/** A code of money under which every sentence speaks of pace: so many a minute. */
function paceOnly(view: View, cause: Cause): boolean {
  if (!money.has(cause)) return false;
  const { sentences } = view;
  const speaksOf = (words: RegExp): boolean => sentences.some((sentence) => words.test(sentence.words));
  return speaksOf(pace) && !speaksOf(purse) && period(view) === 'short';
}

const windowKey = /^(?:window|period|interval|per|reset_interval|budget_duration|time_?unit|duration)$/;
const longPeriod = /^(?:day|daily|week|weekly|month|monthly|year|yearly)$/;

/** Counters by period: `calls_made/month` has come to what `max_calls/month` allows. */
function usedUp(view: View): boolean {
  const { fields } = view.body;
  return fields.some(({ key, pointer, value }) => {
    if (!longPeriod.test(key) || typeof value !== 'number' || value <= 0 || !/made|used|current|count/.test(pointer))
      return false;
    return fields.some(
      (other) =>
        other.key === key &&
        typeof other.value === 'number' &&
        /max|limit|allowed/.test(other.pointer) &&
        value >= other.value,
    );
  });
}

/** The period that an answer names for what was exceeded; null where it names none, or both. */
function period(view: View): 'long' | 'short' | null {
  let found: 'long' | 'short' | null = null;
  for (const { key, value } of view.body.fields) {
    if (typeof value !== 'string') continue;
    if (windowKey.test(key) && longPeriod.test(value.toLowerCase())) return 'long';
    if (value.length < 6) continue;
    const words = value
      .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
      .replaceAll('_', ' ')
      .toLowerCase();
    const named = short.test(words) ? 'short' : long.test(words) ? 'long' : null;
    if (named === null) continue;
    if (found !== null && found !== named) return null;
    found = named;
  }
  return found;
}
