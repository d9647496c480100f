import type { Rule } from './rule.ts';
import { sentenceWords } from './sentenceWords.ts';
import { wordings } from './wordings/index.ts';

/** Codes for "too many" that say of what. Behind the others may be anything: many servers have no other code. */
const exact = /per ?(?:minute|second)|concurren|overloaded/;

/** A code of no known vendor whose words say what it means: `CREDITS_EXHAUSTED`, `SubscriptionExpired`. */
export const codeWords: Rule = {
  name: 'codeWords',
  look(view) {
    for (const code of view.codes) {
      for (const { cause, codes, alternatives } of wordings) {
        if (codes?.test(code.words) !== true) continue;
        const said = sentenceWords.look(view);
        const vague = cause === 'rate_limit' && !exact.test(code.words);
        if (said !== null && (vague || alternatives.includes(said.cause))) return said;
        return { cause, confidence: 0.85, evidence: [code.evidence], alternatives };
      }
    }
    return null;
  },
};
