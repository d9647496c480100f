import * as vscode from 'vscode';
import type { AccessBoard, Subscription } from '../../shared/access.ts';
import { ago, ahead } from '../localise.ts';
import type { AccessNode } from './accessNodes.ts';
import { planTitles } from './ownerRows.ts';
import { themed, type Row } from './rowItem.ts';

type SubscriptionNode = Extract<AccessNode, { kind: 'subscription' }>;

/** A subscription: by its API under its application, by its application under its API, by both where it waits. */
export function subscriptionRow(board: AccessBoard, { id, place }: SubscriptionNode): Row | undefined {
  const found = board.subscriptions.find((one) => one.id === id);
  if (found === undefined) return undefined;
  const quotas = board.limits.filter(({ kind, source }) => kind === 'quota' && source === id);
  const spent = found.state === 'active' && quotas.some(({ limit, spent: used }) => used >= limit);
  const { application, api } = subscriptionTitles(board, found);
  const words = [
    ...planTitles(board, found.plan === null ? [] : [found.plan]),
    ...(spent ? [vscode.l10n.t('quota used up')] : []),
    ...stateWords(found, place === 'queue'),
  ];
  return {
    label: { queue: vscode.l10n.t('{0} → {1}', application, api), application: api, api: application }[place],
    description: words.join(' · '),
    icon: spent ? themed('warning', 'list.warningForeground') : subscriptionIcon(found.state),
    context: `subscription.${found.state}`,
    state:
      place === 'application' && quotas.length > 0
        ? vscode.TreeItemCollapsibleState.Expanded
        : vscode.TreeItemCollapsibleState.None,
    tooltip: [
      vscode.l10n.t('Requested by {0}, {1}', found.requestedBy, new Date(found.requestedAt).toLocaleString()),
      found.reason ?? '',
      found.opinion === null ? '' : vscode.l10n.t('{0}: {1}', found.decidedBy ?? '', found.opinion),
    ],
    opens: true,
  };
}

/** What application and API of a subscription are called. */
export function subscriptionTitles(
  board: AccessBoard,
  { application, api }: Pick<Subscription, 'application' | 'api'>,
): { readonly application: string; readonly api: string } {
  return {
    application: board.applications.find(({ name }) => name === application)?.title ?? application,
    api: board.apis.find((one) => one.api === api)?.title ?? api,
  };
}

/** How a subscription stands, for people. Where it is among those that wait, that it waits need not be said. */
export function stateWords(
  { state, opinion, expiresAt, graceUntil, startsAt, reason }: Subscription,
  waits = false,
): readonly string[] {
  const now = Date.now();
  const why = opinion === null ? [] : [opinion];
  switch (state) {
    case 'requested':
      return [...(waits ? [] : [vscode.l10n.t('waits for approval')]), ...(reason === null ? [] : [reason])];
    case 'approved':
      return [startsAt === null ? vscode.l10n.t('approved') : vscode.l10n.t('begins {0}', ahead(startsAt - now))];
    case 'rejected':
      return [vscode.l10n.t('rejected'), ...why];
    case 'active':
      return expiresAt === null ? [] : [vscode.l10n.t('ends {0}', ahead(expiresAt - now))];
    case 'suspended':
      return [vscode.l10n.t('suspended'), ...why];
    case 'expired':
      return graceUntil !== null && graceUntil > now
        ? [vscode.l10n.t('ended, still passes; grace ends {0}', ahead(graceUntil - now))]
        : [expiresAt === null ? vscode.l10n.t('ended') : vscode.l10n.t('ended {0}', ago(now - expiresAt))];
    case 'cancelled':
      return [vscode.l10n.t('cancelled')];
  }
}

function subscriptionIcon(state: Subscription['state']): vscode.ThemeIcon {
  switch (state) {
    case 'requested':
      return themed('bell-dot', 'list.warningForeground');
    case 'approved':
      return themed('pass', 'testing.iconPassed');
    case 'active':
      return themed('pass-filled', 'testing.iconPassed');
    case 'suspended':
      return themed('debug-pause', 'list.warningForeground');
    case 'rejected':
    case 'expired':
      return themed('error', 'list.errorForeground');
    case 'cancelled':
      return themed('circle-slash', 'disabledForeground');
  }
}
