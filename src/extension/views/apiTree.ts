import * as vscode from 'vscode';
import type { AccountReport } from '../../shared/account.ts';
import type { ListedModel } from '../../shared/models.ts';
import type { ApiStatus } from '../../shared/protocol.ts';
import { apiDrag } from '../access/accessDrag.ts';
import { calm } from '../calm.ts';
import { allApis, type WarningBoard } from '../../shared/warning.ts';
import { ago } from '../localise.ts';
import type { Parts } from '../parts.ts';
import { accountItem } from './accountItem.ts';
import { credentialLabel, healthIcon, healthLabel } from './apiLabels.ts';
import { lastGood } from './lastGood.ts';
import { lifecycleChildren, lifecycleNodes, type LifecycleNode } from './lifecycleNodes.ts';
import { modelItem, modelsItem } from './modelItem.ts';
import { recourseItem, recourseLabels } from './recourseItem.ts';
import { routeChildren, routeNodes, type RouteNode } from './routeNodes.ts';
import { simulationItem, simulationLabel } from './simulationItem.ts';
import { warningBadge, warningItem, warningNodes, warningTrouble, type WarningNode } from './warningItem.ts';
import { hasSpending, spendingItem, spendingTrouble } from './spendingItem.ts';

type Fact = 'simulation' | 'recourse' | 'models' | 'calls' | 'spending' | 'account' | 'credential' | 'url' | 'upstream';

/** A node of the explorer. Commands get it as their argument. */
export type ApiNode =
  | { readonly kind: 'gateway' }
  | { readonly kind: 'api'; readonly name: string }
  | { readonly kind: 'model'; readonly name: string; readonly model: ListedModel }
  | WarningNode
  | LifecycleNode
  | RouteNode
  | { readonly kind: 'fact'; readonly name: string; readonly fact: Fact };

/** Milliseconds between refreshes of ages and expiries. */
const agePeriod = 60_000;

/** Milliseconds between refreshes while calls come in. */
const calmPeriod = 500;

/** The explorer: the gateway, and under it the declared APIs with their health and credentials. */
export function registerApiTree({ gateway, traffic }: Parts): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const modelsOf = async (name: string): Promise<ApiNode[]> =>
    (await (await gateway.start()).models())
      .filter(({ api }) => api === name)
      .map((model) => ({ kind: 'model', name, model }));
  /** What cannot be told now is told with the next change. */
  const aliases = async (): Promise<RouteNode[]> =>
    gateway.state.kind === 'running' ? (await gateway.start()).routes().then(routeNodes, () => []) : [];
  const isRoute = (node: ApiNode): node is RouteNode =>
    node.kind === 'routes' || node.kind === 'route' || node.kind === 'target';
  const provider: vscode.TreeDataProvider<ApiNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (node) => {
      if (node === undefined) {
        if (traffic.apis.length === 0) return [];
        return [
          { kind: 'gateway' },
          // The budget for all APIs together is nobody's in particular.
          ...warningNodes(traffic.warnings, allApis),
          ...(await aliases()),
          ...traffic.apis.map(({ name }): ApiNode => ({ kind: 'api', name })),
        ];
      }
      if (isRoute(node)) return routeChildren(node);
      if (node.kind === 'lifecycle') return lifecycleChildren(traffic.api(node.name));
      if (node.kind === 'fact' && node.fact === 'models') return modelsOf(node.name);
      if (node.kind !== 'api') return [];
      const api = traffic.api(node.name);
      const facts = factsOf(api).map((fact): ApiNode => ({ kind: 'fact', name: node.name, fact }));
      return [...warningNodes(traffic.warnings, node.name), ...lifecycleNodes(api), ...facts];
    },
    getTreeItem: (node) => {
      if (node.kind === 'gateway')
        return gatewayItem(gateway.state.kind === 'running' ? gateway.state.ready.url : null);
      if (node.kind === 'model') return modelItem(node.model);
      if (isRoute(node)) return import('../desk.ts').then((desk) => desk.routeItem(node));
      const { warnings } = traffic;
      if (node.kind === 'warning')
        return warningItem(
          node,
          warnings.warnings.find(({ api, kind }) => api === node.name && kind === node.warning),
        );
      const api = traffic.api(node.name);
      if (api === undefined) return new vscode.TreeItem(node.name);
      if (node.kind === 'api') return apiItem(api, warnings);
      if (node.kind !== 'fact') return import('../desk.ts').then((desk) => desk.lifecycleItem(api, node));
      return factItemOf(api, node.fact, traffic.account(api.name));
    },
  };
  const view = vscode.window.createTreeView('tollgate.apis', {
    treeDataProvider: provider,
    showCollapseAll: true,
    dragAndDropController: apiDrag<ApiNode>((node) => (node.kind === 'api' ? node.name : null)),
  });
  const refresh = calm(calmPeriod, () => {
    view.badge = warningBadge(traffic.warnings);
    view.message = lastGood(traffic.problems);
    changed.fire();
  });
  const aging = setInterval(() => {
    if (view.visible) refresh();
  }, agePeriod);
  return vscode.Disposable.from(
    view,
    changed,
    { dispose: () => clearInterval(aging) },
    refresh,
    traffic.onDidChangeApis(refresh),
    traffic.onDidChangeProblems(refresh),
    traffic.onDidChangeWarnings(refresh),
    gateway.onDidChangeState(refresh),
  );
}

