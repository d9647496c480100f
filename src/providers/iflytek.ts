import { vendor } from './vendor.ts';

/** One code for "not authorised" and "volume used up". https://www.xfyun.cn/doc/spark/%E6%8E%A5%E5%8F%A3%E8%AF%B4%E6%98%8E.html */
export const iflytek = vendor({
  id: 'iflytek',
  title: 'iFlytek Spark',
  hosts: ['spark-api.xf-yun.com', 'spark-api-open.xf-yun.com', '.xfyun.cn', '.xf-yun.com'],
  upstream: 'https://spark-api-open.xf-yun.com',
  dialect: 'openai',
  pages: { billing: 'https://console.xfyun.cn', keys: 'https://console.xfyun.cn/services' },
  codes: {
    '10007': 'rate_limit',
    '10010': 'usage_quota_exceeded',
    '10015': 'account_suspended',
    '10016': 'configuration_error',
    '10313': 'token_expired_or_invalid',
    AppIdNoAuthError: 'configuration_error',
    AppIdQpsOverFlowError: 'rate_limit',
    AppIdConcOverFlowError: 'rate_limit',
    '11200': 'configuration_error',
    '11201': 'usage_quota_exceeded',
    '11202': 'rate_limit',
    '11203': 'rate_limit',
    '10110': 'rate_limit',
  },
  alsoMeans: {
    '11200': ['subscription_inactive_or_missing', 'usage_quota_exceeded'],
    '10016': ['subscription_inactive_or_missing', 'usage_quota_exceeded'],
  },
});
