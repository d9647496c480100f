import type { AccountCheck } from '../../shared/account.ts';
import { text } from '../../shared/text.ts';
import { list, number, time } from './json.ts';
import { allowance, doubt, tightest } from './reading.ts';

/** What the vendor's own plugins ask: the windows of a coding plan, in per cent used. Cash is not told. */
export const zhipuChecks: readonly AccountCheck[] = [
  {
    id: 'plan',
    covers: 'account',
    path: '/api/monitor/usage/quota/limit',
    read: (json) => {
      const windows = list(json, 'data', 'limits').flatMap((window) => {
        const used = number(window, 'percentage');
        return used === null ? [] : [allowance(used, 100, '%', time(window, 'nextResetTime'))];
      });
      return (
        tightest(windows) ??
        doubt('no_balance', text('The key has no coding plan, and a cash balance is not told by API.'))
      );
    },
  },
];
