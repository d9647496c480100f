import type { AccountCheck } from '../../shared/account.ts';
import { at, number, time } from './json.ts';
import { allowance, tightest, unlimited } from './reading.ts';

/** What the vendor's own editors ask, with a GitHub token: premium requests, chat and completions of the month. */
export const githubCopilotChecks: readonly AccountCheck[] = [
  {
    id: 'quotas',
    covers: 'account',
    path: 'https://api.github.com/copilot_internal/user',
    read: (json) => {
      const resetAt = time(json, 'quota_reset_date');
      const snapshots = ['premium_interactions', 'chat', 'completions'].map((name) =>
        at(json, 'quota_snapshots', name),
      );
      const known = snapshots.filter((one) => one !== undefined);
      const limited = known.flatMap((snapshot) => {
        const limit = number(snapshot, 'entitlement');
        const left = number(snapshot, 'remaining');
        const free = at(snapshot, 'unlimited') === true || at(snapshot, 'overage_permitted') === true;
        return free || limit === null || left === null || limit <= 0
          ? []
          : [allowance(limit - left, limit, 'requests', resetAt)];
      });
      return tightest(limited) ?? (known.length > 0 ? unlimited() : null);
    },
  },
];
