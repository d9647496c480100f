import type { AccountCheck, AccountReading } from '../../shared/account.ts';
import { number, time } from './json.ts';
import { allowance, tightest } from './reading.ts';

/** https://dev.synthetic.new/docs/synthetic/quotas: windows of a subscription; asking costs nothing. */
export const syntheticChecks: readonly AccountCheck[] = [
  {
    id: 'quotas',
    covers: 'account',
    path: '/v2/quotas',
    read: (json) => {
      const windows: AccountReading[] = [];
      const limit = number(json, 'subscription', 'limit');
      const requests = number(json, 'subscription', 'requests');
      if (limit !== null && requests !== null)
        windows.push(allowance(requests, limit, 'requests', time(json, 'subscription', 'renewsAt')));
      const most = number(json, 'rollingFiveHourLimit', 'max');
      const left = number(json, 'rollingFiveHourLimit', 'remaining');
      if (most !== null && left !== null)
        windows.push(allowance(most - left, most, 'requests', time(json, 'rollingFiveHourLimit', 'nextTickAt')));
      const share = number(json, 'weeklyTokenLimit', 'percentRemaining');
      if (share !== null) windows.push(allowance(100 - share, 100, '%', time(json, 'weeklyTokenLimit', 'nextRegenAt')));
      return tightest(windows);
    },
  },
];
