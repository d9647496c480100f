import { vendor } from './vendor.ts';

/** google.rpc.ErrorInfo names the reason: https://cloud.google.com/apis/design/errors */
export const googleCloud = vendor({
  id: 'google-cloud',
  title: 'Google Cloud',
  hosts: ['.googleapis.com'],
  upstream: 'https://www.googleapis.com',
  pages: { billing: 'https://console.cloud.google.com/billing', status: 'https://status.cloud.google.com' },
  tokenUrl: 'https://oauth2.googleapis.com/token',
  codes: {
    BILLING_DISABLED: 'payment_method_invalid',
    CONSUMER_SUSPENDED: 'account_suspended',
    CONSUMER_INVALID: 'configuration_error',
    SERVICE_DISABLED: 'configuration_error',
    accessNotConfigured: 'configuration_error',
    API_KEY_INVALID: 'token_expired_or_invalid',
    keyInvalid: 'token_expired_or_invalid',
    authError: 'token_expired_or_invalid',
    ACCESS_TOKEN_EXPIRED: 'token_expired_or_invalid',
    RATE_LIMIT_EXCEEDED: 'rate_limit',
    rateLimitExceeded: 'rate_limit',
    userRateLimitExceeded: 'rate_limit',
    dailyLimitExceeded: 'usage_quota_exceeded',
    quotaExceeded: 'usage_quota_exceeded',
    accountDisabled: 'account_suspended',
    billingNotEnabled: 'payment_method_invalid',
  },
});
