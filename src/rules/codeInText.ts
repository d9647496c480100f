import type { Rule } from './rule.ts';
import { toCode } from './view.ts';
import { wordings } from './wordings/index.ts';

/** Several words joined as programs join them: `InsufficientBalance`, `QUOTA_EXHAUSTED`. */
const joined = /\b(?:[A-Z][a-z]+){2,5}\b|\b[A-Za-z]{2,}(?:_[A-Za-z]{2,}){1,5}\b/g;

/** A code that stands in the middle of a sentence which itself says nothing. */
export const codeInText: Rule = {
  name: 'codeInText',
  look(view) {
    for (const { original, source, path } of view.sentences) {
      for (const [value] of original.slice(0, 600).matchAll(joined)) {
        const { words } = toCode(value, { source, path, quote: value });
        for (const { cause, codes, alternatives } of wordings)
          if (codes?.test(words) === true)
            return { cause, confidence: 0.55, evidence: [{ source, path, quote: value }], alternatives };
      }
    }
    return null;
  },
};
