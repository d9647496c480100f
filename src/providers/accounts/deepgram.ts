import type { AccountCheck } from '../../shared/account.ts';
import { list, number, string } from './json.ts';
import { balance } from './reading.ts';

/** https://developers.deepgram.com/reference/manage/balances/list: by project, for keys with the scope `billing:read`. */
export const deepgramChecks: readonly AccountCheck[] = [
  {
    id: 'balances',
    covers: 'account',
    before: {
      path: '/v1/projects',
      find: (json) => {
        const project = string(json, 'projects', 0, 'project_id');
        return project === null ? null : { project };
      },
    },
    path: '/v1/projects/{project}/balances',
    read: (json) => {
      const entries = list(json, 'balances').flatMap((entry) => {
        const amount = number(entry, 'amount');
        return amount === null ? [] : [{ amount, unit: string(entry, 'units') ?? 'usd' }];
      });
      const unit = entries[0]?.unit;
      if (unit === undefined) return null;
      const sum = entries.filter((entry) => entry.unit === unit).reduce((total, { amount }) => total + amount, 0);
      return balance(sum, unit === 'usd' ? 'USD' : unit === 'hour' ? 'hours' : unit);
    },
  },
];
