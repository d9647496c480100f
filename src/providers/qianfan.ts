import { meanings, vendor } from './vendor.ts';

/** Codes: https://cloud.baidu.com/doc/qianfan/s/Qmh4su56e; the numbers are those of its older endpoints. */
export const qianfan = vendor({
  id: 'qianfan',
  title: 'Baidu Qianfan',
  hosts: ['qianfan.baidubce.com', 'aip.baidubce.com'],
  upstream: 'https://qianfan.baidubce.com',
  dialect: 'openai',
  keyVariable: 'QIANFAN_API_KEY',
  keyPatterns: ['bce-v3/[A-Za-z0-9-]{10,}/[0-9a-f]{20,}'],
  pages: {
    billing: 'https://console.bce.baidu.com/billing/',
    errors: 'https://cloud.baidu.com/doc/qianfan/s/Qmh4su56e',
  },
  codes: meanings({
    rate_limit: '4 18 336501 336502 rpm_rate_limit_exceeded tpm_rate_limit_exceeded cluster_rate_limit_exceeded',
    usage_quota_exceeded: '17 19 QUOTA_USER_DAILY_REQUEST QUOTA_USER_DAILY_FREE',
    token_expired_or_invalid: '13 14 100 110 111 invalid_iam_token',
    configuration_error: '6 invalid_appid',
    insufficient_funds: 'BILLING_INSUFFICIENT_BALANCE',
  }),
  alsoMeans: { '17': ['insufficient_funds'] },
});
