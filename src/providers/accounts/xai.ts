import type { AccountCheck } from '../../shared/account.ts';
import { number, string } from './json.ts';
import { balance, lagging } from './reading.ts';

/**
 * https://docs.x.ai/docs/management-api/billing: a posted ledger in cents as text, with the sign of a debt: "-1000" is
 * 10 USD left. The current cycle is not in it.
 */
export const xaiChecks: readonly AccountCheck[] = [
  {
    id: 'prepaid',
    covers: 'account',
    before: {
      path: '/v1/api-key',
      find: (json) => {
        const team = string(json, 'team_id');
        return team === null ? null : { team };
      },
    },
    path: 'https://management-api.x.ai/v1/billing/teams/{team}/prepaid/balance',
    managementKey: 'XAI_MANAGEMENT_API_KEY',
    read: (json) => {
      const cents = number(json, 'total', 'val');
      return cents === null ? null : lagging(balance(cents === 0 ? 0 : -cents / 100, 'USD'));
    },
  },
];
