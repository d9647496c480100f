import type { Rule } from './rule.ts';
import { wordings } from './wordings/index.ts';

/** A code of no known vendor whose words say what it means: `CREDITS_EXHAUSTED`, `SubscriptionExpired`. */
export const codeWords: Rule = {
  name: 'codeWords',
  look(view) {
    for (const code of view.codes) {
      for (const { cause, codes, alternatives } of wordings) {
        if (codes?.test(code.words) === true)
          return { cause, confidence: 0.85, evidence: [code.evidence], alternatives };
      }
    }
    return null;
  },
};
