import type { AccountCheck } from '../../shared/account.ts';
import { number, time } from './json.ts';
import { balance } from './reading.ts';

/** https://docs.firecrawl.dev/api-reference/endpoint/credit-usage */
export const firecrawlChecks: readonly AccountCheck[] = [
  {
    id: 'credits',
    covers: 'account',
    path: '/v2/team/credit-usage',
    read: (json) => {
      const left = number(json, 'data', 'remainingCredits') ?? number(json, 'data', 'remaining_credits');
      if (left === null) return null;
      const limit = number(json, 'data', 'planCredits');
      const resetAt = time(json, 'data', 'billingPeriodEnd');
      return balance(left, 'credits', {
        ...(limit === null ? {} : { limit }),
        ...(resetAt === null ? {} : { resetAt }),
      });
    },
  },
];
