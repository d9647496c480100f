import { providers } from '../providers/index.ts';
import type { Cause } from '../shared/finding.ts';
import type { Rule, Verdict } from './rule.ts';
import { sentenceWords } from './sentenceWords.ts';
import type { View } from './view.ts';

/** A code that the vendor documents, looked up in the provider's own table. */
export const vendorCode: Rule = {
  name: 'vendorCode',
  look(view) {
    const codes = view.provider?.codes;
    const found = codes === undefined ? null : view.code(codes);
    if (found === null) return null;
    const alternatives = view.provider?.alsoMeans?.[found.code.value] ?? [];
    return (
      told(view, found.cause, alternatives) ?? {
        cause: found.cause,
        confidence: 0.92 - 0.04 * alternatives.length,
        evidence: [found.code.evidence],
        alternatives,
      }
    );
  },
};

/** Of several meanings that a code has, the one that the sentence beside it states. */
function told(view: View, cause: Cause, alternatives: readonly Cause[]): Verdict | null {
  if (alternatives.length === 0) return null;
  const said = sentenceWords.look(view);
  if (said === null || !alternatives.includes(said.cause)) return null;
  return { ...said, confidence: 0.85, alternatives: [cause, ...alternatives] };
}

/** A code so particular that it means the same whoever passes it on, as relays and compatible servers do. */
export const borrowedCode: Rule = {
  name: 'borrowedCode',
  look(view) {
    const found = view.code(shared);
    return found === null ? null : { cause: found.cause, confidence: 0.8, evidence: [found.code.evidence] };
  },
};

/** Several words or humps, so that no two vendors mean different things by it. */
const particular = /^(?=.{12})(?=.*[a-z])[A-Za-z]+(?:[_.][A-Za-z]+|[a-z][A-Z][a-z]+)+$/;
const shared = agreed();

function agreed(): Readonly<Record<string, Cause>> {
  const found = new Map<string, Cause | null>();
  for (const { codes, alsoMeans } of providers) {
    for (const [code, cause] of Object.entries(codes ?? {})) {
      if (!particular.test(code) || alsoMeans?.[code] !== undefined) continue;
      found.set(code, (found.get(code) ?? cause) === cause ? cause : null);
    }
  }
  return Object.fromEntries([...found].filter((entry): entry is [string, Cause] => entry[1] !== null));
}
