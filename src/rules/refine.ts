import { relayed } from './relayed.ts';
import { waitOf } from './retry.ts';
import type { Verdict } from './rule.ts';
import type { View } from './view.ts';

const hour = 3600;

/** What holds whichever rule spoke: who relays does not owe, and who waits for hours has a quota, not a rate. */
export function refine(view: View, verdict: Verdict): Verdict {
  if (verdict.cause === 'rate_limit' && verdict.confidence < 0.9 && (waitOf(view) ?? 0) >= hour)
    return { ...verdict, cause: 'usage_quota_exceeded', alternatives: ['rate_limit', ...(verdict.alternatives ?? [])] };
  return relayed(view, verdict);
}
