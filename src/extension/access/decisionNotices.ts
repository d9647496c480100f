import * as vscode from 'vscode';
import type { Subscription, SubscriptionState } from '../../shared/access.ts';
import type { Parts } from '../parts.ts';
import { subscriptionTitles } from './subscriptionRow.ts';

/** Where it is kept which requests wait, so that what is decided while no editor runs is told at the next start. */
const waitingKey = 'tollgate.waitingRequests';
const told: readonly SubscriptionState[] = ['approved', 'active', 'rejected'];
/** Milliseconds in which further decisions join the notice. */
const gather = 1500;

/** Tells once what became of a request for a subscription, with the reason; not to who decided here. */
export function registerDecisionNotices({ context, traffic, ownDecisions }: Parts): vscode.Disposable {
  let untold: Subscription[] = [];
  let timer: NodeJS.Timeout | undefined;
  const tell = async (): Promise<void> => {
    const decided = untold;
    untold = [];
    const [first] = decided;
    if (first === undefined) return;
    const show = vscode.l10n.t('Show');
    const again = vscode.l10n.t('Request Again…');
    const refused = decided.length === 1 && first.state === 'rejected';
    const { application, api } = subscriptionTitles(traffic.access, first);
    const pressed = refused
      ? await vscode.window.showWarningMessage(
          vscode.l10n.t('The subscription of {0} to {1} was rejected. “{2}”', application, api, first.opinion ?? ''),
          again,
          show,
        )
      : await vscode.window.showInformationMessage(
          decided.length === 1
            ? [vscode.l10n.t('{0} may call {1}: the subscription is approved.', application, api), first.opinion ?? '']
                .join(' ')
                .trim()
            : vscode.l10n.t('{0} requests for subscriptions are decided.', decided.length),
          show,
        );
    if (pressed === again)
      await vscode.commands.executeCommand('tollgate.requestSubscription', {
        application: first.application,
        api: first.api,
      });
    if (pressed === show) await vscode.commands.executeCommand('tollgate.access.focus');
  };
  const look = (): void => {
    const { subscriptions } = traffic.access;
    const known = context.workspaceState.get<readonly string[]>(waitingKey, []);
    const still = new Set(known);
    for (const subscription of subscriptions) {
      const { id, state } = subscription;
      if (state === 'requested') {
        // What was decided here before was another request.
        if (!still.has(id)) ownDecisions.delete(id);
        still.add(id);
      } else if (still.delete(id) && !ownDecisions.delete(id) && told.includes(state)) untold.push(subscription);
    }
    if (still.size === known.length && known.every((id) => still.has(id))) return;
    void context.workspaceState.update(waitingKey, [...still]);
    if (untold.length === 0) return;
    clearTimeout(timer);
    timer = setTimeout(() => void tell(), gather);
  };
  return vscode.Disposable.from(traffic.onDidChangeAccess(look), { dispose: () => clearTimeout(timer) });
}
