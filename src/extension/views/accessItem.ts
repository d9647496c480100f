import * as vscode from 'vscode';
import type { AccessBoard, AccessKey, LimitState, Subscription } from '../../shared/access.ts';
import { formatUsd } from '../../shared/money.ts';
import { ago, ahead } from '../localise.ts';
import type { AccessNode } from './accessNodes.ts';
import { pendingOf } from './pendingRequests.ts';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** What a node of the access view looks like. */
export function accessItem(board: AccessBoard, node: AccessNode): vscode.TreeItem {
  switch (node.kind) {
    case 'pending':
      return item(
        'pending',
        vscode.l10n.t('Waiting for approval'),
        String(pendingOf(board).length),
        'bell-dot',
        Expanded,
      );
    case 'budgets':
      return item('budgets', vscode.l10n.t('Budgets'), '', 'graph-line', Expanded);
    case 'team': {
      const team = board.teams.find(({ name }) => name === node.team);
      const count = board.applications.filter((one) => one.team === node.team).length;
      const applications = count === 1 ? vscode.l10n.t('1 application') : vscode.l10n.t('{0} applications', count);
      return item(`team/${node.team}`, team?.title ?? node.team, applications, 'organization', Expanded);
    }
    case 'application': {
      const found = board.applications.find(({ name }) => name === node.application);
      const disabled = found?.disabled === true;
      const made = item(
        `application/${node.application}`,
        found?.title ?? node.application,
        disabled ? vscode.l10n.t('disabled') : applicationWords(board, node.application),
        disabled ? 'circle-slash' : 'symbol-method',
        Collapsed,
      );
      made.tooltip = [found?.description, found?.contact].filter((one) => typeof one === 'string').join('\n');
      return made;
    }
    case 'subscription': {
      const found = board.subscriptions.find(({ id }) => id === node.id);
      return found === undefined ? new vscode.TreeItem(node.id) : subscriptionItem(board, found, node.queue);
    }
    case 'key': {
      const found = board.keys.find(({ id }) => id === node.id);
      return found === undefined ? new vscode.TreeItem(node.id) : keyItem(found);
    }
    case 'limit': {
      const found = board.limits.find(({ id }) => id === node.id);
      return found === undefined ? new vscode.TreeItem(node.id) : limitItem(found);
    }
  }
}

function item(
  id: string,
  label: string,
  description: string,
  icon: string,
  state: vscode.TreeItemCollapsibleState,
): vscode.TreeItem {
  const made = new vscode.TreeItem(label, state);
  made.id = `access/${id}`;
  made.description = description;
  made.iconPath = new vscode.ThemeIcon(icon);
  made.contextValue = id.replace(/\/.*$/s, '');
  made.accessibilityInformation = { label: description === '' ? label : `${label}, ${description}` };
  return made;
}

function applicationWords(board: AccessBoard, application: string): string {
  const subscriptions = board.subscriptions.filter((one) => one.application === application).length;
  const keys = board.keys.filter((one) => one.application === application && one.state === 'active').length;
  return [
    subscriptions === 1 ? vscode.l10n.t('1 API') : vscode.l10n.t('{0} APIs', subscriptions),
    keys === 1 ? vscode.l10n.t('1 key') : vscode.l10n.t('{0} keys', keys),
  ].join(' · ');
}

function subscriptionItem(board: AccessBoard, subscription: Subscription, queue: boolean): vscode.TreeItem {
  const { id, application, api, plan, state, reason, opinion, requestedBy, requestedAt } = subscription;
  const title = board.apis.find((one) => one.api === api)?.title ?? api;
  const label = queue ? vscode.l10n.t('{0} → {1}', application, title) : title;
  const words = [...(plan === null ? [] : [plan]), ...stateWords(subscription)];
  const hasQuota = !queue && board.limits.some(({ kind, source }) => kind === 'quota' && source === id);
  const made = item(
    `subscription/${queue ? 'queue/' : ''}${id}`,
    label,
    words.join(' · '),
    '',
    hasQuota ? Expanded : None,
  );
  made.iconPath = stateIcon(state);
  made.contextValue = `subscription.${state}`;
  made.tooltip = [
    vscode.l10n.t('Requested by {0}, {1}', requestedBy, new Date(requestedAt).toLocaleString()),
    ...(reason === null ? [] : [reason]),
    ...(opinion === null ? [] : [vscode.l10n.t('{0}: {1}', subscription.decidedBy ?? '', opinion)]),
  ].join('\n');
  return made;
}

