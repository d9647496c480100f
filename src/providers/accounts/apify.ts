import type { AccountCheck } from '../../shared/account.ts';
import { number, time } from './json.ts';
import { allowance } from './reading.ts';

/** https://docs.apify.com/api/v2/users-me-limits-get: what may be spent in the month. */
export const apifyChecks: readonly AccountCheck[] = [
  {
    id: 'limits',
    covers: 'account',
    path: '/v2/users/me/limits',
    read: (json) => {
      const limit = number(json, 'data', 'limits', 'maxMonthlyUsageUsd');
      const used = number(json, 'data', 'current', 'monthlyUsageUsd');
      if (limit === null || used === null) return null;
      return allowance(used, limit, 'USD', time(json, 'data', 'monthlyUsageCycle', 'endAt'));
    },
  },
];
