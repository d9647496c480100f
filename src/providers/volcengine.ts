import { vendor } from './vendor.ts';

/** Codes: https://www.volcengine.com/docs/82379/1299023 */
export const volcengine = vendor({
  id: 'volcengine',
  title: 'Volcengine Ark',
  hosts: ['ark.cn-beijing.volces.com', '.volces.com', 'ark.ap-southeast.bytepluses.com'],
  upstream: 'https://ark.cn-beijing.volces.com',
  dialect: 'openai',
  keyVariable: 'ARK_API_KEY',
  pages: { errors: 'https://www.volcengine.com/docs/82379/1299023' },
  codes: {
    AccountOverdueError: 'insufficient_funds',
    'OperationDenied.CustomerOverdue': 'insufficient_funds',
    'OperationDenied.ServiceOverdue': 'insufficient_funds',
    'OperationDenied.ServiceNotOpen': 'subscription_inactive_or_missing',
    'OperationDenied.PermissionDenied': 'configuration_error',
    AccessDenied: 'configuration_error',
    AccountQuotaExceeded: 'usage_quota_exceeded',
    InvalidAccountStatus: 'account_suspended',
    InvalidSubscription: 'subscription_expired',
    UnsupportedModel: 'plan_upgrade_required',
    QuotaExceeded: 'usage_quota_exceeded',
    SetLimitExceeded: 'spend_limit_or_budget_reached',
    'RateLimitExceeded.EndpointRPMExceeded': 'rate_limit',
    'RateLimitExceeded.EndpointTPMExceeded': 'rate_limit',
    ServerOverloaded: 'rate_limit',
    ModelNotOpen: 'subscription_inactive_or_missing',
    AuthenticationError: 'token_expired_or_invalid',
  },
  alsoMeans: {
    AccessDenied: ['plan_upgrade_required', 'insufficient_funds'],
    InvalidSubscription: ['subscription_inactive_or_missing'],
    UnsupportedModel: ['configuration_error'],
  },
});
