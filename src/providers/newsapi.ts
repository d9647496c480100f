import { vendor } from './vendor.ts';

/** https://newsapi.org/docs/errors */
export const newsapi = vendor({
  id: 'newsapi',
  title: 'NewsAPI',
  hosts: ['newsapi.org'],
  upstream: 'https://newsapi.org',
  auth: { in: 'header', name: 'X-Api-Key', scheme: '' },
  pages: { billing: 'https://newsapi.org/pricing', errors: 'https://newsapi.org/docs/errors' },
  codes: {
    apiKeyExhausted: 'usage_quota_exceeded',
    apiKeyDisabled: 'account_suspended',
    apiKeyInvalid: 'token_expired_or_invalid',
    apiKeyMissing: 'token_expired_or_invalid',
    maximumResultsReached: 'plan_upgrade_required',
    rateLimited: 'usage_quota_exceeded',
    corsNotAllowed: 'plan_upgrade_required',
  },
  statuses: { 426: 'plan_upgrade_required' },
});
