import type { ApiStatus } from '../../shared/protocol.ts';
import { allApis } from '../../shared/warning.ts';
import type { Recording } from '../parts.ts';
import type { NotedBudget } from './warningDesk.ts';

/** Tells the recording thread how far budgets are spent, when that has changed. For `apisChanged`. */
export function noteBudgetsTo(recording: Pick<Recording, 'noteBudgets'>): (apis: readonly ApiStatus[]) => void {
  let noted = '[]';
  return (apis) => {
    const budgets = budgetsOf(apis);
    const told = JSON.stringify(budgets);
    if (told === noted) return;
    noted = told;
    recording.noteBudgets(budgets);
  };
}

/** The budget for all APIs together stands with each of them. */
function budgetsOf(apis: readonly Pick<ApiStatus, 'name' | 'spending'>[]): readonly NotedBudget[] {
  const own = apis.flatMap(({ name, spending }) =>
    spending.budgets.filter(({ scope }) => scope === 'api').map((budget) => ({ api: name, budget })),
  );
  const shared = apis[0]?.spending.budgets.find(({ scope }) => scope === 'all');
  return shared === undefined ? own : [...own, { api: allApis, budget: shared }];
}
