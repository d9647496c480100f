import type { Cause } from '../shared/finding.ts';
import { refusedWith } from './refusedWith.ts';
import type { Rule } from './rule.ts';
import type { View } from './view.ts';

/** A login of persons or a page behind a password at a host of nobody known: no paid API asks for those. */
function ofPeople(view: View): boolean {
  if (view.provider !== null) return false;
  if (view.subject.request.method === 'HEAD') return true;
  if (/^(?:basic|digest|negotiate|ntlm)\b/i.test(view.header('www-authenticate') ?? '')) return true;
  return (
    view.body.kind === 'html' ||
    view.sentences.some(({ words }) => /\b(?:password|e-?mail|captcha|username)\b/.test(words))
  );
}

/** Statuses that no standard gives a meaning and some vendors do: Twitter's 420, DeepL's 456, Esri's 498, cPanel's 509. */
const unusual: Readonly<Record<number, { readonly cause: Cause; readonly alternatives: readonly Cause[] }>> = {
  420: { cause: 'rate_limit', alternatives: ['usage_quota_exceeded'] },
  430: { cause: 'usage_quota_exceeded', alternatives: ['rate_limit'] },
  432: { cause: 'usage_quota_exceeded', alternatives: ['plan_upgrade_required'] },
  433: { cause: 'spend_limit_or_budget_reached', alternatives: ['usage_quota_exceeded'] },
  456: { cause: 'usage_quota_exceeded', alternatives: ['plan_upgrade_required'] },
  498: { cause: 'token_expired_or_invalid', alternatives: [] },
  507: { cause: 'usage_quota_exceeded', alternatives: ['plan_upgrade_required'] },
  509: { cause: 'usage_quota_exceeded', alternatives: ['rate_limit'] },
};

const causes: Readonly<Record<number, { readonly cause: Cause; readonly alternatives: readonly Cause[] }>> = {
  401: { cause: 'token_expired_or_invalid', alternatives: ['configuration_error'] },
  ...unusual,
  451: { cause: 'region_or_policy', alternatives: [] },
  402: {
    cause: 'insufficient_funds',
    alternatives: ['subscription_inactive_or_missing', 'usage_quota_exceeded', 'payment_method_invalid'],
  },
  429: { cause: 'rate_limit', alternatives: ['usage_quota_exceeded', 'insufficient_funds'] },
};

/** Nothing but the status speaks (RFC 9110, 15.5; RFC 6585, 4). */
export const statusAlone: Rule = {
  name: 'statusAlone',
  look(view) {
    const status = refusedWith(view);
    const known = status === null ? undefined : causes[status];
    if (known === undefined) return null;
    if (status === 401 && ofPeople(view)) return null;
    const evidence = [{ source: 'status', path: '', quote: String(status) }] as const;
    const isPage = view.header('content-type')?.includes('html') === true;
    // Servers of x402 answer browsers with a page that leaves the price out (x402-foundation/x402, issue 2418).
    if (status === 402 && isPage && view.provider === null)
      return { cause: 'payment_protocol_challenge', alternatives: [known.cause], confidence: 0.45, evidence };
    return { ...known, confidence: status === 402 ? 0.4 : 0.5, evidence };
  },
};
