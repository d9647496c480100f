import * as vscode from 'vscode';
import { ChannelError } from '../../shared/channel.ts';
import type { PlanDeclaration } from '../../shared/catalogueAccess.ts';
import { planWords } from '../access/ownerRows.ts';
import { subscriptionTitles } from '../access/subscriptionRow.ts';
import type { Parts } from '../parts.ts';
import { askForName, daysOf, named, tell } from './accessArguments.ts';
import { needHome } from './catalogueCommands.ts';
import { saveFile } from './lifecycleCommands.ts';

/** Declares a plan: how many calls in which time, and how long a subscription on it lasts. */
export async function createPlan(parts: Parts): Promise<void> {
  await saveFile(needHome(parts).catalogue.fsPath);
  const title = vscode.l10n.t('Create a plan');
  const name = await askForName(
    title,
    parts.traffic.access.plans.map((one) => one.name),
    vscode.l10n.t('Its name in tollgate.jsonc, as in "trial"'),
  );
  if (name === undefined) return;
  const calls = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Calls that a subscription may make. Empty for any number.'),
    validateInput: (value) =>
      /^([1-9]\d{0,11})?$/.test(value.trim()) ? undefined : vscode.l10n.t('A whole number above 0.'),
  });
  if (calls === undefined) return;
  const quota = calls.trim() === '' ? {} : await askForPeriod(title, Number(calls.trim()));
  if (quota === undefined) return;
  const days = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Days that a subscription lasts. Empty for ever.'),
    validateInput: (value) => (daysOf(value) === undefined ? vscode.l10n.t('A number of days, as in 90.') : undefined),
  });
  if (days === undefined) return;
  const declaration: PlanDeclaration = { ...quota, ...(days.trim() === '' ? {} : { expires: `${days.trim()}d` }) };
  await (await parts.gateway.start()).declare({ kind: 'plan', name, declaration });
  tell(vscode.l10n.t('$(check) The plan "{0}" is created', name));
}

/** Puts a subscription on another plan, from now on. */
export async function changePlan(parts: Parts, argument: unknown): Promise<void> {
  const { subscriptions, apis, plans } = parts.traffic.access;
  const changeable = subscriptions.filter(({ state }) => ['active', 'expired'].includes(state));
  const id = named(argument, 'id') ?? (await pickId(parts, changeable));
  const subscription = subscriptions.find((one) => one.id === id);
  if (subscription === undefined) return;
  const { application, api } = subscriptionTitles(parts.traffic.access, subscription);
  const offered = apis.find((one) => one.api === subscription.api)?.plans ?? [];
  const others = plans.filter(({ name }) => offered.includes(name) && name !== subscription.plan);
  if (others.length === 0)
    throw new ChannelError(
      'no_plan',
      vscode.l10n.t('{0} offers no other plan. Add one to its "access" in tollgate.jsonc.', api),
    );
  const picked = await vscode.window.showQuickPick(
    others.map((plan) => ({ label: plan.title, description: planWords(plan).join(' · '), name: plan.name })),
    { title: vscode.l10n.t('Another plan for {0} → {1}', application, api) },
  );
  if (picked === undefined) return;
  const gateway = await parts.gateway.start();
  await gateway.decideSubscription({ id: subscription.id, decision: 'renew', plan: picked.name });
  tell(vscode.l10n.t('$(check) {0} has the plan {1} for {2}', application, picked.label, api));
}

async function pickId(
  { traffic }: Parts,
  subscriptions: Parts['traffic']['access']['subscriptions'],
): Promise<string | null> {
  const picked = await vscode.window.showQuickPick(
    subscriptions.map((subscription) => {
      const { application, api } = subscriptionTitles(traffic.access, subscription);
      const label = vscode.l10n.t('{0} → {1}', application, api);
      return { label, description: subscription.plan ?? '', id: subscription.id };
    }),
    { placeHolder: vscode.l10n.t('Which subscription gets another plan?') },
  );
  return picked?.id ?? null;
}

async function askForPeriod(title: string, calls: number): Promise<Pick<PlanDeclaration, 'quota'> | undefined> {
  const periods = [
    { label: vscode.l10n.t('A day'), value: 'day' as const },
    { label: vscode.l10n.t('A week'), value: 'week' as const },
    { label: vscode.l10n.t('A month'), value: 'month' as const },
    { label: vscode.l10n.t('Until it is renewed'), value: 'total' as const },
  ];
  const picked = await vscode.window.showQuickPick(periods, { title, placeHolder: vscode.l10n.t('For how long?') });
  return picked === undefined ? undefined : { quota: { calls, per: picked.value } };
}
