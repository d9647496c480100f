import type { AccountCheck } from '../../shared/account.ts';
import { number, time } from './json.ts';
import { allowance, balance, spent } from './reading.ts';

/** https://docs.litellm.ai/docs/proxy/virtual_keys: the budget of the key that asks, in USD. */
const litellm: AccountCheck = {
  id: 'litellm',
  covers: 'account',
  path: '/key/info',
  read: (json) => {
    const used = number(json, 'info', 'spend');
    if (used === null) return null;
    const limit = number(json, 'info', 'max_budget');
    return limit === null ? spent(used, 'USD') : allowance(used, limit, 'USD', time(json, 'info', 'budget_reset_at'));
  },
};

/** one-api and new-api answer as OpenAI once did: the limit in USD, what was used in hundredths. */
const oneApi: AccountCheck = {
  id: 'one-api',
  covers: 'account',
  before: {
    path: '/v1/dashboard/billing/subscription',
    find: (json) => (number(json, 'hard_limit_usd') === null ? null : {}),
  },
  path: '/v1/dashboard/billing/usage?start_date={month}&end_date={tomorrow}',
  read: (json, { before }) => {
    const limit = number(before, 'hard_limit_usd');
    const cents = number(json, 'total_usage');
    if (limit === null || cents === null) return null;
    return balance(limit - cents / 100, 'USD', { limit, used: cents / 100 });
  },
};

/** What relays that one runs oneself answer to. Tried in turn where the upstream is no known vendor's. */
export const relayChecks: readonly AccountCheck[] = [litellm, oneApi];
