import { stripe } from '../providers/stripe.ts';
import type { Cause } from '../shared/finding.ts';
import type { Field } from './fields.ts';
import type { Rule, Verdict } from './rule.ts';
import type { View } from './view.ts';

/**
 * A payment that a bank refused: the reason stands in a member of its own (`decline_code`, `refusalReason`). Even
 * "insufficient funds" is said of the customer's card there, so it is a declined card to the caller.
 * https://docs.stripe.com/declines/codes, https://docs.adyen.com/development-resources/refusal-reasons,
 * https://developer.squareup.com/docs/payments-api/error-codes
 */
export const cardRefusal: Rule = {
  name: 'cardRefusal',
  look(view) {
    const own = paidOut(view);
    if (own !== null) return own;
    const reason = reasonOf(view);
    if (reason === null) return null;
    const value = String(reason.value);
    const cause = causeOf(value);
    return {
      cause,
      confidence: 0.95,
      evidence: [{ source: 'body', path: reason.pointer, quote: value.slice(0, 160) }],
      alternatives: /insufficient|not enough/i.test(value) ? ['insufficient_funds'] : [],
      party: cause === 'payment_service_outage' || cause === 'configuration_error' ? 'caller' : 'end_customer',
      retryHelps: view.field('advice_code')?.value === 'try_again_later' || cause === 'payment_service_outage',
    };
  },
};

const outgoing = /\/(?:payouts?|transfers?|disbursements?|withdrawals?|withdraw|remittances?)\b/;

/** Money that the caller sends: what is short there is his own balance, not a customer's. */
function paidOut(view: View): Verdict | null {
  if (!outgoing.test(view.subject.request.path ?? '')) return null;
  const code = view.codes.find(({ words }) =>
    /\binsufficient (?:funds|balance)|\bbalance insufficient|\bnot enough (?:funds|balance)/.test(words),
  );
  return code === undefined
    ? null
    : {
        cause: 'insufficient_funds',
        confidence: 0.85,
        evidence: [code.evidence],
        party: 'caller',
        alternatives: ['card_declined'],
      };
}

const reasonKeys =
  /^(?:decline[-_]?code|refusal[-_]?reason|response_summary|processor[-_]?response[-_]?text|decline[-_]?reason)$/;

function reasonOf(view: View): Field | null {
  const { fields } = view.body;
  const named = fields.find(({ key, value }) => reasonKeys.test(key) && value !== '');
  if (named !== undefined && (!view.successful || view.body.reportsFailure)) return named;
  const state = view.field('status') ?? view.field('transaction_status');
  if (typeof state?.value === 'string' && /^(?:declined|refused)$/i.test(state.value))
    return view.field('reason') ?? view.field('message') ?? state;
  const type = view.field('type');
  if (type?.value === 'card_error') return view.field('code') ?? type;
  const ofCustomer =
    view.field('category')?.value === 'PAYMENT_METHOD_ERROR' ||
    (view.field('source')?.value === 'customer' && String(view.field('step')?.value).startsWith('payment_'));
  if (!ofCustomer) return null;
  return view.field('reason') ?? view.field('code') ?? null;
}

function causeOf(value: string): Cause {
  const known = Object.hasOwn(stripe.codes ?? {}, value) ? stripe.codes?.[value] : undefined;
  if (known !== undefined) return known;
  const words = value.replaceAll(/[_-]+/g, ' ').toLowerCase();
  if (/expired|expiration/.test(words)) return 'payment_method_expired';
  if (/\b(?:cvv|cvc|avs|pin|zip|address|number|invalid|incorrect|unsupported|not supported|mismatch)\b/.test(words))
    return 'payment_method_invalid';
  if (/temporary|technical|processing|gateway|unavailable|timeout|acquirer error|issuer unavailable/.test(words))
    return 'payment_service_outage';
  return 'card_declined';
}
