import type { AccountCheck } from '../../shared/account.ts';
import { number } from './json.ts';
import { balance } from './reading.ts';

/** https://graphql-spec.runpod.io: the balance is not in the REST API. */
export const runpodChecks: readonly AccountCheck[] = [
  {
    id: 'balance',
    covers: 'account',
    method: 'POST',
    path: 'https://api.runpod.io/graphql',
    auth: { in: 'query', name: 'api_key' },
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: 'query { myself { clientBalance currentSpendPerHr } }' }),
    read: (json) => {
      const amount = number(json, 'data', 'myself', 'clientBalance');
      return amount === null ? null : balance(amount, 'USD');
    },
  },
];
