import { vendor } from './vendor.ts';

/** https://developer.intuit.com. A lapsed company and a sandbox address share one code. */
export const quickbooks = vendor({
  id: 'quickbooks',
  title: 'QuickBooks Online',
  hosts: ['quickbooks.api.intuit.com', 'sandbox-quickbooks.api.intuit.com'],
  upstream: 'https://quickbooks.api.intuit.com',
  pages: {
    errors: 'https://developer.intuit.com/app/developer/qbo/docs/develop/authentication-and-authorization/oauth-2.0',
  },
  tokenUrl: 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer',
  codes: {
    '6190': 'subscription_expired',
    '6210': 'account_suspended',
    '3200': 'token_expired_or_invalid',
    '3100': 'token_expired_or_invalid',
    '003100': 'token_expired_or_invalid',
    '003200': 'token_expired_or_invalid',
    '003001': 'rate_limit',
    '007001': 'configuration_error',
    '3001': 'rate_limit',
    '7001': 'configuration_error',
  },
  alsoMeans: { '007001': ['subscription_expired'] },
});
