import type { Cause } from '../shared/finding.ts';
import type { Rule } from './rule.ts';

const causes: Readonly<Record<number, { readonly cause: Cause; readonly alternatives: readonly Cause[] }>> = {
  401: { cause: 'token_expired_or_invalid', alternatives: ['configuration_error'] },
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
    const { status } = view;
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
