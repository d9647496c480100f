import type { AccountCheck } from '../../shared/account.ts';
import { number } from './json.ts';
import { allowance } from './reading.ts';

/** https://docs.x.com/x-api/usage/get-usage: posts of the project's month. Credits are not told by API. */
export const xChecks: readonly AccountCheck[] = [
  {
    id: 'usage',
    covers: 'account',
    path: '/2/usage/tweets',
    read: (json) => {
      const limit = number(json, 'data', 'project_cap');
      const used = number(json, 'data', 'project_usage');
      return limit === null || used === null ? null : allowance(used, limit, 'posts');
    },
  },
];
