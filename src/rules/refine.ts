import { relayed } from './relayed.ts';
import { waitOf } from './retry.ts';
import type { Verdict } from './rule.ts';
import type { View } from './view.ts';

const hour = 3600;
/** Periods as members and sentences of answers name them, in lower case. */
const long = /\bper ?(?:day|week|month|year)|\b(?:daily|weekly|monthly|yearly)\b|\b(?:rpd|tpd)\b/;
const short = /\bper ?(?:second|minute|sec|min)|\b(?:rpm|tpm|rps|qps)\b/;

/** What holds whichever rule spoke: who relays does not owe, and who waits for hours has a quota, not a rate. */
export function refine(view: View, verdict: Verdict): Verdict {
  if (verdict.cause === 'rate_limit' && !String(verdict.evidence[0]?.quote).includes('in_flight')) {
    const lasting = verdict.confidence < 0.9 ? (waitOf(view) ?? 0) >= hour : false;
    if (lasting || period(view) === 'long')
      return {
        ...verdict,
        cause: 'usage_quota_exceeded',
        alternatives: ['rate_limit', ...(verdict.alternatives ?? [])],
      };
  }
  return relayed(view, verdict);
}

/** The period that an answer names for what was exceeded; null where it names none, or both. */
function period(view: View): 'long' | 'short' | null {
  let found: 'long' | 'short' | null = null;
  for (const { value } of view.body.fields) {
    if (typeof value !== 'string' || value.length < 6) continue;
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
