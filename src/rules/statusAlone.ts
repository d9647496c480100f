import type { Cause } from '../shared/finding.ts';
import type { Rule } from './rule.ts';
import type { View } from './view.ts';

/** The status that an answer carries inside, where the one outside says nothing: in a stream, a frame, a relayed error. */
export function refusedWith(view: View): number | null {
  if (view.status !== null && view.status >= 400) return view.status;
  for (const { key, value } of view.body.fields)
    if (statusKeys.test(key) && /^[45]\d\d$/.test(String(value))) return Number(value);
  const told = view.status === null ? /^\D{0,40}\b(4\d\d)\b/.exec(view.body.text)?.[1] : undefined;
  return told === undefined ? view.status : Number(told);
}

const statusKeys = /^(?:code|status|status_?code|http_?(?:code|status)|cod)$/;
/** Statuses that no standard gives a meaning and some vendors do: Twitter's 420, DeepL's 456, Esri's 498, cPanel's 509. */
const unusual: Readonly<Record<number, { readonly cause: Cause; readonly alternatives: readonly Cause[] }>> = {
  420: { cause: 'rate_limit', alternatives: ['usage_quota_exceeded'] },
  430: { cause: 'usage_quota_exceeded', alternatives: ['rate_limit'] },
  432: { cause: 'usage_quota_exceeded', alternatives: ['plan_upgrade_required'] },
  433: { cause: 'spend_limit_or_budget_reached', alternatives: ['usage_quota_exceeded'] },
  456: { cause: 'usage_quota_exceeded', alternatives: ['plan_upgrade_required'] },
  498: { cause: 'token_expired_or_invalid', alternatives: [] },
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
    const evidence = [{ source: 'status', path: '', quote: String(status) }] as const;
    const isPage = view.header('content-type')?.includes('html') === true;
    // Servers of x402 answer browsers with a page that leaves the price out (x402-foundation/x402, issue 2418).
    if (status === 402 && isPage && view.provider === null)
      return { cause: 'payment_protocol_challenge', alternatives: [known.cause], confidence: 0.45, evidence };
    return { ...known, confidence: status === 402 ? 0.4 : 0.5, evidence };
  },
};
