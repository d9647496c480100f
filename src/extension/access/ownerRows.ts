import * as vscode from 'vscode';
import type { AccessBoard, Plan } from '../../shared/access.ts';
import type { Row } from './rowItem.ts';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;

/** A team. */
export function teamRow(board: AccessBoard, name: string): Row {
  const team = board.teams.find((one) => one.name === name);
  const count = board.applications.filter((one) => one.team === name).length;
  return {
    label: team?.title ?? name,
    description: applications(count),
    icon: new vscode.ThemeIcon('organization'),
    context: 'team',
    state: Expanded,
    tooltip: [name, team?.description ?? '', team?.members.join(', ') ?? ''],
  };
}

/** An application of a team. */
export function applicationRow(board: AccessBoard, name: string): Row {
  const found = board.applications.find((one) => one.name === name);
  const disabled = found?.disabled === true;
  const subscriptions = board.subscriptions.filter((one) => one.application === name);
  const apis = subscriptions.filter(({ state }) => state === 'active' || state === 'approved').length;
  const waiting = subscriptions.filter(({ state }) => state === 'requested').length;
  const keys = board.keys.filter((one) => one.application === name && one.state === 'active').length;
  const words = [
    ...(disabled ? [vscode.l10n.t('switched off')] : []),
    apis === 0 ? vscode.l10n.t('no API') : apis === 1 ? vscode.l10n.t('1 API') : vscode.l10n.t('{0} APIs', apis),
    ...(waiting === 0 ? [] : [vscode.l10n.t('{0} requested', waiting)]),
    keys === 0 ? vscode.l10n.t('no key') : keys === 1 ? vscode.l10n.t('1 key') : vscode.l10n.t('{0} keys', keys),
  ];
  return {
    label: found?.title ?? name,
    description: words.join(' · '),
    icon: new vscode.ThemeIcon(disabled ? 'circle-slash' : 'package'),
    context: disabled ? 'application.disabled' : 'application.enabled',
    state: Collapsed,
    tooltip: [name, found?.description ?? '', found?.contact ?? ''],
  };
}

/** An API that wants subscriptions. */
export function offerRow(board: AccessBoard, name: string): Row {
  const found = board.apis.find(({ api }) => api === name);
  const subscribers = board.subscriptions.filter(({ api, state }) => api === name && state === 'active').length;
  const words = [
    found?.subscription === 'auto' ? vscode.l10n.t('approves by itself') : vscode.l10n.t('needs approval'),
    subscribers === 1 ? vscode.l10n.t('1 subscriber') : vscode.l10n.t('{0} subscribers', subscribers),
  ];
  return {
    label: found?.title ?? name,
    description: words.join(' · '),
    icon: new vscode.ThemeIcon('globe'),
    context: 'offer',
    state: Collapsed,
    tooltip: [name, planTitles(board, found?.plans ?? []).join(', ')],
  };
}

/** The terms of subscriptions. */
export function planRow(board: AccessBoard, name: string): Row {
  const plan = board.plans.find((one) => one.name === name);
  return {
    label: plan?.title ?? name,
    description: plan === undefined ? '' : planWords(plan).join(' · '),
    icon: new vscode.ThemeIcon('tag'),
    context: 'plan',
    state: None,
    tooltip: [name, plan?.description ?? ''],
    opens: true,
  };
}

/** What a plan costs and allows, for people. */
export function planWords({ price, quota, rate, expiresMs }: Plan): readonly string[] {
  return [
    ...(price === null ? [] : [priceWords(price)]),
    ...(quota?.calls == null ? [] : [periodWords(vscode.l10n.t('{0} calls', quota.calls.toLocaleString()), quota.per)]),
    ...(quota?.tokens == null
      ? []
      : [periodWords(vscode.l10n.t('{0} tokens', quota.tokens.toLocaleString()), quota.per)]),
    ...(quota?.usd == null ? [] : [periodWords(vscode.l10n.t('{0} USD', quota.usd), quota.per)]),
    ...(rate === null ? [] : [rateWords(rate)]),
    ...(expiresMs === null ? [] : [termWords(expiresMs)]),
  ];
}

function termWords(milliseconds: number): string {
  const hours = milliseconds / 3_600_000;
  if (milliseconds < 60_000) return vscode.l10n.t('lasts {0} s', Math.round(milliseconds / 1000));
  if (hours < 1) return vscode.l10n.t('lasts {0} min', Math.round(hours * 600) / 10);
  if (hours < 24) return vscode.l10n.t('lasts {0} h', Math.round(hours * 10) / 10);
  const days = Math.round(hours / 24);
  return days === 1 ? vscode.l10n.t('lasts a day') : vscode.l10n.t('lasts {0} days', days);
}

/** As plans are called by people, in place of their names. */
export function planTitles(board: AccessBoard, names: readonly string[]): readonly string[] {
  return names.map((name) => board.plans.find((one) => one.name === name)?.title ?? name);
}

function rateWords({ calls, perMs }: NonNullable<Plan['rate']>): string {
  const count = vscode.l10n.t('{0} calls', calls.toLocaleString());
  if (perMs === 1000) return vscode.l10n.t('{0} a second', count);
  if (perMs === 60_000) return vscode.l10n.t('{0} a minute', count);
  if (perMs === 3_600_000) return vscode.l10n.t('{0} an hour', count);
  return vscode.l10n.t('{0} in {1} s', count, Math.round(perMs / 1000));
}

function priceWords({ amount, currency, per }: NonNullable<Plan['price']>): string {
  switch (per) {
    case 'month':
      return vscode.l10n.t('{0} {1} a month', amount, currency);
    case 'year':
      return vscode.l10n.t('{0} {1} a year', amount, currency);
    case 'once':
      return vscode.l10n.t('{0} {1} once', amount, currency);
  }
}

function periodWords(amount: string, per: NonNullable<Plan['quota']>['per']): string {
  switch (per) {
    case 'day':
      return vscode.l10n.t('{0} a day', amount);
    case 'week':
      return vscode.l10n.t('{0} a week', amount);
    case 'month':
      return vscode.l10n.t('{0} a month', amount);
    case 'total':
      return vscode.l10n.t('{0} in all', amount);
  }
}

function applications(count: number): string {
  if (count === 0) return vscode.l10n.t('no application');
  return count === 1 ? vscode.l10n.t('1 application') : vscode.l10n.t('{0} applications', count);
}
