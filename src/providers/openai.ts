import { openaiChecks } from './accounts/openai.ts';
import { openaiQuotas } from './quotas/openai.ts';
import { openaiFamilies } from './families.ts';
import { vendor } from './vendor.ts';

/** https://platform.openai.com/docs/guides/error-codes. Bodies of 2023 leave `code` null, so `type` counts as well. */
export const openai = vendor({
  id: 'openai',
  title: 'OpenAI',
  hosts: ['api.openai.com', 'auth.openai.com', 'chatgpt.com'],
  upstream: 'https://api.openai.com',
  dialect: 'openai',
  baseUrls: [{ variable: 'OPENAI_BASE_URL', path: '/v1' }],
  keyVariable: 'OPENAI_API_KEY',
  keyPatterns: ['sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{20,}', 'sk-[A-Za-z0-9]{40,}'],
  pages: {
    billing: 'https://platform.openai.com/settings/organization/billing/overview',
    keys: 'https://platform.openai.com/api-keys',
    limits: 'https://platform.openai.com/settings/organization/limits',
    status: 'https://status.openai.com',
    errors: 'https://platform.openai.com/docs/guides/error-codes',
    support: 'https://help.openai.com',
  },
  tokenUrl: 'https://auth.openai.com/oauth/token',
  cheaperModels: openaiFamilies,
  codes: {
    insufficient_quota: 'insufficient_funds',
    billing_not_active: 'account_suspended',
    billing_hard_limit_reached: 'spend_limit_or_budget_reached',
    usage_limit_reached: 'usage_quota_exceeded',
    usage_not_included: 'plan_upgrade_required',
    account_deactivated: 'account_suspended',
    unsupported_country_region_territory: 'region_or_policy',
    invalid_api_key: 'token_expired_or_invalid',
    deactivated_workspace: 'account_suspended',
    invalid_organization: 'configuration_error',
    mismatched_organization: 'configuration_error',
    mismatched_project: 'configuration_error',
    ip_not_authorized: 'configuration_error',
    not_authorized_invalid_project: 'configuration_error',
    token_invalidated: 'token_expired_or_invalid',
    refresh_token_invalidated: 'token_expired_or_invalid',
    workspace_owner_credits_depleted: 'insufficient_funds',
    workspace_member_credits_depleted: 'insufficient_funds',
    workspace_owner_usage_limit_reached: 'spend_limit_or_budget_reached',
    workspace_member_usage_limit_reached: 'spend_limit_or_budget_reached',
    refresh_token_reused: 'token_expired_or_invalid',
    refresh_token_expired: 'token_expired_or_invalid',
    rate_limit_exceeded: 'rate_limit',
  },
  alsoMeans: {
    rate_limit_exceeded: ['usage_quota_exceeded'],
    insufficient_quota: [
      'subscription_expired',
      'configuration_error',
      'payment_service_outage',
      'spend_limit_or_budget_reached',
    ],
    billing_not_active: ['payment_method_invalid', 'subscription_inactive_or_missing'],
  },
  checks: openaiChecks,
  quotas: openaiQuotas,
});
