import type { AccountCheck } from '../../shared/account.ts';
import { at, number } from './json.ts';
import { allowance, unlimited } from './reading.ts';

/** https://chutes.ai/docs: calls of the day over all chutes. The quota may be the text "unlimited"; 0 means it too. */
export const chutesChecks: readonly AccountCheck[] = [
  {
    id: 'quota',
    covers: 'account',
    path: 'https://api.chutes.ai/users/me/quota_usage/me',
    read: (json) => {
      const quota = number(json, 'quota');
      const used = number(json, 'used');
      if (quota === 0 || at(json, 'quota') === 'unlimited') return unlimited();
      return quota === null || used === null ? null : allowance(used, quota, 'requests');
    },
  },
];
