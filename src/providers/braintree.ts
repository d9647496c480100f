import { meanings, vendor } from './vendor.ts';

/** https://developer.paypal.com/braintree/docs/reference/general/processor-responses/authorization-responses */
export const braintree = vendor({
  id: 'braintree',
  title: 'Braintree',
  hosts: ['.braintreegateway.com', 'payments.braintree-api.com', 'payments.sandbox.braintree-api.com'],
  upstream: 'https://payments.braintree-api.com',
  auth: { in: 'header', name: 'Authorization', scheme: 'Basic' },
  pages: {
    status: 'https://status.braintreepayments.com',
    errors: 'https://developer.paypal.com/braintree/docs/reference/general/processor-responses/authorization-responses',
  },
  charges: true,
  codes: meanings({
    payment_method_expired: '2004',
    payment_method_invalid: '2005 2006 2007 2008 2009 2010 2059 2060 2108 2111',
    card_declined:
      '2000 2001 2002 2003 2011 2012 2013 2014 2015 2016 2017 2019 2020 2021 2022 2033 2038 2044 2046 2047 2053 2057 2069 2074 2075 2076 2099 2101',
    configuration_error: '2023 2024 2025 2026',
    payment_service_outage: '3000',
  }),
  alsoMeans: { '2001': ['insufficient_funds'], '2010': ['card_declined'], '2023': ['card_declined'] },
});
