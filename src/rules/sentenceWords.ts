import type { Cause, Evidence } from '../shared/finding.ts';
import type { Rule } from './rule.ts';
import type { Sentence, View } from './view.ts';
import { wordings } from './wordings/index.ts';

/** A sentence that states the refusal; the first of the narrowest cause wins, the others become alternatives. */
export const sentenceWords: Rule = { name: 'sentenceWords', look: (view) => read(view, 'says', 0.75) };

/** A sentence that only names the way out: "top up", "upgrade your plan". */
export const adviceWords: Rule = { name: 'adviceWords', look: (view) => read(view, 'advises', 0.6) };

function read(view: View, part: 'says' | 'advises', confidence: number): ReturnType<Rule['look']> {
  let first: { readonly cause: Cause; readonly evidence: Evidence } | undefined;
  const others = new Set<Cause>();
  for (const sentence of view.sentences) {
    for (const wording of wordings) {
      const match = wording[part]?.exec(sentence.words);
      if (match === null || match === undefined) continue;
      if (first === undefined) {
        first = { cause: wording.cause, evidence: quote(sentence, match.index, match[0].length) };
        for (const cause of wording.alternatives) others.add(cause);
      } else if (wording.cause !== first.cause) others.add(wording.cause);
    }
    if (first !== undefined) break;
  }
  if (first === undefined) return null;
  return { cause: first.cause, confidence, evidence: [first.evidence], alternatives: [...others] };
}

function quote({ original, source, path }: Sentence, index: number, length: number): Evidence {
  const start = Math.max(0, original.lastIndexOf('. ', index) + 1, index - 60);
  return { source, path, quote: original.slice(start, Math.min(original.length, index + length + 60)).trim() };
}
