import { meanings, vendor } from './vendor.ts';

/** https://postmarkapp.com/developer/api/overview#error-codes */
export const postmark = vendor({
  id: 'postmark',
  title: 'Postmark',
  hosts: ['api.postmarkapp.com'],
  upstream: 'https://api.postmarkapp.com',
  auth: { in: 'header', name: 'X-Postmark-Server-Token', scheme: '' },
  pages: {
    billing: 'https://account.postmarkapp.com/subscription',
    status: 'https://status.postmarkapp.com',
    errors: 'https://postmarkapp.com/developer/api/overview#error-codes',
  },
  codes: meanings({
    token_expired_or_invalid: '10',
    configuration_error: '400 401',
    insufficient_funds: '405',
    account_suspended: '412 413',
    rate_limit: '429',
  }),
  alsoMeans: { '412': ['region_or_policy'], '413': ['region_or_policy'] },
  ordinary: ['300', '402', '406'],
});
