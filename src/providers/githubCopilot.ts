import { githubCopilotChecks } from './accounts/githubCopilot.ts';
import { githubCopilotQuotas } from './quotas/githubCopilot.ts';
import { vendor } from './vendor.ts';

/** The code stands before a colon in the body; the quota in `x-quota-snapshot-*`. */
export const githubCopilot = vendor({
  id: 'github-copilot',
  title: 'GitHub Copilot',
  hosts: ['api.githubcopilot.com', '.githubcopilot.com'],
  upstream: 'https://api.githubcopilot.com',
  dialect: 'openai',
  pages: {
    billing: 'https://github.com/settings/copilot',
    status: 'https://www.githubstatus.com',
    support: 'https://support.github.com',
  },
  codes: {
    quota_exceeded: 'usage_quota_exceeded',
    free_quota_exceeded: 'usage_quota_exceeded',
    overage_limit_reached: 'spend_limit_or_budget_reached',
    billing_not_configured: 'payment_method_invalid',
    rate_limited: 'rate_limit',
    user_model_rate_limited: 'rate_limit',
    user_global_rate_limited: 'rate_limit',
    integration_rate_limited: 'rate_limit',
    agent_mode_limit_exceeded: 'rate_limit',
    upstream_provider_rate_limit: 'rate_limit',
    model_overloaded: 'rate_limit',
    extension_blocked: 'rate_limit',
    subscription_ended: 'subscription_expired',
    not_signed_up: 'subscription_inactive_or_missing',
    no_copilot_access: 'subscription_inactive_or_missing',
    unauthorized_ide: 'configuration_error',
    user_weekly_rate_limited: 'usage_quota_exceeded',
    feature_flag_blocked: 'region_or_policy',
  },
  resells: true,
  checks: githubCopilotChecks,
  quotas: githubCopilotQuotas,
});
