import type { Answer, Refusals } from './answer.ts';

/** https://www.checkout.com/docs/developer-resources/codes/api-response-codes */
export const checkoutCom: Refusals = {
  card_declined: ({ id }) => checkoutError(id, 'card_authorization_failed'),
  payment_method_expired: ({ id }) => checkoutError(id, 'card_expired'),
  payment_method_invalid: ({ id }) => checkoutError(id, 'card_number_invalid'),
  payment_service_outage: ({ id }) => checkoutError(id, 'processing_error'),
  token_expired_or_invalid: ({ id }) => ({ ...checkoutError(id, 'token_expired'), status: 401 }),
};
function checkoutError(id: string, code: string): Answer {
  return { status: 422, body: { request_id: id, error_type: 'request_invalid', error_codes: [code] } };
}
