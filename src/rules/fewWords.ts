import type { Rule } from './rule.ts';
import { wordings } from './wordings/index.ts';

/** Two to five words without a verb. */
const few = /^[a-z]+(?:[ -][a-z]+){1,4}\W*$/;

/** A message as short as a code, "Endpoint disabled", "Call limit", is read as one. */
export const fewWords: Rule = {
  name: 'fewWords',
  look(view) {
    for (const { words, original, source, path } of view.sentences) {
      if (!few.test(words)) continue;
      for (const { cause, codes, alternatives } of wordings)
        if (codes?.test(words) === true)
          return { cause, confidence: 0.6, evidence: [{ source, path, quote: original }], alternatives };
    }
    return null;
  },
};
