import { apifyChecks } from './accounts/apify.ts';
import { vendor } from './vendor.ts';

/** https://docs.apify.com/api/v2. `error.type` names the cause. */
export const apify = vendor({
  id: 'apify',
  title: 'Apify',
  hosts: ['api.apify.com'],
  upstream: 'https://api.apify.com',
  keyVariable: 'APIFY_TOKEN',
  keyPatterns: ['apify_api_[A-Za-z0-9]{30,}'],
  pages: { billing: 'https://console.apify.com/billing', errors: 'https://docs.apify.com/api/v2' },
  alsoMeans: { 'platform-feature-disabled': ['spend_limit_or_budget_reached', 'usage_quota_exceeded'] },
  codes: {
    'actor-memory-limit-exceeded': 'rate_limit',
    'concurrent-runs-limit-exceeded': 'rate_limit',
    'platform-feature-disabled': 'account_suspended',
    'monthly-usage-limit-too-low': 'spend_limit_or_budget_reached',
    'monthly-usage-hard-limit-exceeded': 'spend_limit_or_budget_reached',
    'max-monthly-usage-exceeded': 'spend_limit_or_budget_reached',
    'not-enough-usage-to-run-paid-actor': 'insufficient_funds',
    'actor-is-not-rented': 'subscription_inactive_or_missing',
    'user-or-token-not-found': 'token_expired_or_invalid',
    'x402-payment-required': 'payment_protocol_challenge',
  },
  checks: apifyChecks,
});
