import { meanings, vendor } from './vendor.ts';

/** About the payer’s card: https://www.checkout.com/docs/developer-resources/codes */
export const checkoutCom = vendor({
  id: 'checkout-com',
  title: 'Checkout.com',
  hosts: ['api.checkout.com', 'api.sandbox.checkout.com', '.api.checkout.com'],
  upstream: 'https://api.checkout.com',
  pages: { status: 'https://status.checkout.com' },
  charges: true,
  codes: meanings({
    payment_method_expired: 'card_expired 30033 20054 business_submitted_expired_card',
    payment_method_invalid:
      'card_number_invalid cvv_invalid card_expiry_month_invalid card_expiry_year_invalid card_expiry_month_required card_expiry_year_required payment_method_not_supported card_not_found',
    card_declined: 'card_disabled card_authorization_failed 20051 20005 20112 20013 20057',
    payment_service_outage: 'processing_error gateway_timeout 20068 20091 20096 20103',
    configuration_error:
      'processing_channel_id_invalid processing_channel_id_required entity_not_authorized business_settings_missing',
    account_suspended: 'payments_suspended business_suspended',
    token_expired_or_invalid: 'token_expired token_invalid token_used',
    rate_limit: 'too_many_requests',
  }),
  alsoMeans: {
    entity_not_authorized: ['token_expired_or_invalid', 'account_suspended'],
    token_expired: ['payment_method_invalid'],
    token_invalid: ['payment_method_invalid'],
  },
  ordinary: ['payment_source_required', 'amount_invalid', 'currency_invalid'],
});
