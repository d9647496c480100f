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
    const cause = causeOf(view, value);
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
  const code = view.codes.find(({ words }) => short.test(words));
  const sentence = view.sentences.find(({ words }) => short.test(words));
  const said =
    sentence === undefined ? undefined : { source: sentence.source, path: sentence.path, quote: sentence.original };
  const evidence = code?.evidence ?? said;
  return evidence === undefined
    ? null
    : {
        cause: 'insufficient_funds',
        confidence: 0.85,
        evidence: [evidence],
        party: 'caller',
        alternatives: ['card_declined'],
      };
}

const short = /\b(?:in|un)sufficient (?:\w+ )?(?:funds|balance)|\bbalance insufficient|\bnot enough (?:funds|balance)/;

const reasonKeys =
  /^(?:decline[-_]?code|refusal[-_]?reason|response_summary|processor[-_]?response[-_]?text|decline[-_]?reason|failure[-_]?reason)$/;

function reasonOf(view: View): Field | null {
  const { fields } = view.body;
  const named = fields.find(({ key, value }) => reasonKeys.test(key) && value !== '');
  if (named !== undefined && (!view.successful || view.body.reportsFailure)) return named;
  if (view.field('status')?.value === 'gateway_rejected') return view.field('gateway-rejection-reason') ?? null;
  const state = view.field('status') ?? view.field('transaction_status') ?? view.field('outcome');
  if (typeof state?.value === 'string' && (/^(?:declined|refused)$/i.test(state.value) || unpaid(view, state.value)))
    return fields.find(({ key }) => detailKeys.test(key)) ?? fields.find(ofCards) ?? state;
  const type = view.field('type');
  if (type?.value === 'card_error') return view.field('code') ?? type;
  const ofCustomer =
    view.field('category')?.value === 'PAYMENT_METHOD_ERROR' ||
    (view.field('source')?.value === 'customer' && String(view.field('step')?.value).startsWith('payment_'));
  if (!ofCustomer) return null;
  return view.field('reason') ?? view.field('code') ?? null;
}

/** A sentence about a card, whatever its member is called. */
function ofCards({ value }: Field): boolean {
  return typeof value === 'string' && /\bcard \w/i.test(value);
}

const detailKeys = /^(?:reason|description|status_?detail|result_?message|error_?message|message)$/;

/** A payment under a status of success, that none was made. */
function unpaid(view: View, state: string): boolean {
  return (
    view.successful &&
    /^(?:rejected|failed)$/i.test(state) &&
    view.body.reportsFailure &&
    view.field('amount') !== undefined
  );
}

/** Words of banks and processors for one another, narrow ones first. */
const said: readonly (readonly [RegExp, Cause])[] = [
  [
    /temporary|technical|processing error|(?:gateway|acquirer|issuer|network|bank)\b.*\b(?:error|timeout|unavailable|not respond)|unavailable|timeout|malfunction|try again later|reenter|inoperative/,
    'payment_service_outage',
  ],
  [
    /merchant id|\bset ?up error|card type not enabled|not support this feature|processing not enabled|duplicate order id/,
    'configuration_error',
  ],
  [/expired (?:card|credit|debit)|card.*\bexpired|^expired$|expiration failure/, 'payment_method_expired'],
  [/\b(?:amount|transaction|location)\b|tries|try exceeded|pin required|requires online pin/, 'card_declined'],
  [
    /\b(?:cvv|cvc|avs|pin|pan|zip|postal|address|number|invalid|incorrect|unsupported|not supported|mismatch|expir\w*|length|closed|token\w*)\b|no (?:such|account|checking)|new account/,
    'payment_method_invalid',
  ],
];

function causeOf(view: View, value: string): Cause {
  const { provider } = view;
  for (const { codes } of [provider ?? stripe, stripe]) {
    const known = codes !== undefined && Object.hasOwn(codes, value) ? codes[value] : undefined;
    if (known !== undefined) return known;
  }
  const numbered = provider?.charges === true && provider.codes !== undefined ? view.code(provider.codes) : null;
  if (numbered !== null && /^\d+$/.test(numbered.code.value)) return numbered.cause;
  const words = value.replaceAll(/[_-]+/g, ' ').toLowerCase();
  return said.find(([pattern]) => pattern.test(words))?.[1] ?? 'card_declined';
}
