import type { BudgetState } from '../shared/budget.ts';
import type { Circumstances, Outlook } from './outlook.ts';

const hour = 3_600_000;

/**
 * What to warn of, by how far one's own budget is spent and what the last hour has cost in US dollars; null where it
 * will last. The budget itself says from which share of it one is warned.
 */
export function budgetOutlook(
  { usd, spentUsd, warnAt, resetsAt }: BudgetState,
  spentPerHour: number,
  { now, settings, warned }: Pick<Circumstances, 'now' | 'settings' | 'warned'>,
): Outlook | null {
  if (now >= resetsAt || usd <= 0) return null;
  const remaining = usd - spentUsd;
  const used = spentUsd / usd;
  const outlook = { kind: 'budget_running_out', remaining, resetAt: resetsAt } as const;
  if (used >= warnAt) return { ...outlook, runsOutAt: null, urgency: Math.min(1, used) };
  const ahead = spentPerHour > 0 ? now + (remaining / spentPerHour) * hour : Infinity;
  const horizon = Math.min(settings.hoursAhead * hour * (warned ? 1.5 : 1), (resetsAt - now) * (warned ? 1 : 0.9));
  return used >= 0.5 && ahead - now <= horizon ? { ...outlook, runsOutAt: ahead, urgency: used } : null;
}
