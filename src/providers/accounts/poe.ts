import type { AccountCheck } from '../../shared/account.ts';
import { number } from './json.ts';
import { balance } from './reading.ts';

/** https://creator.poe.com/docs/resources/usage-api */
export const poeChecks: readonly AccountCheck[] = [
  {
    id: 'balance',
    covers: 'account',
    path: '/usage/current_balance',
    read: (json) => {
      const points = number(json, 'current_point_balance');
      return points === null ? null : balance(points, 'points');
    },
  },
];
