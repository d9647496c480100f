import { meanings, vendor } from './vendor.ts';

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
  charges: true,
  codes: meanings({
    card_declined:
      'INSTRUMENT_DECLINED PAYER_CANNOT_PAY PAYER_ACTION_REQUIRED TRANSACTION_REFUSED TRANSACTION_REFUSED_BY_BANK TRANSACTION_BLOCKED_BY_PAYEE INSUFFICIENT_FUNDS REDIRECT_PAYER_FOR_ALTERNATE_FUNDING PAYMENT_DENIED',
    payment_method_expired: 'CARD_EXPIRED',
    payment_method_invalid:
      'CARD_CLOSED CARD_BRAND_NOT_SUPPORTED CREDIT_CARD_CVV_CHECK_FAILED NO_EXTERNAL_FUNDING_DETAILS_FOUND',
    account_suspended:
      'PAYER_ACCOUNT_RESTRICTED PAYEE_ACCOUNT_RESTRICTED PAYEE_ACCOUNT_LOCKED_OR_CLOSED PAYER_ACCOUNT_LOCKED_OR_CLOSED PAYEE_ACCOUNT_NOT_VERIFIED PAYEE_ACCOUNT_INVALID ACCOUNT_RESTRICTED',
    configuration_error:
      'PAYEE_NOT_ENABLED_FOR_CARD_PROCESSING PERMISSION_DENIED NOT_ENABLED_FOR_CARD_PROCESSING PERMISSION_NOT_GRANTED PAYEE_NOT_CONSENTED',
    region_or_policy: 'COMPLIANCE_VIOLATION DOMESTIC_TRANSACTION_REQUIRED CURRENCY_NOT_SUPPORTED_FOR_COUNTRY',
    insufficient_funds: 'REFUND_FAILED_INSUFFICIENT_FUNDS',
    spend_limit_or_budget_reached:
      'TRANSACTION_LIMIT_EXCEEDED TRANSACTION_RECEIVING_LIMIT_EXCEEDED REFUND_CAPTURE_LIMIT_EXCEEDED',
    token_expired_or_invalid: 'invalid_client invalid_token AUTHENTICATION_FAILURE',
    rate_limit: 'RATE_LIMIT_REACHED MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED',
  }),
  alsoMeans: {
    PERMISSION_DENIED: ['token_expired_or_invalid'],
    PAYER_ACTION_REQUIRED: ['payment_method_invalid'],
    TRANSACTION_LIMIT_EXCEEDED: ['card_declined', 'usage_quota_exceeded'],
    MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED: ['card_declined'],
    COMPLIANCE_VIOLATION: ['card_declined'],
  },
  ordinary: [
    'AUTHORIZATION_EXPIRED',
    'NO_PAYMENT_SOURCE_PROVIDED',
    'SUBSCRIPTION_STATUS_INVALID',
    'ORDER_NOT_APPROVED',
  ],
});
