import { meanings, vendor } from './vendor.ts';

/** https://www.quicknode.com/docs/error-references: limits of credits a second, and an endpoint that was switched off. */
export const quicknode = vendor({
  id: 'quicknode',
  title: 'QuickNode',
  hosts: ['.quiknode.pro'],
  upstream: 'https://api.quicknode.com',
  keyVariable: 'QUICKNODE_API_KEY',
  pages: {
    billing: 'https://dashboard.quicknode.com/billing',
    keys: 'https://dashboard.quicknode.com/endpoints',
    status: 'https://status.quicknode.com',
    errors: 'https://www.quicknode.com/docs/error-references',
  },
  codes: meanings({
    rate_limit: '-32007 -32012',
    account_suspended: '-32052',
  }),
  alsoMeans: { '-32052': ['token_expired_or_invalid', 'payment_method_invalid', 'subscription_inactive_or_missing'] },
});
