import type { AccountCheck } from '../../shared/account.ts';
import { at, list, number } from './json.ts';
import { spent } from './reading.ts';

/** https://platform.openai.com/docs/api-reference/usage/costs: costs by day, for admin keys. No endpoint tells credit. */
export const openaiChecks: readonly AccountCheck[] = [
  {
    id: 'costs',
    covers: 'account',
    hosts: ['api.openai.com'],
    path: '/v1/organization/costs?start_time={monthStart}&limit=31',
    managementKey: 'OPENAI_ADMIN_KEY',
    read: (json) => {
      if (!Array.isArray(at(json, 'data'))) return null;
      const costs = list(json, 'data').flatMap((day) => list(day, 'results'));
      return spent(
        costs.reduce((sum: number, cost) => sum + (number(cost, 'amount', 'value') ?? 0), 0),
        'USD',
      );
    },
  },
];
