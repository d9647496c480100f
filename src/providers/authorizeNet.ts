import { meanings, vendor } from './vendor.ts';

/** https://developer.authorize.net/api/reference/responseCodes.html. Its own errors begin with `E`. */
export const authorizeNet = vendor({
  id: 'authorize-net',
  title: 'Authorize.net',
  hosts: ['api.authorize.net', 'apitest.authorize.net', 'api2.authorize.net'],
  upstream: 'https://api.authorize.net',
  pages: {
    status: 'https://status.authorize.net',
    errors: 'https://developer.authorize.net/api/reference/responseCodes.html',
  },
  charges: true,
  codes: meanings({
    card_declined: '41 44 45 65 141 145 165 200 205 250 251 252 253 254 315',
    payment_method_expired: '8 317',
    payment_method_invalid: '6 7 9 10 17 27 28 37 78 127 316',
    payment_service_outage: '19 20 21 22 23 25 26 57 58 59 60 61 62 63 120 121 122 181 E00053',
    token_expired_or_invalid: 'E00007 E00124 E00005 E00006',
    account_suspended: 'E00008 E00009 13 35',
    configuration_error: 'E00010 E00011 5001 E00117 18 24 30 66 103',
    rate_limit: 'E00118',
  }),
  alsoMeans: { '27': ['card_declined'], '65': ['payment_method_invalid'] },
  ordinary: ['33', '16', '54', '11', 'E00003', 'E00012', 'E00027', 'E00039', 'E00040'],
});
