import { vendor } from './vendor.ts';

/** Passes the errors of its suppliers on as they are. */
export const opencodeZen = vendor({
  id: 'opencode-zen',
  title: 'OpenCode Zen',
  hosts: ['opencode.ai'],
  upstream: 'https://opencode.ai',
  dialect: 'openai',
  pages: { billing: 'https://opencode.ai/zen' },
  codes: {
    FreeTierError: 'region_or_policy',
    FreeUsageLimitError: 'usage_quota_exceeded',
    CreditsError: 'insufficient_funds',
    MonthlyLimitError: 'spend_limit_or_budget_reached',
    UserLimitError: 'spend_limit_or_budget_reached',
    GoUsageLimitError: 'usage_quota_exceeded',
    SubscriptionUsageLimitError: 'usage_quota_exceeded',
    ModelError: 'configuration_error',
    AuthError: 'token_expired_or_invalid',
  },
  alsoMeans: { CreditsError: ['payment_method_invalid', 'spend_limit_or_budget_reached'] },
  resells: true,
});
