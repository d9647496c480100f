import type { Evidence } from '../shared/finding.ts';
import type { Rule, Verdict } from './rule.ts';
import type { Sentence, View } from './view.ts';
import { wordings } from './wordings/index.ts';

/** A sentence that states the refusal; the narrowest cause wins. */
export const sentenceWords: Rule = { name: 'sentenceWords', look: (view) => read(view, 'says', 0.75) };

/** A sentence that only names the way out: "top up", "upgrade your plan". */
export const adviceWords: Rule = { name: 'adviceWords', look: (view) => read(view, 'advises', 0.6) };

function read(view: View, part: 'says' | 'advises', confidence: number): Verdict | null {
  let rate: Verdict | null = null;
  for (const sentence of view.sentences) {
    for (const wording of wordings) {
      const match = wording[part]?.exec(sentence.words);
      if (match === null || match === undefined) continue;
      const { cause, alternatives } = wording;
      const verdict = { cause, confidence, evidence: [quote(sentence, match.index, match[0].length)], alternatives };
      // A heading says "rate limit" where the sentence after it says which.
      if (cause !== 'rate_limit') return verdict;
      rate ??= verdict;
      break;
    }
  }
  return rate;
}

function quote({ original, source, path }: Sentence, index: number, length: number): Evidence {
  const start = Math.max(0, original.lastIndexOf('. ', index) + 1, index - 60);
  return { source, path, quote: original.slice(start, Math.min(original.length, index + length + 60)).trim() };
}
