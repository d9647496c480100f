import type { AccountCheck } from '../../shared/account.ts';
import { at, number, time } from './json.ts';
import { allowance, unlimited } from './reading.ts';

/** https://elevenlabs.io/docs/api-reference/user/subscription/get: characters (credits) of the period. */
export const elevenlabsChecks: readonly AccountCheck[] = [
  {
    id: 'subscription',
    covers: 'account',
    path: '/v1/user/subscription',
    read: (json) => {
      const used = number(json, 'character_count');
      const limit = number(json, 'character_limit');
      if (used === null || limit === null) return null;
      // Usage beyond the plan may be allowed, and is billed.
      if (used >= limit && at(json, 'allowed_to_extend_character_limit') === true) return unlimited();
      return allowance(used, limit, 'characters', time(json, 'next_character_count_reset_unix'));
    },
  },
];
