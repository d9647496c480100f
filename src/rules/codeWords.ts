import type { Cause } from '../shared/finding.ts';
import type { Rule } from './rule.ts';
import { sentenceWords } from './sentenceWords.ts';
import { wordings } from './wordings/index.ts';

/** What a code for "too many" may turn out to be by the sentence beside it: many servers have no other code. */
const behindRate: readonly Cause[] = [
  'usage_quota_exceeded',
  'spend_limit_or_budget_reached',
  'insufficient_funds',
  'subscription_expired',
];

const exact = /per ?(?:minute|second)|concurren|overloaded/;

/** A code of no known vendor whose words say what it means: `CREDITS_EXHAUSTED`, `SubscriptionExpired`. */
export const codeWords: Rule = {
  name: 'codeWords',
  look(view) {
    for (const code of view.codes) {
      for (const { cause, codes, alternatives } of wordings) {
        if (codes?.test(code.words) !== true) continue;
        const behind = cause === 'rate_limit' && !exact.test(code.words) ? behindRate : alternatives;
        const said = sentenceWords.look(view);
        if (said !== null && behind.includes(said.cause)) return said;
        return { cause, confidence: 0.85, evidence: [code.evidence], alternatives };
      }
    }
    return null;
  },
};
