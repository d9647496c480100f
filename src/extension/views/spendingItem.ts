import * as vscode from 'vscode';
import { budgetLevel, type BudgetState } from '../../shared/budget.ts';
import { formatUsd } from '../../shared/money.ts';
import type { ApiStatus } from '../../shared/protocol.ts';

/** What an API has spent, and of how much: "0.42 of 5.00 USD today". */
export function spendingLabel({ spending: { todayUsd, budgets } }: ApiStatus): string {
  const [budget] = budgets;
  return budget === undefined ? vscode.l10n.t('{0} USD today', formatUsd(todayUsd)) : budgetLabel(budget);
}

/** The budget that is nearly or wholly spent, in a few words; empty where none is. */
export function spendingTrouble({ spending: { budgets } }: ApiStatus): readonly string[] {
  return budgets.filter((budget) => budgetLevel(budget) !== 'fine').map(budgetLabel);
}

/** Whether there is anything to tell: many APIs do not say what they cost. */
export function hasSpending({ spending: { todayUsd, budgets } }: ApiStatus): boolean {
  return todayUsd > 0 || budgets.length > 0;
}

/** The row of an API that tells what was spent; a click sets the budget. */
export function spendingItem(api: ApiStatus): vscode.TreeItem {
  const { name, spending } = api;
  const item = new vscode.TreeItem(spendingLabel(api));
  const [first, ...others] = spending.budgets;
  item.id = `api/${name}/spending`;
  item.description = [
    ...(first === undefined ? [vscode.l10n.t('no budget')] : [consequence(first)]),
    ...others.map(budgetLabel),
  ].join(' · ');
  item.iconPath = iconOf(spending.budgets);
  item.contextValue = 'fact.spending';
  item.tooltip = [
    vscode.l10n.t('{0} USD today', formatUsd(spending.todayUsd)),
    ...spending.budgets.map((budget) =>
      vscode.l10n.t('{0}; begins anew {1}', budgetLabel(budget), new Date(budget.resetsAt).toLocaleString()),
    ),
    vscode.l10n.t('As vendors tell, or by their price lists. Click to set the budget.'),
  ].join('\n');
  item.command = { title: vscode.l10n.t('Set Budget…'), command: 'tollgate.setBudget', arguments: [name] };
  item.accessibilityInformation = { label: `${spendingLabel(api)}, ${item.description}` };
  return item;
}

function budgetLabel({ scope, per, spentUsd, usd }: BudgetState): string {
  const [spent, limit] = [formatUsd(spentUsd), formatUsd(usd)];
  if (scope === 'all') {
    switch (per) {
      case 'day':
        return vscode.l10n.t('all APIs {0} of {1} USD today', spent, limit);
      case 'week':
        return vscode.l10n.t('all APIs {0} of {1} USD this week', spent, limit);
      case 'month':
        return vscode.l10n.t('all APIs {0} of {1} USD this month', spent, limit);
    }
  }
  switch (per) {
    case 'day':
      return vscode.l10n.t('{0} of {1} USD today', spent, limit);
    case 'week':
      return vscode.l10n.t('{0} of {1} USD this week', spent, limit);
    case 'month':
      return vscode.l10n.t('{0} of {1} USD this month', spent, limit);
  }
}

function consequence(budget: BudgetState): string {
  const over = budgetLevel(budget) === 'over';
  if (budget.over === 'warn') return over ? vscode.l10n.t('spent') : vscode.l10n.t('then a warning');
  return over ? vscode.l10n.t('spent: calls are refused') : vscode.l10n.t('then calls are refused');
}

function iconOf(budgets: readonly BudgetState[]): vscode.ThemeIcon {
  const levels = budgets.map(budgetLevel);
  if (levels.includes('over')) return new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  if (levels.includes('warn')) return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  return new vscode.ThemeIcon('graph-line');
}
