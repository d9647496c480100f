import { zhipuChecks } from './accounts/zhipu.ts';
import { zhipuFamilies } from './families.ts';
import { vendor } from './vendor.ts';

/** https://docs.bigmodel.cn/cn/faq/api-code. 1113 is also what the key of a coding plan gets at the pay-as-you-go endpoint. */
export const zhipu = vendor({
  id: 'zhipu',
  title: 'Zhipu BigModel',
  hosts: ['open.bigmodel.cn', 'api.z.ai'],
  upstream: 'https://open.bigmodel.cn',
  dialect: 'openai',
  pages: { billing: 'https://open.bigmodel.cn/finance/overview', errors: 'https://docs.bigmodel.cn/cn/faq/api-code' },
  cheaperModels: zhipuFamilies,
  codes: {
    '1113': 'insufficient_funds',
    '1110': 'account_suspended',
    '1111': 'account_suspended',
    '1112': 'account_suspended',
    '1120': 'payment_service_outage',
    '1121': 'account_suspended',
    '1302': 'rate_limit',
    '1303': 'rate_limit',
    '1304': 'usage_quota_exceeded',
    '1305': 'rate_limit',
    '1312': 'rate_limit',
    '1308': 'usage_quota_exceeded',
    '1310': 'usage_quota_exceeded',
    '1309': 'subscription_expired',
    '1220': 'configuration_error',
    '1313': 'region_or_policy',
    '1311': 'plan_upgrade_required',
    '1000': 'token_expired_or_invalid',
    '1001': 'token_expired_or_invalid',
    '1002': 'token_expired_or_invalid',
    '1003': 'token_expired_or_invalid',
    '1004': 'token_expired_or_invalid',
  },
  alsoMeans: { '1113': ['configuration_error'], '1220': ['plan_upgrade_required', 'subscription_inactive_or_missing'] },
  checks: zhipuChecks,
});
