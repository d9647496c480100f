import * as vscode from 'vscode';
import { causeTitle } from '../../shared/causePages.ts';
import type { RouteState, RouteTargetState } from '../../shared/modelRoute.ts';
import { localise } from '../localise.ts';
import type { RouteNode } from './routeNodes.ts';

/** What a node of the aliases looks like. */
export function routeItem(node: RouteNode): vscode.TreeItem {
  switch (node.kind) {
    case 'routes':
      return routesItem(node.routes);
    case 'route':
      return aliasItem(node.route);
    case 'target':
      return targetItem(node.route, node.target);
  }
}

function routesItem(routes: readonly RouteState[]): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Names of models'), vscode.TreeItemCollapsibleState.Collapsed);
  const out = routes.filter(({ targets }) => targets.some(isOut)).length;
  item.id = 'routes';
  item.description = [
    String(routes.length),
    ...(out === 0 ? [] : [vscode.l10n.t('{0} with a target left out', out)]),
  ].join(' · ');
  item.iconPath = new vscode.ThemeIcon('git-merge', out === 0 ? undefined : trouble);
  item.contextValue = 'routes';
  item.tooltip = vscode.l10n.t('What stands under "models" in tollgate.jsonc, and whom each name asks.');
  item.accessibilityInformation = { label: `${item.label as string}, ${item.description}` };
  return item;
}

function aliasItem({ name, title, caches, targets }: RouteState): vscode.TreeItem {
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Collapsed);
  const out = targets.filter(isOut).length;
  item.id = `route/${name}`;
  item.description = [
    ...(title === null ? [] : [title]),
    ...(caches ? [vscode.l10n.t('gives answers again')] : []),
    ...(out === 0 ? [] : [vscode.l10n.t('{0} of {1} left out', out, targets.length)]),
  ].join(' · ');
  item.iconPath = new vscode.ThemeIcon('git-merge', out === 0 ? undefined : trouble);
  item.contextValue = out === 0 ? 'route' : 'route.out';
  item.tooltip = vscode.l10n.t('Programs name it as their model at the gateway’s /v1.');
  item.accessibilityInformation = { label: `${name}, ${item.description}` };
  return item;
}

function targetItem(route: RouteState, target: RouteTargetState): vscode.TreeItem {
  const { api, model, credential, step, weight, coolDown, breaker } = target;
  const item = new vscode.TreeItem(`${String(step + 1)}. ${api}/${model}`);
  item.id = `route/${route.name}/${String(route.targets.indexOf(target))}`;
  item.description = [
    ...(credential === null || credential === api ? [] : [vscode.l10n.t('with "{0}"', credential)]),
    ...(weight === null ? [] : [vscode.l10n.t('weight {0}', weight)]),
    ...(coolDown === null
      ? []
      : [vscode.l10n.t('left out until {0}: {1}', clock(coolDown.until), localise(causeTitle(coolDown.cause)))]),
    ...(breaker === null
      ? []
      : [vscode.l10n.t('left out until {0}: {1} failures in a row', clock(breaker.until), breaker.failures)]),
  ].join(' · ');
  item.iconPath = isOut(target) ? new vscode.ThemeIcon('circle-slash', trouble) : new vscode.ThemeIcon('check');
  item.contextValue = 'target';
  item.tooltip = [item.label as string, item.description].filter((part) => part !== '').join('\n');
  item.accessibilityInformation = { label: `${item.label as string}, ${item.description}` };
  return item;
}

const trouble = new vscode.ThemeColor('list.warningForeground');

function isOut({ coolDown, breaker }: RouteTargetState): boolean {
  return coolDown !== null || breaker !== null;
}

function clock(at: number): string {
  return new Date(at).toLocaleTimeString(vscode.env.language, { hour: '2-digit', minute: '2-digit' });
}
