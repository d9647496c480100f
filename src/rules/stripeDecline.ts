import type { Cause } from '../shared/finding.ts';
import type { Rule } from './rule.ts';
import { stripe } from '../providers/stripe.ts';

/**
 * A decline has its reason in `decline_code` (https://docs.stripe.com/declines/codes). Even "insufficient funds" is said of
 * the customer's card there, so it is a declined card to the caller.
 */
export const stripeDecline: Rule = {
  name: 'stripeDecline',
  look(view) {
    const decline = view.field('decline_code');
    const type = view.field('type');
    if (decline === undefined && type?.value !== 'card_error') return null;
    const code = decline ?? view.field('code');
    const value = String(code?.value ?? '');
    const known: Cause | undefined = Object.hasOwn(stripe.codes ?? {}, value) ? stripe.codes?.[value] : undefined;
    const cause = known ?? 'card_declined';
    return {
      cause,
      confidence: 0.95,
      evidence: [{ source: 'body', path: code?.pointer ?? '/error/type', quote: value === '' ? 'card_error' : value }],
      alternatives: value === 'insufficient_funds' ? ['insufficient_funds'] : [],
      party: cause === 'payment_service_outage' || cause === 'configuration_error' ? 'caller' : 'end_customer',
      retryHelps: view.field('advice_code')?.value === 'try_again_later' || cause === 'payment_service_outage',
    };
  },
};
