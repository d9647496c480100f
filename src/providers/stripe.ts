import { stripeChecks } from './accounts/stripe.ts';
import { vendor } from './vendor.ts';

/**
 * https://docs.stripe.com/error-codes and https://docs.stripe.com/declines/codes. Its 402 is about the card of the
 * merchant's customer: `decline_code` first, then `code`.
 */
export const stripe = vendor({
  id: 'stripe',
  title: 'Stripe',
  hosts: ['api.stripe.com'],
  upstream: 'https://api.stripe.com',
  dialect: 'stripe',
  keyVariable: 'STRIPE_SECRET_KEY',
  keyPatterns: ['(?:sk|rk)_(?:live|test)_[0-9A-Za-z]{16,}'],
  pages: {
    billing: 'https://dashboard.stripe.com/settings/billing',
    keys: 'https://dashboard.stripe.com/apikeys',
    limits: 'https://docs.stripe.com/rate-limits',
    status: 'https://status.stripe.com',
    errors: 'https://docs.stripe.com/declines/codes',
    support: 'https://support.stripe.com/contact',
  },
  codes: {
    expired_card: 'payment_method_expired',
    invalid_expiry_month: 'payment_method_invalid',
    invalid_expiry_year: 'payment_method_invalid',
    incorrect_number: 'payment_method_invalid',
    invalid_number: 'payment_method_invalid',
    incorrect_cvc: 'payment_method_invalid',
    invalid_cvc: 'payment_method_invalid',
    incorrect_zip: 'payment_method_invalid',
    testmode_decline: 'configuration_error',
    live_mode_test_card: 'configuration_error',
    test_mode_live_card: 'configuration_error',
    card_declined: 'card_declined',
    card_velocity_exceeded: 'rate_limit',
    authentication_required: 'card_declined',
    processing_error: 'payment_service_outage',
    issuer_not_available: 'payment_service_outage',
    account_invalid: 'token_expired_or_invalid',
    api_key_expired: 'token_expired_or_invalid',
    rate_limit: 'rate_limit',
    lock_timeout: 'rate_limit',
  },
  checks: stripeChecks,
});
