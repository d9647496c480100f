import type { AccountCheck } from '../../shared/account.ts';
import { number } from './json.ts';
import { balance } from './reading.ts';

/** https://vercel.com/docs/ai-gateway/usage#credits: both numbers are texts, in USD. */
export const vercelAiGatewayChecks: readonly AccountCheck[] = [
  {
    id: 'credits',
    covers: 'account',
    path: '/v1/credits',
    read: (json) => {
      const amount = number(json, 'balance');
      const used = number(json, 'total_used');
      return amount === null ? null : balance(amount, 'USD', used === null ? {} : { used });
    },
  },
];
