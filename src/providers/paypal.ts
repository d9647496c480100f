import { vendor } from './vendor.ts';

/** https://developer.paypal.com/api/rest/reference/orders/v2/errors/. About the payer, not the caller. */
export const paypal = vendor({
  id: 'paypal',
  title: 'PayPal',
  hosts: ['api-m.paypal.com', 'api-m.sandbox.paypal.com', 'api.paypal.com', 'api.sandbox.paypal.com'],
  upstream: 'https://api-m.paypal.com',
  pages: {
    status: 'https://www.paypal-status.com',
    errors: 'https://developer.paypal.com/api/rest/reference/orders/v2/errors/',
  },
  tokenUrl: 'https://api-m.paypal.com/v1/oauth2/token',
  codes: {
    INSTRUMENT_DECLINED: 'card_declined',
    PAYER_CANNOT_PAY: 'card_declined',
    TRANSACTION_REFUSED: 'card_declined',
    CARD_EXPIRED: 'payment_method_expired',
    PAYER_ACCOUNT_RESTRICTED: 'account_suspended',
    PAYEE_ACCOUNT_RESTRICTED: 'account_suspended',
    PAYEE_ACCOUNT_LOCKED_OR_CLOSED: 'account_suspended',
    PAYER_ACCOUNT_LOCKED_OR_CLOSED: 'account_suspended',
    PAYEE_NOT_ENABLED_FOR_CARD_PROCESSING: 'configuration_error',
    INSUFFICIENT_FUNDS: 'card_declined',
    invalid_client: 'token_expired_or_invalid',
    invalid_token: 'token_expired_or_invalid',
    RATE_LIMIT_REACHED: 'rate_limit',
  },
});
