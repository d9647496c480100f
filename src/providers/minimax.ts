import { minimaxFamilies } from './families.ts';
import { vendor } from './vendor.ts';

/** Fails with 200 and `base_resp.status_code`; 1008 is no balance, or a plan key at the wrong endpoint. */
export const minimax = vendor({
  id: 'minimax',
  title: 'MiniMax',
  hosts: ['api.minimax.io', 'api.minimaxi.com', 'api.minimax.chat'],
  upstream: 'https://api.minimax.io',
  dialect: 'openai',
  keyVariable: 'MINIMAX_API_KEY',
  pages: { billing: 'https://platform.minimax.io/user-center/payment/balance' },
  cheaperModels: minimaxFamilies,
  codes: {
    '1008': 'insufficient_funds',
    '1002': 'rate_limit',
    '1039': 'rate_limit',
    '1041': 'rate_limit',
    '2045': 'rate_limit',
    '2061': 'plan_upgrade_required',
    '1004': 'token_expired_or_invalid',
    '2049': 'token_expired_or_invalid',
    '2056': 'usage_quota_exceeded',
  },
  alsoMeans: { '1008': ['configuration_error', 'subscription_inactive_or_missing'] },
});
