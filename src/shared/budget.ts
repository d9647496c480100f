/** After how long a budget begins anew. */
export const budgetPeriods = ['day', 'week', 'month'] as const;
export type BudgetPeriod = (typeof budgetPeriods)[number];

/** What one may spend in a period, as declared in `tollgate.jsonc`. */
export interface Budget {
  readonly usd: number;
  readonly per: BudgetPeriod;
  /** What happens once it is spent: nothing but a warning, or calls are refused. */
  readonly over: 'warn' | 'refuse';
  /** The share of it from which one is warned, from 0 to 1. */
  readonly warnAt: number;
}

/** A budget and how far it is spent. */
export interface BudgetState extends Budget {
  /** Whether it is an API's own or the one for all of them. */
  readonly scope: 'api' | 'all';
  readonly spentUsd: number;
  /** When the period began and when it ends, in milliseconds since 1970. */
  readonly since: number;
  readonly resetsAt: number;
}

/** What calls to an API have cost. */
export interface ApiSpending {
  /** Since local midnight, in US dollars. */
  readonly todayUsd: number;
  /** Those that hold for it: its own first, then the one for all. */
  readonly budgets: readonly BudgetState[];
}

/** How far a budget is spent. */
export function budgetLevel({ spentUsd, usd, warnAt }: BudgetState): 'fine' | 'warn' | 'over' {
  if (spentUsd >= usd) return 'over';
  return spentUsd >= usd * warnAt ? 'warn' : 'fine';
}

/**
 * The period that `at` is in, in local time: from midnight, from Monday's midnight, or from that of the first of the
 * month. Milliseconds since 1970.
 */
export function periodOf(per: BudgetPeriod, at: number): { readonly since: number; readonly until: number } {
  const now = new Date(at);
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
  // Not by adding hours: where clocks change, days are longer or shorter.
  const midnight = (dayOfMonth: number, monthOfYear = month): number =>
    new Date(year, monthOfYear, dayOfMonth).getTime();
  switch (per) {
    case 'day':
      return { since: midnight(day), until: midnight(day + 1) };
    case 'week': {
      const monday = day - ((now.getDay() + 6) % 7);
      return { since: midnight(monday), until: midnight(monday + 7) };
    }
    case 'month':
      return { since: midnight(1), until: midnight(1, month + 1) };
  }
}
