import { vendor } from './vendor.ts';

/** About the payer’s card: https://www.checkout.com/docs/developer-resources/codes */
export const checkoutCom = vendor({
  id: 'checkout-com',
  title: 'Checkout.com',
  hosts: ['api.checkout.com', 'api.sandbox.checkout.com', '.api.checkout.com'],
  upstream: 'https://api.checkout.com',
  pages: { status: 'https://status.checkout.com' },
  codes: {
    card_expired: 'payment_method_expired',
    card_disabled: 'card_declined',
    card_number_invalid: 'payment_method_invalid',
    payment_method_not_supported: 'payment_method_invalid',
    card_authorization_failed: 'card_declined',
    '20051': 'card_declined',
    '20005': 'card_declined',
    '30033': 'payment_method_expired',
    '20054': 'payment_method_expired',
    token_expired: 'token_expired_or_invalid',
    processing_error: 'payment_service_outage',
  },
});
