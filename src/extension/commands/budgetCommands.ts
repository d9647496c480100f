import * as vscode from 'vscode';
import type { Budget, BudgetPeriod } from '../../shared/budget.ts';
import { ChannelError } from '../../shared/channel.ts';
import { formatUsd } from '../../shared/money.ts';
import type { Parts } from '../parts.ts';
import { spendingLabel } from '../views/spendingItem.ts';
import { needHome, saveText } from './catalogueCommands.ts';
import { declaringSource } from './editCatalogue.ts';
import { pickStep, type StepItem } from './pickStep.ts';

/** What a quick fix wants changed, and of whose budget: null for that of all APIs. */
interface BudgetChange extends Partial<Pick<Budget, 'usd' | 'over'>> {
  readonly api: string | null;
}

interface Scope {
  readonly api: string | null;
  readonly title: string;
}

/** Writes a budget to `tollgate.jsonc`: what `change` says, or else what the person answers. */
export async function setBudget(parts: Parts, name: string | null, change: unknown): Promise<void> {
  const { catalogue } = needHome(parts);
  const { budgetIn, setBudgetIn } = await import('../expertise.ts');
  if (isChange(change)) {
    const { api, ...members } = change;
    const { file, text } = await declaringSource(catalogue, placeOf(api));
    await saveText(file, text, setBudgetIn(text, api, members));
    tell(vscode.l10n.t('$(check) The budget is changed in {0}', 'tollgate.jsonc'));
    return;
  }
  const scope = await askForScope(parts, name);
  if (scope === null) return;
  const { file, text: before } = await declaringSource(catalogue, placeOf(scope.api));
  const declared = budgetIn(before, scope.api);
  const budget = await askForBudget(scope, declared);
  if (budget === undefined || (budget === null && declared === null)) return;
  await saveText(file, before, setBudgetIn(before, scope.api, budget));
  await parts.gateway.start();
  tell(
    budget === null
      ? vscode.l10n.t('$(check) {0} has no budget any more', scope.title)
      : vscode.l10n.t('$(check) {0} may spend {1} USD', scope.title, formatUsd(budget.usd)),
  );
}

/** What declares a budget: its API, or the file that has the one of all APIs. */
function placeOf(api: string | null): readonly string[] {
  return api === null ? ['budget'] : ['apis', api];
}

async function askForScope(parts: Parts, name: string | null): Promise<Scope | null> {
  const apis = await (await parts.gateway.start()).apis();
  if (name !== null) {
    const named = apis.find((api) => api.name === name);
    if (named !== undefined) return { api: name, title: named.title };
    throw new ChannelError('unknown_api', vscode.l10n.t('tollgate.jsonc declares no API "{0}".', name));
  }
  const all = vscode.l10n.t('All APIs together');
  const items: StepItem<Scope>[] = [
    ...apis.map((api) => ({
      label: api.title,
      description: api.name,
      detail: spendingLabel(api),
      value: { api: api.name, title: api.title },
    })),
    { label: all, value: { api: null, title: all } },
  ];
  const title = vscode.l10n.t('Set a budget');
  const picked = await pickStep(items, { title, placeholder: vscode.l10n.t('Whose budget?'), step: 1, steps: 4 });
  return picked === 'back' ? null : picked;
}

/** Amount, period, consequence. Null for none at all, undefined where the person changed his mind. */
async function askForBudget(scope: Scope, declared: Partial<Budget> | null): Promise<Budget | null | undefined> {
  const title = vscode.l10n.t('Set the budget of {0}', scope.title);
  for (;;) {
    const amount = await vscode.window.showInputBox({
      title: `${title} (2/4)`,
      prompt: vscode.l10n.t('US dollars in a period, as in 5 or 0.50. Empty for no budget.'),
      value: declared?.usd === undefined ? '' : String(declared.usd),
      validateInput: (value) =>
        value.trim() === '' || amountOf(value) !== null ? undefined : vscode.l10n.t('An amount above 0 is needed.'),
    });
    if (amount === undefined) return undefined;
    const usd = amountOf(amount);
    if (usd === null) return null;
    const per = await pickStep(periods(declared?.per), {
      title,
      placeholder: vscode.l10n.t('{0} USD for how long?', formatUsd(usd)),
      step: 3,
      steps: 4,
    });
    if (per === null) return undefined;
    if (per === 'back') continue;
    const over = await pickStep(consequences(declared?.over), {
      title,
      placeholder: vscode.l10n.t('What is to happen when it is spent?'),
      step: 4,
      steps: 4,
    });
    if (over === null) return undefined;
    if (over !== 'back') return { usd, per, over, warnAt: declared?.warnAt ?? 0.8 };
  }
}

function periods(now: BudgetPeriod | undefined): readonly StepItem<BudgetPeriod>[] {
  return marked(now, [
    { label: vscode.l10n.t('A day'), detail: vscode.l10n.t('From local midnight'), value: 'day' },
    { label: vscode.l10n.t('A week'), detail: vscode.l10n.t('From Monday'), value: 'week' },
    { label: vscode.l10n.t('A month'), detail: vscode.l10n.t('From the first of the month'), value: 'month' },
  ]);
}

function consequences(now: Budget['over'] | undefined): readonly StepItem<Budget['over']>[] {
  return marked(now, [
    { label: vscode.l10n.t('Warn'), detail: vscode.l10n.t('Calls go on'), value: 'warn' },
    {
      label: vscode.l10n.t('Refuse'),
      detail: vscode.l10n.t('The gateway answers 402 itself, until the period ends or the budget is raised'),
      value: 'refuse',
    },
  ]);
}

function marked<Value extends string>(
  now: Value | undefined,
  items: readonly StepItem<Value>[],
): readonly StepItem<Value>[] {
  return items.map((item) => (item.value === now ? { ...item, description: vscode.l10n.t('as now') } : item));
}

/** Null where the text is no amount. */
function amountOf(text: string): number | null {
  const usd = /^\d{1,9}(?:[.,]\d{1,6})?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : 0;
  return usd > 0 ? usd : null;
}

function isChange(value: unknown): value is BudgetChange {
  return typeof value === 'object' && value !== null && 'api' in value && ('usd' in value || 'over' in value);
}

function tell(message: string): void {
  void vscode.window.setStatusBarMessage(message, 6000);
}
