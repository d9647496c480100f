import * as vscode from 'vscode';
import type { ApiAccess, Application, Subscription, SubscriptionState } from '../../shared/access.ts';
import type { SubscriptionDecision } from '../../shared/accessApi.ts';
import { planTitles, planWords } from '../access/ownerRows.ts';
import { subscriptionTitles } from '../access/subscriptionRow.ts';
import type { Parts } from '../parts.ts';
import { named, pickApplication, tell } from './accessArguments.ts';

type Decision = SubscriptionDecision['decision'];

/** Asks for a subscription: application, API, plan and reason; those that the argument names are not asked. */
export async function requestSubscription(parts: Parts, given: unknown): Promise<void> {
  const ended = parts.traffic.access.subscriptions.find(({ id }) => id === named(given, 'id'));
  const argument = ended ?? given;
  const application = await pickApplication(
    parts,
    typeof argument === 'string' ? null : named(argument, 'application'),
    vscode.l10n.t('Which application is to call an API?'),
  );
  if (application === null) return;
  const api = await pickApi(parts, application, named(argument, 'api'));
  if (api === null) return;
  const plan = await pickPlan(parts, api);
  if (plan === undefined) return;
  const gateway = await parts.gateway.start();
  let reason: string | undefined;
  if (api.subscription === 'manual') {
    reason = await vscode.window.showInputBox({
      title: vscode.l10n.t('{0} → {1}', application.title, api.title),
      prompt: vscode.l10n.t('What for? Whoever approves reads it. May be empty.'),
    });
    if (reason === undefined) return;
  }
  const { id, state } = await gateway.requestSubscription({
    application: application.name,
    api: api.api,
    ...(plan === null ? {} : { plan }),
    ...(reason === undefined || reason.trim() === '' ? {} : { reason: reason.trim() }),
  });
  parts.accessSpotlight.show({ kind: 'subscription', id, place: 'queue' });
  tell(
    state === 'requested'
      ? vscode.l10n.t('$(bell-dot) {0} waits for approval', api.title)
      : vscode.l10n.t('$(check) {0} may call {1}', application.title, api.title),
  );
}

/** Decides about a subscription; a reason is asked for where the requester should know why. */
export async function decideSubscription(parts: Parts, argument: unknown, decision: Decision): Promise<void> {
  const subscription = await pickSubscription(parts, named(argument, 'id'), decision);
  if (subscription === null) return;
  const opinion = await askWhy(parts, subscription, decision);
  if (opinion === undefined) return;
  const gateway = await parts.gateway.start();
  parts.ownDecisions.add(subscription.id);
  await gateway.decideSubscription({ id: subscription.id, decision, ...(opinion === '' ? {} : { opinion }) });
  tell(`$(check) ${arrow(parts.traffic.access, subscription)}: ${done(decision)}`);
}

/** The states in which a decision makes sense. */
const states: Readonly<Record<Decision, readonly SubscriptionState[]>> = {
  approve: ['requested'],
  reject: ['requested'],
  renew: ['active', 'expired'],
  suspend: ['active', 'approved', 'expired'],
  resume: ['suspended'],
  cancel: ['requested', 'approved', 'active', 'suspended', 'expired'],
};

async function pickSubscription(
  { traffic }: Parts,
  id: string | null,
  decision: Decision,
): Promise<Subscription | null> {
  const { subscriptions } = traffic.access;
  const known = subscriptions.find((one) => one.id === id);
  if (known !== undefined) return known;
  const fitting = subscriptions.filter(({ state }) => states[decision].includes(state));
  if (fitting.length === 0) {
    void vscode.window.showInformationMessage(noneFor(decision));
    return null;
  }
  const picked = await vscode.window.showQuickPick(
    fitting.map((subscription) => ({
      label: arrow(traffic.access, subscription),
      description: subscription.plan ?? '',
      detail: subscription.reason ?? '',
      subscription,
    })),
    { placeHolder: vscode.l10n.t('Which subscription?'), matchOnDescription: true },
  );
  return picked?.subscription ?? null;
}

/** Whose subscription to what. */
function arrow(board: Parts['traffic']['access'], subscription: Subscription): string {
  const { application, api } = subscriptionTitles(board, subscription);
  return vscode.l10n.t('{0} → {1}', application, api);
}

