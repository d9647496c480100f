import type { Cause } from '../shared/finding.ts';
import { vendor } from './vendor.ts';

/** `ErrorInfo.reason` and the older `errors[].reason`, of whichever service. https://cloud.google.com/apis/design/errors */
export const googleCodes: Readonly<Record<string, Cause>> = {
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
  UREQ_PROJECT_BILLING_NOT_FOUND: 'payment_method_invalid',
  UserProjectAccountProblem: 'account_suspended',
  userProjectAccountProblem: 'account_suspended',
  keyExpired: 'token_expired_or_invalid',
  API_KEY_SERVICE_BLOCKED: 'configuration_error',
  API_KEY_HTTP_REFERRER_BLOCKED: 'configuration_error',
  API_KEY_IP_ADDRESS_BLOCKED: 'configuration_error',
  ipRefererBlocked: 'configuration_error',
  LOCATION_POLICY_VIOLATED: 'region_or_policy',
  variableTermLimitExceeded: 'usage_quota_exceeded',
  servingLimitExceeded: 'rate_limit',
  concurrentLimitExceeded: 'rate_limit',
  RESOURCE_QUOTA_EXCEEDED: 'usage_quota_exceeded',
  USER_PROJECT_DENIED: 'configuration_error',
  CREDENTIALS_MISSING: 'token_expired_or_invalid',
  ACCOUNT_STATE_INVALID: 'account_suspended',
  billingNotEnabled: 'payment_method_invalid',
  ACCESS_TOKEN_SCOPE_INSUFFICIENT: 'configuration_error',
  IAM_PERMISSION_DENIED: 'configuration_error',
};

/** google.rpc.ErrorInfo names the reason: https://cloud.google.com/apis/design/errors */
export const googleCloud = vendor({
  id: 'google-cloud',
  title: 'Google Cloud',
  hosts: ['.googleapis.com'],
  upstream: 'https://www.googleapis.com',
  pages: {
    billing: 'https://console.cloud.google.com/billing',
    status: 'https://status.cloud.google.com',
    support: 'https://cloud.google.com/support',
  },
  tokenUrl: 'https://oauth2.googleapis.com/token',
  codes: googleCodes,
  alsoMeans: { accountDisabled: ['payment_method_invalid'] },
});
