import { providerById, providers } from '../providers/index.ts';
import type { Cause } from '../shared/finding.ts';
import type { Provider } from '../shared/provider.ts';
import type { Rule, Verdict } from './rule.ts';
import { sentenceWords } from './sentenceWords.ts';
import type { View } from './view.ts';

/** A code that the vendor documents, looked up in the provider's own table. */
export const vendorCode: Rule = {
  name: 'vendorCode',
  look(view) {
    const vendor = ownerOf(view);
    const found = vendor?.codes === undefined ? null : view.code(vendor.codes);
    if (found === null) return null;
    const alternatives = vendor?.alsoMeans?.[found.code.value] ?? [];
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

/** Whose codes an answer has: the vendor's at whose host it was asked for, or whose envelope a relay passes on. */
function ownerOf({ provider, body }: View): Provider | null {
  const relaying = provider === null || provider.resells === true;
  return relaying && body.fields.some(({ pointer }) => pointer.includes('/base_resp/'))
    ? providerById('minimax')
    : provider;
}

/** Of several meanings that a code has, the one that the sentence beside it states. */
function told(view: View, cause: Cause, alternatives: readonly Cause[]): Verdict | null {
  if (alternatives.length === 0) return null;
  const said = sentenceWords.look(view);
  if (said === null || !alternatives.includes(said.cause) || view.provider?.charges === true) return null;
  return { ...said, confidence: 0.85, alternatives: [cause, ...alternatives] };
}

/** A code so particular that it means the same whoever passes it on, as relays and compatible servers do. */
export const borrowedCode: Rule = {
  name: 'borrowedCode',
  look(view) {
    const found = view.code(shared);
    if (found === null) return null;
    const others = severalOf.get(found.code.value);
    if (others !== undefined) return told(view, found.cause, [found.cause, ...others]);
    // "Too many requests" is a heading: the sentence says of what.
    const said = sentenceWords.look(view);
    if (said !== null && (found.cause === 'rate_limit' || narrower(found.cause, said.cause))) return said;
    return { cause: found.cause, confidence: 0.8, evidence: [found.code.evidence] };
  },
};

/** "Subscription required" may be said where there is one, of a plan that lacks what was asked for. */
function narrower(cause: Cause, said: Cause): boolean {
  return cause === 'subscription_inactive_or_missing' && said === 'plan_upgrade_required';
}

/** Several words or humps, so that no two vendors mean different things by it. */
const particular = /^(?=.{12})(?=.*[a-z])[A-Za-z]+(?:[_.](?:v\d|[A-Za-z]+)|[a-z][A-Z][a-z]+)+$/;
/** Of borrowed codes, those to which their only vendor gives several meanings. */
const severalOf = new Map<string, readonly Cause[]>();
const shared = agreed();

function agreed(): Readonly<Record<string, Cause>> {
  const found = new Map<string, Cause | null>();
  for (const { codes, alsoMeans, charges } of providers) {
    // What a processor says of cards, others say of their own accounts.
    if (charges === true) continue;
    for (const [code, cause] of Object.entries(codes ?? {})) {
      if (!particular.test(code)) continue;
      const others = alsoMeans?.[code];
      const before = found.get(code);
      const agrees = before === undefined || (before === cause && others === undefined && !severalOf.has(code));
      found.set(code, agrees ? cause : null);
      if (others !== undefined) severalOf.set(code, others);
    }
  }
  return Object.fromEntries([...found].filter((entry): entry is [string, Cause] => entry[1] !== null));
}
