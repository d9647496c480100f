import type { Evidence } from '../shared/finding.ts';
import { isEnglish } from './english.ts';
import type { Rule, Verdict } from './rule.ts';
import type { Sentence, View } from './view.ts';
import { wordings } from './wordings/index.ts';
import type { Wording } from './wordings/wording.ts';

/** A sentence that states the refusal; the narrowest cause wins. */
export const sentenceWords: Rule = {
  name: 'sentenceWords',
  look: (view) => read(view, 'says', 0.75) ?? read(view, 'abroad', 0.75),
};

/** A page that an answer sends to: who is told to visit the page for credits has too few of them. */
export const adviceLink: Rule = {
  name: 'adviceLink',
  look(view) {
    if (view.status !== 402 && view.status !== 403 && view.status !== 429) return null;
    if (view.sentences.some(({ words }) => /\b(?:retry|try again)\b/.test(words))) return null;
    for (const { original, source, path } of view.sentences) {
      const link = /(?:https?:\/\/|\b[\w-]+\.)[\w.-]+\/[\w./-]*\b(?:credits|top-?up|add-funds|recharge|wallet)\b/i.exec(
        original,
      )?.[0];
      if (link === undefined) continue;
      const alternatives = ['usage_quota_exceeded', 'plan_upgrade_required'] as const;
      return { cause: 'insufficient_funds', confidence: 0.6, evidence: [{ source, path, quote: link }], alternatives };
    }
    return null;
  },
};

/** A sentence that only names the way out: "top up", "upgrade your plan". */
export const adviceWords: Rule = { name: 'adviceWords', look: (view) => read(view, 'advises', 0.6) };

function read(view: View, part: 'says' | 'abroad' | 'advises', confidence: number): Verdict | null {
  let rate: Verdict | null = null;
  for (const sentence of view.sentences) {
    if (part === 'abroad' && isEnglish(sentence.words)) continue;
    for (const wording of wordings) {
      // "Try again in two minutes" says of other refusals only that they may pass.
      if (part === 'advises' && wording.cause === 'rate_limit' && refusedOtherwise(view)) continue;
      if (part === 'says' && wording.about?.test(sentence.words) === false) continue;
      const match = wording[part]?.exec(sentence.words);
      if (match === null || match === undefined) continue;
      const reason = wording.cause === 'account_suspended' ? reasonOf(sentence.words, match.index) : undefined;
      const { cause, alternatives } = reason ?? wording;
      const verdict = { cause, confidence, evidence: [quote(sentence, match.index, match[0].length)], alternatives };
      // A heading says "rate limit" where the sentence after it says which.
      if (cause !== 'rate_limit') return verdict;
      rate ??= verdict;
      break;
    }
  }
  return rate;
}

function refusedOtherwise({ status }: View): boolean {
  return status === 401 || status === 402 || status === 403 || status === 451 || status === 404;
}

/** What a suspension is for, where that is said: what ends it, then, is the reason's remedy. */
function reasonOf(words: string, index: number): Wording | undefined {
  const after = reasons.exec(words.slice(index))?.[1];
  const before =
    / and [^.]{0,40}$/.test(words.slice(0, index + 1)) || words.slice(0, index).endsWith(' and ')
      ? words.slice(0, index)
      : undefined;
  for (const part of [after, before]) {
    if (part === undefined) continue;
    const found = wordings.find(({ cause, says }) => cause !== 'account_suspended' && says?.test(part) === true);
    if (found !== undefined) return found;
  }
  return undefined;
}

const reasons = /(?<!possibly |likely )\b(?:due to|because(?: of)?|as (?:it|you|your|the)|until|since)\b(.{4,160})/;

function quote({ original, source, path }: Sentence, index: number, length: number): Evidence {
  const start = Math.max(0, original.lastIndexOf('. ', index) + 1, index - 60);
  return { source, path, quote: original.slice(start, Math.min(original.length, index + length + 60)).trim() };
}
