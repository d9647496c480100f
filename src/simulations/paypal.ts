import type { Answer, Refusals } from './answer.ts';

const paypalError = (status: number, name: string, issue: string, description: string, id: string): Answer => ({
  status,
  body: {
    name,
    details: [{ issue, description }],
    message: 'The requested action could not be performed.',
    debug_id: id.slice(0, 13),
  },
  headers: { 'Paypal-Debug-Id': id.slice(0, 13) },
});
/** https://developer.paypal.com/api/rest/reference/orders/v2/errors/: the issue decides, the name is a family. */
export const paypal: Refusals = {
  card_declined: ({ id }) =>
    paypalError(
      422,
      'UNPROCESSABLE_ENTITY',
      'INSTRUMENT_DECLINED',
      'The instrument was declined by the processor or bank.',
      id,
    ),
  payment_method_expired: ({ id }) =>
    paypalError(422, 'UNPROCESSABLE_ENTITY', 'CARD_EXPIRED', 'The card is expired.', id),
  account_suspended: ({ id }) =>
    paypalError(422, 'UNPROCESSABLE_ENTITY', 'PAYEE_ACCOUNT_RESTRICTED', 'The merchant account is restricted.', id),
  token_expired_or_invalid: () => ({
    status: 401,
    body: { error: 'invalid_token', error_description: 'The token passed in was not found in the system' },
  }),
  rate_limit: ({ id }) => ({
    status: 429,
    body: {
      name: 'RATE_LIMIT_REACHED',
      message: 'Too many requests. Blocked due to rate limiting.',
      debug_id: id.slice(0, 13),
    },
  }),
};
