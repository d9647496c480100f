import { meanings, vendor } from './vendor.ts';

/** https://docs.adyen.com/development-resources/error-codes/ and …/refusal-reasons; those stand in words, too. */
export const adyen = vendor({
  id: 'adyen',
  title: 'Adyen',
  hosts: ['.adyen.com', '.adyenpayments.com'],
  upstream: 'https://checkout-test.adyen.com',
  auth: { in: 'header', name: 'x-api-key', scheme: '' },
  pages: {
    status: 'https://status.adyen.com',
    errors: 'https://docs.adyen.com/development-resources/error-codes/',
  },
  charges: true,
  codes: meanings({
    configuration_error: '010 901 905_1 905_3 905_4',
    token_expired_or_invalid: '000',
    payment_method_invalid: '101 103 105 129 153',
  }),
  alsoMeans: { '010': ['token_expired_or_invalid', 'plan_upgrade_required'], '901': ['token_expired_or_invalid'] },
});
