import { meanings, vendor } from './vendor.ts';

/** https://developer.squareup.com/docs/build-basics/general-considerations/handling-errors and the error codes of payments. */
export const square = vendor({
  id: 'square',
  title: 'Square',
  hosts: ['connect.squareup.com', 'connect.squareupsandbox.com'],
  upstream: 'https://connect.squareup.com',
  keyVariable: 'SQUARE_TOKEN',
  pages: {
    keys: 'https://developer.squareup.com/apps',
    status: 'https://www.issquareup.com',
    errors: 'https://developer.squareup.com/docs/payments-api/error-codes',
  },
  charges: true,
  codes: meanings({
    payment_method_expired: 'CARD_EXPIRED EXPIRATION_FAILURE',
    payment_method_invalid:
      'INVALID_EXPIRATION INVALID_EXPIRATION_YEAR INVALID_EXPIRATION_DATE BAD_EXPIRATION UNSUPPORTED_CARD_BRAND INVALID_CARD INVALID_CARD_DATA CVV_FAILURE ADDRESS_VERIFICATION_FAILURE INVALID_ACCOUNT PAN_FAILURE INVALID_PIN INVALID_POSTAL_CODE CARD_TOKEN_EXPIRED CARD_TOKEN_USED CARD_NOT_SUPPORTED',
    card_declined:
      'GENERIC_DECLINE INSUFFICIENT_FUNDS CARDHOLDER_INSUFFICIENT_PERMISSIONS INVALID_LOCATION TRANSACTION_LIMIT VOICE_FAILURE ALLOWABLE_PIN_TRIES_EXCEEDED CHIP_INSERTION_REQUIRED CARD_DECLINED CARD_DECLINED_CALL_ISSUER CARD_DECLINED_VERIFICATION_REQUIRED MANUALLY_ENTERED_PAYMENT_NOT_SUPPORTED PAYMENT_LIMIT_EXCEEDED GIFT_CARD_AVAILABLE_AMOUNT AMOUNT_TOO_HIGH',
    payment_service_outage: 'TEMPORARY_ERROR',
    configuration_error: 'CARD_PROCESSING_NOT_ENABLED INSUFFICIENT_SCOPES',
    account_suspended: 'CLIENT_DISABLED APPLICATION_DISABLED',
    subscription_inactive_or_missing: 'MERCHANT_SUBSCRIPTION_NOT_FOUND',
    token_expired_or_invalid: 'UNAUTHORIZED ACCESS_TOKEN_EXPIRED ACCESS_TOKEN_REVOKED',
    rate_limit: 'RATE_LIMITED',
  }),
});
