import type { AccountCheck } from '../../shared/account.ts';
import { at, number, string } from './json.ts';
import { spent } from './reading.ts';

/** https://docs.fireworks.ai/api-reference/get-billing-summary: what the month cost, by day; what is left is not told. */
export const fireworksChecks: readonly AccountCheck[] = [
  {
    id: 'summary',
    covers: 'account',
    before: {
      path: '/v1/accounts',
      find: (json) => {
        const name = string(json, 'accounts', 0, 'name')?.replace(/^accounts\//, '') ?? null;
        return name === null ? null : { account: name };
      },
    },
    path: '/v1/accounts/{account}/billing/summary?startTime={month}T00:00:00Z&endTime={tomorrow}T00:00:00Z',
    read: (json) => {
      const total = money(at(json, 'totalCost'));
      return total === null ? null : spent(total, string(json, 'totalCost', 'currencyCode') ?? 'USD');
    },
  },
];

/** A number, or units and billionths (https://github.com/googleapis/googleapis/blob/master/google/type/money.proto). */
function money(value: unknown): number | null {
  const plainNumber = number(value);
  if (plainNumber !== null) return plainNumber;
  const units = number(value, 'units');
  const nanos = number(value, 'nanos');
  return units === null && nanos === null ? null : (units ?? 0) + (nanos ?? 0) / 1e9;
}
