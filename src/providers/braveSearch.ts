import { vendor } from './vendor.ts';

/** One status for a second and for a month; `meta` and `code` tell which. */
export const braveSearch = vendor({
  id: 'brave-search',
  title: 'Brave Search',
  hosts: ['api.search.brave.com'],
  upstream: 'https://api.search.brave.com',
  auth: { in: 'header', name: 'X-Subscription-Token', scheme: '' },
  keyVariable: 'BRAVE_API_KEY',
  pages: { billing: 'https://api-dashboard.search.brave.com' },
  codes: {
    RATE_LIMITED: 'rate_limit',
    QUOTA_LIMITED: 'usage_quota_exceeded',
    SUBSCRIPTION_TOKEN_INVALID: 'token_expired_or_invalid',
    OPTION_NOT_IN_PLAN: 'plan_upgrade_required',
    RESOURCE_NOT_ALLOWED: 'plan_upgrade_required',
    USAGE_LIMIT_EXCEEDED: 'spend_limit_or_budget_reached',
  },
});
