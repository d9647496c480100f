import { newId, textIn, type Vendor } from './answer.ts';

/** Declines the test payment methods that are meant to be declined; takes all others. */
export const stripe: Vendor = (call) => {
  const id = newId('req_');
  const headers = { 'request-id': id, 'stripe-version': '2026-08-26' };
  const method = textIn(call, 'payment_method', textIn(call, 'source', ''));
  const amount = Number(textIn(call, 'amount', '0'));
  const common = { id: newId('pi_'), object: 'payment_intent', amount, currency: textIn(call, 'currency', 'usd') };
  if (!/declined/i.test(method)) return { status: 200, headers, body: { ...common, status: 'succeeded' } };
  const poor = /insufficient/i.test(method);
  const error = {
    type: 'card_error',
    code: 'card_declined',
    decline_code: poor ? 'insufficient_funds' : 'generic_decline',
    advice_code: 'try_again_later',
    message: poor ? 'Your card has insufficient funds.' : 'Your card was declined.',
    doc_url: 'https://stripe.com/docs/error-codes/card-declined',
    request_log_url: `https://dashboard.stripe.com/test/logs/${id}`,
    payment_intent: { ...common, status: 'requires_payment_method' },
  };
  return { status: 402, headers: { ...headers, 'stripe-should-retry': 'false' }, body: { error } };
};