function noneFor(decision: Decision): string {
  switch (decision) {
    case 'approve':
    case 'reject':
      return vscode.l10n.t('No request waits for approval.');
    case 'renew':
      return vscode.l10n.t('There is no active or ended subscription to renew.');
    case 'suspend':
      return vscode.l10n.t('There is no active subscription to suspend.');
    case 'resume':
      return vscode.l10n.t('No subscription is suspended.');
    case 'cancel':
      return vscode.l10n.t('There is no subscription to cancel.');
  }
}

/** Empty where nothing need be said; undefined where the person changed his mind. */
async function askWhy({ traffic }: Parts, subscription: Subscription, decision: Decision): Promise<string | undefined> {
  const title = arrow(traffic.access, subscription);
  const { application, api } = subscriptionTitles(traffic.access, subscription);
  switch (decision) {
    case 'approve':
    case 'renew':
    case 'resume':
      return '';
    case 'reject':
      return vscode.window.showInputBox({
        title,
        prompt: vscode.l10n.t('Why is it rejected? Whoever asked reads it.'),
        validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('A reason is needed.') : undefined),
      });
    case 'suspend':
      return vscode.window.showInputBox({ title, prompt: vscode.l10n.t('Why is it suspended? May be empty.') });
    case 'cancel': {
      const cancel: vscode.MessageItem = { title: vscode.l10n.t('Cancel Subscription') };
      // Beside it, a button "Cancel" could mean either.
      const keep: vscode.MessageItem = { title: vscode.l10n.t('Keep It'), isCloseAffordance: true };
      const message = vscode.l10n.t(
        'Cancel the subscription of {0} to {1}? Its calls are refused at once.',
        application,
        api,
      );
      return (await vscode.window.showWarningMessage(message, { modal: true }, cancel, keep)) === cancel
        ? ''
        : undefined;
    }
  }
}

function done(decision: Decision): string {
  switch (decision) {
    case 'approve':
      return vscode.l10n.t('approved');
    case 'reject':
      return vscode.l10n.t('rejected');
    case 'renew':
      return vscode.l10n.t('renewed');
    case 'suspend':
      return vscode.l10n.t('suspended');
    case 'resume':
      return vscode.l10n.t('resumed');
    case 'cancel':
      return vscode.l10n.t('cancelled');
  }
}

async function pickApi({ traffic }: Parts, application: Application, name: string | null): Promise<ApiAccess | null> {
  const { apis, subscriptions } = traffic.access;
  const known = apis.find(({ api }) => api === name);
  if (known !== undefined) return known;
  const offered = apis.filter(({ teams }) => teams === null || teams.includes(application.team));
  if (offered.length === 0) {
    const require = vscode.l10n.t('Require Subscriptions…');
    const message = vscode.l10n.t('No API that {0} may have wants a subscription yet.', application.title);
    if ((await vscode.window.showInformationMessage(message, require)) === require)
      await vscode.commands.executeCommand('tollgate.requireSubscriptions');
    return null;
  }
  const picked = await vscode.window.showQuickPick(
    offered.map((api) => {
      const now = subscriptions.find((one) => one.api === api.api && one.application === application.name);
      return {
        label: api.title,
        description: now?.state ?? '',
        detail: planTitles(traffic.access, api.plans).join(', '),
        api,
      };
    }),
    { placeHolder: vscode.l10n.t('Which API is {0} to call?', application.title) },
  );
  return picked?.api ?? null;
}

/** Null for the usual plan; undefined where the person changed his mind. */
async function pickPlan({ traffic }: Parts, { plans: offered }: ApiAccess): Promise<string | null | undefined> {
  const [first] = offered;
  if (first === undefined) return null;
  if (offered.length === 1) return first;
  const plans = traffic.access.plans.filter(({ name }) => offered.includes(name));
  const picked = await vscode.window.showQuickPick(
    plans.map((plan) => ({
      label: plan.title,
      description: planWords(plan).join(' · '),
      detail: plan.description ?? '',
      name: plan.name,
    })),
    { placeHolder: vscode.l10n.t('On which plan?') },
  );
  return picked?.name;
}