function stateWords({ state, opinion, expiresAt, graceUntil, startsAt, reason }: Subscription): readonly string[] {
  const now = Date.now();
  switch (state) {
    case 'requested':
      return [vscode.l10n.t('requested'), ...(reason === null ? [] : [reason])];
    case 'approved':
      return [startsAt === null ? vscode.l10n.t('approved') : vscode.l10n.t('begins {0}', ahead(startsAt - now))];
    case 'rejected':
      return [vscode.l10n.t('rejected'), ...(opinion === null ? [] : [opinion])];
    case 'active':
      return expiresAt === null ? [] : [vscode.l10n.t('ends {0}', ahead(expiresAt - now))];
    case 'suspended':
      return [vscode.l10n.t('suspended'), ...(opinion === null ? [] : [opinion])];
    case 'expired':
      return graceUntil !== null && graceUntil > now
        ? [vscode.l10n.t('ended, still passes; grace ends {0}', ahead(graceUntil - now))]
        : [expiresAt === null ? vscode.l10n.t('ended') : vscode.l10n.t('ended {0}', ago(now - expiresAt))];
    case 'cancelled':
      return [vscode.l10n.t('cancelled')];
  }
}

function stateIcon(state: Subscription['state']): vscode.ThemeIcon {
  const themed = (icon: string, color: string): vscode.ThemeIcon =>
    new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
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

function keyItem({
  id,
  name,
  hint,
  state,
  expiresAt,
  lastUsedAt,
  apis,
  methods,
  replacedBy,
}: AccessKey): vscode.TreeItem {
  const now = Date.now();
  const end =
    expiresAt === null
      ? []
      : [
          expiresAt > now
            ? vscode.l10n.t('ends {0}', ahead(expiresAt - now))
            : vscode.l10n.t('ended {0}', ago(now - expiresAt)),
        ];
  const words = [hint, ...end, ...(replacedBy === null ? [] : [vscode.l10n.t('replaced')])];
  const made = item(`key/${id}`, name, words.join(' · '), 'key', Collapsed);
  made.collapsibleState = None;
  if (state === 'expired') made.iconPath = new vscode.ThemeIcon('key', new vscode.ThemeColor('list.errorForeground'));
  made.contextValue = `key.${state}`;
  made.tooltip = [
    lastUsedAt === null
      ? vscode.l10n.t('Never used')
      : vscode.l10n.t('Last used {0}', new Date(lastUsedAt).toLocaleString()),
    apis === null ? vscode.l10n.t('Opens every API of its application') : vscode.l10n.t('Opens {0}', apis.join(', ')),
    ...(methods === null ? [] : [vscode.l10n.t('Only for {0}', methods.join(', '))]),
  ].join('\n');
  return made;
}

function limitItem({
  id,
  kind,
  title,
  measure,
  limit,
  spent,
  reserved,
  over,
  warnAt,
  resetsAt,
}: LimitState): vscode.TreeItem {
  const used = spent + reserved;
  const share = Math.min(1, limit === 0 ? 1 : used / limit);
  const amount = (value: number): string => (measure === 'usd' ? formatUsd(value) : value.toLocaleString());
  const unit = { calls: vscode.l10n.t('calls'), tokens: vscode.l10n.t('tokens'), usd: 'USD' }[measure];
  const words = vscode.l10n.t('{0} of {1} {2}', amount(used), amount(limit), unit);
  const made = item(`limit/${id}`, title, `${bar(share)} ${words}`, 'graph-line', None);
  const spentUp = used >= limit;
  if (spentUp || share >= warnAt)
    made.iconPath = spentUp
      ? new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'))
      : new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  made.contextValue = `limit.${kind}`;
  made.tooltip = [
    words,
    ...(reserved === 0 ? [] : [vscode.l10n.t('{0} of it is set aside for calls under way', amount(reserved))]),
    over === 'refuse' ? vscode.l10n.t('Then calls are refused') : vscode.l10n.t('Then a warning'),
    ...(resetsAt === null ? [] : [vscode.l10n.t('Begins anew {0}', new Date(resetsAt).toLocaleString())]),
  ].join('\n');
  made.accessibilityInformation = { label: `${title}, ${words}, ${Math.round(share * 100)} %` };
  return made;
}

/** As in `▰▰▰▱▱▱▱▱▱▱`; screen readers get words instead. */
function bar(share: number): string {
  const full = share === 0 ? 0 : Math.max(1, Math.floor(share * 10));
  return '▰'.repeat(full) + '▱'.repeat(10 - full);
}
