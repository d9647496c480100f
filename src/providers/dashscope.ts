import { vendor } from './vendor.ts';

/** https://help.aliyun.com/zh/model-studio/error-code */
export const dashscope = vendor({
  id: 'dashscope',
  title: 'Alibaba DashScope',
  hosts: [
    'dashscope.aliyuncs.com',
    'dashscope-intl.aliyuncs.com',
    'dashscope-us.aliyuncs.com',
    'coding.dashscope.aliyuncs.com',
  ],
  upstream: 'https://dashscope.aliyuncs.com',
  dialect: 'openai',
  keyVariable: 'DASHSCOPE_API_KEY',
  pages: { billing: 'https://usercenter2.aliyun.com', errors: 'https://help.aliyun.com/zh/model-studio/error-code' },
  codes: {
    Arrearage: 'insufficient_funds',
    PrepaidBillOverdue: 'subscription_expired',
    PostpaidBillOverdue: 'account_suspended',
    CommodityNotPurchased: 'subscription_inactive_or_missing',
    'AccessDenied.Unpurchased': 'subscription_inactive_or_missing',
    'AllocationQuota.FreeTierOnly': 'usage_quota_exceeded',
    'Throttling.AllocationQuota': 'usage_quota_exceeded',
    'Throttling.RateQuota': 'rate_limit',
    'Throttling.BurstRate': 'rate_limit',
    Throttling: 'rate_limit',
    LimitRequests: 'rate_limit',
    limit_requests: 'rate_limit',
    insufficient_quota: 'usage_quota_exceeded',
    AccessDenied: 'configuration_error',
    access_denied: 'configuration_error',
    'Model.AccessDenied': 'configuration_error',
    'Workspace.AccessDenied': 'configuration_error',
    InvalidApiKey: 'token_expired_or_invalid',
    invalid_api_key: 'token_expired_or_invalid',
  },
  alsoMeans: {
    access_denied: ['region_or_policy', 'insufficient_funds', 'plan_upgrade_required'],
    AccessDenied: ['region_or_policy', 'insufficient_funds', 'subscription_inactive_or_missing'],
  },
});
