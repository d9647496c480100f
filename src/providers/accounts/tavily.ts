import type { AccountCheck, AccountReading } from '../../shared/account.ts';
import { number } from './json.ts';
import { allowance, tightest } from './reading.ts';

/** https://docs.tavily.com/documentation/api-reference/endpoint/usage: the key's limit is null where it has none. */
export const tavilyChecks: readonly AccountCheck[] = [
  {
    id: 'usage',
    covers: 'account',
    path: '/usage',
    read: (json) => {
      const of = (used: number | null, limit: number | null): AccountReading[] =>
        used === null || limit === null ? [] : [allowance(used, limit, 'credits')];
      const key = of(number(json, 'key', 'usage'), number(json, 'key', 'limit'));
      const planned = number(json, 'account', 'plan_limit');
      const extra = number(json, 'account', 'paygo_limit') ?? 0;
      // What the plan does not cover is paid as one goes, up to its limit.
      const used = (number(json, 'account', 'plan_usage') ?? 0) + (number(json, 'account', 'paygo_usage') ?? 0);
      return tightest([...key, ...of(used, planned === null ? null : planned + extra)]);
    },
  },
];
