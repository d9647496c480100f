import type { AccountCheck } from '../../shared/account.ts';
import { number, string } from './json.ts';
import { balance } from './reading.ts';

/** https://docs.zenmux.ai/api/platform/payg-balance: for management keys; others get 401 or 403. */
export const zenmuxChecks: readonly AccountCheck[] = [
  {
    id: 'balance',
    covers: 'account',
    path: '/api/v1/management/payg/balance',
    managementKey: 'ZENMUX_MANAGEMENT_API_KEY',
    read: (json) => {
      const amount = number(json, 'data', 'total_credits');
      return amount === null ? null : balance(amount, (string(json, 'data', 'currency') ?? 'USD').toUpperCase());
    },
  },
];
