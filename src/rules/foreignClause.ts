import type { Cause } from '../shared/finding.ts';
import { isEnglish } from './english.ts';
import type { Rule } from './rule.ts';
import { scripts } from './tongues/index.ts';
import type { Concept, Tongue } from './tongues/tongue.ts';

/** Narrow readings first, as in `clause.ts`: each needs both concepts in one sentence, or the one where it says enough. */
const readings: readonly (readonly [Concept, Concept | null, Cause, ...(readonly Cause[])])[] = [
  ['card', 'ended', 'payment_method_expired', 'payment_method_invalid'],
  ['card', 'refused', 'card_declined', 'payment_method_invalid'],
  ['card', 'lacking', 'payment_method_invalid', 'subscription_inactive_or_missing'],
  ['card', 'wrong', 'payment_method_invalid', 'card_declined'],
  ['region', 'only', 'region_or_policy'],
  ['region', 'shut', 'region_or_policy'],
  ['many', null, 'rate_limit', 'usage_quota_exceeded'],
  ['budget', 'over', 'spend_limit_or_budget_reached', 'insufficient_funds'],
  ['key', 'ended', 'token_expired_or_invalid'],
  ['key', 'wrong', 'token_expired_or_invalid'],
  ['subscription', 'ended', 'subscription_expired', 'subscription_inactive_or_missing'],
  ['plan', 'only', 'plan_upgrade_required', 'subscription_inactive_or_missing'],
  ['subscription', 'only', 'plan_upgrade_required', 'subscription_inactive_or_missing'],
  ['period', 'over', 'usage_quota_exceeded', 'rate_limit'],
  ['account', 'shut', 'account_suspended', 'insufficient_funds'],
  ['purse', 'lacking', 'insufficient_funds', 'usage_quota_exceeded'],
  ['purse', 'over', 'insufficient_funds', 'usage_quota_exceeded'],
  ['subscription', 'shut', 'account_suspended', 'subscription_inactive_or_missing'],
  ['subscription', 'lacking', 'subscription_inactive_or_missing', 'plan_upgrade_required'],
  ['allowance', 'over', 'usage_quota_exceeded', 'rate_limit'],
  ['key', 'lacking', 'token_expired_or_invalid', 'configuration_error'],
  ['topUp', null, 'insufficient_funds', 'usage_quota_exceeded'],
  ['upgrade', null, 'plan_upgrade_required', 'usage_quota_exceeded'],
  ['subscribe', null, 'subscription_inactive_or_missing', 'plan_upgrade_required'],
];

/** A refusal told in another language than English. */
export const foreignClause: Rule = {
  name: 'foreignClause',
  look(view) {
    for (const { words, original, source, path } of view.sentences) {
      const text = words.slice(0, 600);
      if (isEnglish(text)) continue;
      const tongue = spoken(text);
      if (tongue === null) continue;
      for (const [subject, state, cause, ...alternatives] of readings) {
        if (!tongue.has(subject) || (state !== null && !tongue.has(state))) continue;
        return { cause, confidence: 0.65, evidence: [{ source, path, quote: original.slice(0, 200) }], alternatives };
      }
    }
    return null;
  },
};

/** What a text is about in the language in which it is about the most; null where it is about nothing. */
function spoken(text: string): ReadonlySet<Concept> | null {
  const { tongues } = scripts.find(({ letters }) => letters.test(text)) ?? { tongues: [] };
  let best: ReadonlySet<Concept> | null = null;
  for (const tongue of tongues) {
    const found = new Set<Concept>();
    for (const [concept, pattern] of patternsOf(tongue)) if (pattern.test(text)) found.add(concept);
    if (found.size > (best?.size ?? 0)) best = found;
  }
  return best;
}

type Patterns = readonly (readonly [Concept, RegExp])[];
const made = new Map<Tongue, Patterns>();

/** Made when a text in that script is first met, as most people never meet one. */
function patternsOf(tongue: Tongue): Patterns {
  const before = made.get(tongue);
  if (before !== undefined) return before;
  const patterns = Object.entries(tongue).map(([concept, stems]) => [concept as Concept, new RegExp(stems)] as const);
  made.set(tongue, patterns);
  return patterns;
}
