import type { Answer, Refusals, Scene } from './answer.ts';

/** https://docs.stripe.com/error-codes and …/declines/codes. A 402 is about the card of the merchant's customer. */
export const stripe: Refusals = {
  card_declined: (scene) =>
    cardError(scene, {
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      message: 'Your card has insufficient funds.',
      advice_code: 'try_again_later',
    }),
  payment_method_expired: (scene) =>
    cardError(scene, { code: 'expired_card', message: 'Your card has expired.', param: 'exp_month' }),
  payment_method_invalid: (scene) =>
    cardError(scene, { code: 'incorrect_cvc', message: "Your card's security code is incorrect.", param: 'cvc' }),
  payment_service_outage: (scene) =>
    cardError(scene, {
      code: 'processing_error',
      message: 'An error occurred while processing your card. Try again in a little bit.',
    }),
  configuration_error: (scene) =>
    cardError(scene, {
      code: 'card_declined',
      decline_code: 'live_mode_test_card',
      message: 'Your card was declined. Your request was in live mode, but used a known test card.',
    }),
  token_expired_or_invalid: (scene) =>
    refusal(scene, 401, {
      type: 'invalid_request_error',
      code: 'api_key_expired',
      message: 'Expired API Key provided: sk_test_****************',
    }),
  rate_limit: (scene) =>
    refusal(
      scene,
      429,
      {
        type: 'invalid_request_error',
        code: 'rate_limit',
        message: 'Request rate limit exceeded. Learn more about rate limits at https://docs.stripe.com/rate-limits.',
      },
      { 'Stripe-Rate-Limited-Reason': 'global-rate', 'Stripe-Should-Retry': 'true' },
    ),
  account_suspended: (scene) =>
    refusal(scene, 403, {
      type: 'invalid_request_error',
      message: 'Your account has been suspended and cannot make charges.',
    }),
};

function cardError(scene: Scene, error: Readonly<Record<string, string>>): Answer {
  const full = { type: 'card_error', charge: `ch_${scene.id.slice(0, 24)}`, doc_url: docs(error.code ?? ''), ...error };
  return refusal(scene, 402, full, { 'Stripe-Should-Retry': 'false' });
}

function refusal(
  { id }: Scene,
  status: number,
  error: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const requestId = `req_${id.slice(0, 14)}`;
  return {
    status,
    body: { error: { ...error, request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}` } },
    headers: { ...headers, 'Request-Id': requestId, 'Stripe-Version': '2025-09-30.clover' },
  };
}

function docs(code: string): string {
  return `https://docs.stripe.com/error-codes/${code.replaceAll('_', '-')}`;
}
