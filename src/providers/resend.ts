import { resendQuotas } from './quotas/resend.ts';
import { vendor } from './vendor.ts';

/** https://resend.com/docs/api-reference/errors */
export const resend = vendor({
  id: 'resend',
  title: 'Resend',
  hosts: ['api.resend.com'],
  upstream: 'https://api.resend.com',
  baseUrls: [{ variable: 'RESEND_BASE_URL', path: '' }],
  keyVariable: 'RESEND_API_KEY',
  keyPatterns: ['re_[A-Za-z0-9_]{20,}'],
  pages: {
    billing: 'https://resend.com/settings/billing',
    keys: 'https://resend.com/api-keys',
    errors: 'https://resend.com/docs/api-reference/errors',
    status: 'https://resend-status.com',
  },
  codes: {
    daily_quota_exceeded: 'usage_quota_exceeded',
    monthly_quota_exceeded: 'usage_quota_exceeded',
    rate_limit_exceeded: 'rate_limit',
    restricted_api_key: 'configuration_error',
    invalid_api_key: 'token_expired_or_invalid',
    missing_api_key: 'token_expired_or_invalid',
  },
  quotas: resendQuotas,
});
