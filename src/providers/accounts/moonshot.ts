import type { AccountCheck } from '../../shared/account.ts';
import { list, number, time } from './json.ts';
import { allowance, balance, tightest } from './reading.ts';

/** https://platform.moonshot.ai/docs/api/balance: in USD, and in CNY where the mainland's host is asked. */
const cash: AccountCheck = {
  id: 'balance',
  covers: 'account',
  hosts: ['api.moonshot.ai', 'api.moonshot.cn'],
  path: '/v1/users/me/balance',
  read: (json, { host }) => {
    const amount = number(json, 'data', 'available_balance');
    return amount === null ? null : balance(amount, host.endsWith('.cn') ? 'CNY' : 'USD');
  },
};

/** https://www.kimi.com/code/docs: the membership's allowances, numbers as texts. */
const membership: AccountCheck = {
  id: 'usages',
  covers: 'account',
  hosts: ['api.kimi.com'],
  path: '/coding/v1/usages',
  read: (json) =>
    tightest(
      [json, ...list(json, 'limits')].flatMap((entry) =>
        ['usage', 'detail'].flatMap((name) => {
          const limit = number(entry, name, 'limit');
          const left = number(entry, name, 'remaining');
          const used = number(entry, name, 'used') ?? (limit === null || left === null ? null : limit - left);
          return limit === null || used === null
            ? []
            : [allowance(used, limit, 'requests', time(entry, name, 'resetTime'))];
        }),
      ),
    ),
};

export const moonshotChecks: readonly AccountCheck[] = [cash, membership];