function factsOf(api: ApiStatus | undefined): readonly Fact[] {
  return [
    ...(api === undefined || api.simulation === null ? [] : (['simulation'] as const)),
    ...(api !== undefined && recourseLabels(api).length > 0 ? (['recourse'] as const) : []),
    ...(api?.models === undefined ? [] : (['models'] as const)),
    'calls',
    ...(api !== undefined && hasSpending(api) ? (['spending'] as const) : []),
    ...(['account', 'credential', 'url', 'upstream'] as const),
  ];
}

function factItemOf(api: ApiStatus, fact: Fact, account: AccountReport | undefined): vscode.TreeItem {
  if (fact === 'account') return accountItem(api, account);
  if (fact === 'spending') return spendingItem(api);
  if (fact === 'recourse') return recourseItem(api);
  if (fact === 'models') return modelsItem(api);
  if (fact !== 'simulation') return factItem(api, fact);
  return api.simulation === null ? new vscode.TreeItem('') : simulationItem(api, api.simulation);
}

function gatewayItem(url: string | null): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Gateway'));
  item.id = 'gateway';
  item.description = url ?? vscode.l10n.t('starting…');
  item.iconPath = new vscode.ThemeIcon(url === null ? 'loading~spin' : 'radio-tower');
  item.contextValue = url === null ? 'gateway' : 'gateway.running';
  item.tooltip = url === null ? item.description : vscode.l10n.t('Calls to {0}/<api>/… go to that API.', url);
  item.accessibilityInformation = { label: `${vscode.l10n.t('Gateway')}, ${item.description}` };
  return item;
}

function apiItem(api: ApiStatus, board: WarningBoard): vscode.TreeItem {
  const item = new vscode.TreeItem(api.title, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `api/${api.name}`;
  const trouble = needsPerson(api) ? [credentialLabel(api)] : [];
  const ownMutes = board.mutes.filter((mute) => mute.api === api.name);
  const isMuted = ownMutes.some(({ kind }) => kind === null);
  const mutedTrouble = isMuted ? [vscode.l10n.t('warnings muted')] : [];
  const simulating = api.simulation === null ? [] : [simulationLabel(api.simulation)];
  item.description = [
    ...simulating,
    ...recourseLabels(api),
    ...warningTrouble(board, api.name),
    healthLabel(api),
    ...spendingTrouble(api),
    ...trouble,
    ...mutedTrouble,
  ].join(' · ');
  item.iconPath = healthIcon(api);
  item.contextValue = [
    'api',
    api.running ? 'running' : 'stopped',
    ...(api.simulation === null ? [] : ['simulating']),
    ...(isMuted ? [] : ['hushable']),
    ...(ownMutes.length > 0 ? ['hushed'] : []),
    ...(api.credentialType === 'oauth2' || api.credentialType === 'command' ? ['refreshable'] : []),
    ...(api.credential.kind === 'held' ? ['held'] : []),
    ...(api.credentialType === 'key' || api.credentialType === 'oauth2' ? ['settable'] : []),
  ].join('.');
  item.tooltip = apiTooltip(api);
  item.accessibilityInformation = { label: `${api.title}, ${item.description}` };
  return item;
}

/** A missing key is no trouble: programs send their own. */
function needsPerson({ credential, credentialType }: ApiStatus): boolean {
  switch (credential.kind) {
    case 'missing':
      return credentialType === 'oauth2';
    case 'expired':
    case 'dead':
    case 'held':
      return true;
    case 'none':
    case 'ready':
    case 'refreshing':
      return false;
  }
}

function apiTooltip(api: ApiStatus): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  const line = (label: string, value: string): void => {
    tooltip.appendMarkdown(`\n\n**${label}** `).appendText(value);
  };
  tooltip.appendMarkdown('**').appendText(api.title).appendMarkdown('** ').appendText(api.name);
  line(vscode.l10n.t('Calls'), healthLabel(api));
  line(vscode.l10n.t('Credential'), credentialLabel(api));
  if (api.credential.kind === 'dead') line(vscode.l10n.t('Reason'), api.credential.reason);
  line(vscode.l10n.t('URL'), api.url);
  line(vscode.l10n.t('Goes to'), api.upstream);
  return tooltip;
}

function factItem(
  api: ApiStatus,
  fact: Exclude<Fact, 'account' | 'models' | 'recourse' | 'simulation' | 'spending'>,
): vscode.TreeItem {
  const fields = {
    calls: {
      icon: 'list-ordered',
      label: api.calls === 1 ? vscode.l10n.t('1 call') : vscode.l10n.t('{0} calls', api.calls),
      description:
        api.lastAt === null ? '' : vscode.l10n.t('last {0}, {1}', api.lastStatus ?? '-', ago(Date.now() - api.lastAt)),
    },
    credential: { icon: 'key', label: credentialLabel(api), description: api.credentialName ?? '' },
    url: { icon: 'link', label: api.url, description: '' },
    upstream: { icon: 'arrow-right', label: api.upstream, description: vscode.l10n.t('upstream') },
  }[fact];
  const item = new vscode.TreeItem(fields.label);
  item.id = `api/${api.name}/${fact}`;
  item.description = fields.description;
  item.iconPath = new vscode.ThemeIcon(fields.icon);
  item.contextValue = `fact.${fact}`;
  if (fact === 'calls')
    item.command = { title: vscode.l10n.t('Show Calls'), command: 'tollgate.showCalls', arguments: [api.name] };
  if (fact === 'credential' && (api.credentialType === 'key' || api.credentialType === 'oauth2'))
    item.command = {
      title: vscode.l10n.t('Set Credential…'),
      command: 'tollgate.setCredential',
      arguments: [api.name],
    };
  return item;
}
