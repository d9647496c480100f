import type { Rule } from './rule.ts';
import { sentenceWords } from './sentenceWords.ts';
import { wordings } from './wordings/index.ts';

/** Codes for "too many" that say of what. Behind the others may be anything: many servers have no other code. */
const exact = /per ?(?:minute|second)|concurren|overloaded/;

/** Numbers and identifiers have no words, and make up most of what looks like a code. */
const wordy = /^(?!.*\d{3})(?=.*[a-z]{3})/;

/** A code of no known vendor whose words say what it means: `CREDITS_EXHAUSTED`, `SubscriptionExpired`. */
export const codeWords: Rule = {
  name: 'codeWords',
  look(view) {
    for (const code of view.codes) {
      if (!wordy.test(code.words)) continue;
      for (const { cause, codes, alternatives } of wordings) {
        if (codes?.test(code.words) !== true) continue;
        const said = sentenceWords.look(view);
        const vague = cause === 'rate_limit' && !exact.test(code.words);
        // Under 402 "rate limited" is a heading over the codes that say of what.
        const heading = view.status === 402 && said?.cause === 'rate_limit' && cause !== 'rate_limit';
        if (said !== null && !heading && (vague || alternatives.includes(said.cause))) return said;
        return { cause, confidence: 0.85, evidence: [code.evidence], alternatives };
      }
    }
    return null;
  },
};
