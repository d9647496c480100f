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
    QuotaExceeded: 'usage_quota_exceeded',
    SetLimitExceeded: 'spend_limit_or_budget_reached',
    'RateLimitExceeded.EndpointRPMExceeded': 'rate_limit',
    'RateLimitExceeded.EndpointTPMExceeded': 'rate_limit',
    ServerOverloaded: 'rate_limit',
    ModelNotOpen: 'subscription_inactive_or_missing',
    AuthenticationError: 'token_expired_or_invalid',
  },
});
