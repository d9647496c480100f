import type { Failure } from '../../shared/exchange.ts';
import { formatUsd } from '../../shared/money.ts';
import { plain, text } from '../../shared/text.ts';
import type { Exhausted } from './budgets.ts';

/** What the client is told of a budget that is spent: the failure, and the members of its problem details. */
export interface BudgetRefusal {
  readonly failure: Failure;
  readonly members: Readonly<Record<string, unknown>>;
}

/** Why the gateway refuses a call of its own accord, in words and in numbers. */
export function budgetRefusal(api: string, { budget, underWayUsd }: Exhausted): BudgetRefusal {
  const { usd, per, scope, spentUsd, resetsAt } = budget;
  const who = scope === 'all' ? plain(text('All APIs together')) : api;
  const spent = formatUsd(spentUsd);
  const period = plain({ day: text('today'), week: text('this week'), month: text('this month') }[per]);
  const message =
    spentUsd >= usd
      ? text(
          '{0} spent {1} of the {2} USD budgeted for {3}, so Tollgate did not send this call.',
          who,
          spent,
          formatUsd(usd),
          period,
        )
      : text(
          '{0} spent {1} of the {2} USD budgeted for {3}, and calls under way will take the rest, so Tollgate did not send this one.',
          who,
          spent,
          formatUsd(usd),
          period,
        );
  const member = scope === 'all' ? 'budget' : `apis.${api}.budget`;
  const hint = text(
    'Raise "{0}" in tollgate.jsonc, set its "over" to "warn", or wait until {1}.',
    member,
    new Date(resetsAt).toLocaleString('sv-SE', { dateStyle: 'short', timeStyle: 'short' }),
  );
  return {
    failure: { code: 'budget_exceeded', message: plain(message), hint: plain(hint) },
    members: {
      ...{ api, scope, scope_id: scope === 'all' ? null : api, limit: usd, currency: 'USD' },
      ...{ spent: rounded(spentUsd), reserved: rounded(underWayUsd), resets_at: new Date(resetsAt).toISOString() },
      spentUsd: rounded(spentUsd),
      underWayUsd: rounded(underWayUsd),
      limitUsd: usd,
      per,
      resetsAt: new Date(resetsAt).toISOString(),
    },
  };
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
