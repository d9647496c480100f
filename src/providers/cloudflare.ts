import { vendor } from './vendor.ts';

/** https://developers.cloudflare.com/workers-ai/platform/errors/. Allocation of neurons by the day. */
export const cloudflare = vendor({
  id: 'cloudflare',
  title: 'Cloudflare',
  hosts: ['api.cloudflare.com', 'gateway.ai.cloudflare.com'],
  upstream: 'https://api.cloudflare.com',
  keyVariable: 'CLOUDFLARE_API_TOKEN',
  pages: {
    billing: 'https://dash.cloudflare.com/?to=/:account/billing',
    keys: 'https://dash.cloudflare.com/profile/api-tokens',
    status: 'https://www.cloudflarestatus.com',
    errors: 'https://developers.cloudflare.com/workers-ai/platform/errors/',
    support: 'https://support.cloudflare.com',
  },
  codes: {
    '9109': 'token_expired_or_invalid',
    '9106': 'token_expired_or_invalid',
    '971': 'rate_limit',
    '10014': 'plan_upgrade_required',
    '10037': 'usage_quota_exceeded',
    '10042': 'subscription_inactive_or_missing',
    '10048': 'subscription_inactive_or_missing',
    '7403': 'configuration_error',
    '1211': 'spend_limit_or_budget_reached',
    '2003': 'rate_limit',
    '2009': 'token_expired_or_invalid',
    '3023': 'account_suspended',
    '3041': 'configuration_error',
    '5016': 'region_or_policy',
    '5018': 'configuration_error',
    '3036': 'usage_quota_exceeded',
    '3040': 'rate_limit',
    '4006': 'usage_quota_exceeded',
    '10000': 'token_expired_or_invalid',
  },
});
