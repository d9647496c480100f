import { stripeChecks } from './accounts/stripe.ts';
import { meanings, vendor } from './vendor.ts';

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
  charges: true,
  codes: meanings({
    payment_method_expired: 'expired_card',
    payment_method_invalid:
      'invalid_expiry_month invalid_expiry_year incorrect_number invalid_number incorrect_cvc invalid_cvc incorrect_zip incorrect_address invalid_pin incorrect_pin invalid_account invalid_account_number new_account_information_available account_closed bank_account_declined bank_account_unusable bank_account_unverified bank_account_bad_routing_numbers instant_payouts_unsupported missing payment_intent_mandate_invalid payment_method_bank_account_blocked payment_method_bank_account_already_exists payment_method_currency_mismatch payment_method_microdeposit_failed payment_method_microdeposit_verification_attempts_exceeded setup_intent_mandate_invalid no_account debit_not_supported',
    card_declined:
      'card_declined authentication_required authentication_not_handled approve_with_id currency_not_supported card_not_supported offline_pin_required online_or_offline_pin_required pin_try_exceeded invalid_amount duplicate_transaction card_decline_rate_limit_exceeded payment_intent_authentication_failure setup_intent_authentication_failure payment_intent_payment_attempt_failed payment_intent_payment_attempt_expired payment_method_provider_decline payment_method_customer_decline payment_intent_action_required invoice_payment_intent_requires_action invoice_payment_requires_action subscription_payment_intent_requires_action debit_not_authorized insufficient_funds',
    payment_service_outage:
      'processing_error issuer_not_available reenter_transaction try_again_later payment_method_provider_timeout payment_method_not_available',
    configuration_error:
      'testmode_decline live_mode_test_card test_mode_live_card livemode_mismatch payment_method_unactivated platform_account_required more_permissions_required tls_version_unsupported',
    account_suspended: 'payouts_not_allowed transfers_not_allowed testmode_charges_only rejected_account',
    region_or_policy: 'country_unsupported',
    insufficient_funds: 'balance_insufficient',
    spend_limit_or_budget_reached:
      'charge_exceeds_source_limit charge_exceeds_transaction_limit charge_exceeds_weekly_limit',
    usage_quota_exceeded: 'customer_max_subscriptions customer_max_payment_methods',
    token_expired_or_invalid: 'account_invalid api_key_expired platform_api_key_expired secret_key_required',
    rate_limit: 'card_velocity_exceeded rate_limit lock_timeout',
  }),
  alsoMeans: {
    account_closed: ['card_declined'],
    bank_account_declined: ['card_declined'],
    insufficient_funds: ['insufficient_funds'],
    card_not_supported: ['payment_method_invalid'],
    currency_not_supported: ['payment_method_invalid'],
    card_velocity_exceeded: ['card_declined', 'spend_limit_or_budget_reached'],
    charge_exceeds_source_limit: ['card_declined', 'usage_quota_exceeded'],
    platform_account_required: ['subscription_inactive_or_missing'],
  },
  ordinary: ['amount_too_large', 'amount_too_small', 'account_country_invalid_address'],
  checks: stripeChecks,
});
