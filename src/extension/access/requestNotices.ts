import * as vscode from 'vscode';
import type { Parts } from '../parts.ts';
import { pendingOf } from './pendingRequests.ts';

/** Milliseconds in which further requests join the notice. */
const gather = 1500;

/** Tells of new requests for subscriptions: one notice for all that come together, none for those known before. */
export function registerRequestNotices({ traffic, accessSpotlight }: Parts): vscode.Disposable {
  let known: ReadonlySet<string> | null = null;
  let untold: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const tell = async (): Promise<void> => {
    const pending = pendingOf(traffic.access).filter(({ id }) => untold.includes(id));
    untold = [];
    const [first] = pending;
    if (first === undefined) return;
    const approve = vscode.l10n.t('Approve');
    const reject = vscode.l10n.t('Reject…');
    const show = vscode.l10n.t('Show');
    const { applications, apis } = traffic.access;
    const whose = applications.find(({ name }) => name === first.application)?.title ?? first.application;
    const which = apis.find(({ api }) => api === first.api)?.title ?? first.api;
    const message =
      pending.length === 1
        ? [vscode.l10n.t('{0} asks for a subscription to {1}.', whose, which), first.reason ?? ''].join(' ').trim()
        : vscode.l10n.t('{0} subscriptions are asked for.', pending.length);
    const buttons = pending.length === 1 ? [approve, reject, show] : [show];
    const pressed = await vscode.window.showInformationMessage(message, ...buttons);
    const still = pendingOf(traffic.access).some(({ id }) => id === first.id);
    if (!still && (pressed === approve || pressed === reject)) {
      void vscode.window.setStatusBarMessage(vscode.l10n.t('$(info) This request was decided meanwhile'), 6000);
      return;
    }
    if (pressed === approve) await vscode.commands.executeCommand('tollgate.approveSubscription', first.id);
    if (pressed === reject) await vscode.commands.executeCommand('tollgate.rejectSubscription', first.id);
    if (pressed === show) accessSpotlight.show({ kind: 'subscription', id: first.id, place: 'queue' });
  };
  const look = (): void => {
    const ids = pendingOf(traffic.access).map(({ id }) => id);
    const fresh = known === null ? [] : ids.filter((id) => known?.has(id) !== true);
    known = new Set([...(known ?? []), ...ids]);
    if (fresh.length === 0) return;
    untold.push(...fresh);
    clearTimeout(timer);
    timer = setTimeout(() => void tell(), gather);
  };
  return vscode.Disposable.from(traffic.onDidChangeAccess(look), { dispose: () => clearTimeout(timer) });
}
