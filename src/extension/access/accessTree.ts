import * as vscode from 'vscode';
import { calm } from '../calm.ts';
import { lastGood } from '../views/lastGood.ts';
import type { Parts } from '../parts.ts';
import { accessDrag } from './accessDrag.ts';
import type { AccessNode } from './accessNodes.ts';
import { pendingOf } from './pendingRequests.ts';

/** Milliseconds between refreshes while calls come in. */
const calmPeriod = 300;
/** Milliseconds for which what was made is waited for. */
const spotlightPeriod = 10_000;
/** Milliseconds between refreshes of ages and expiries. */
const agePeriod = 60_000;

/** The view of teams, their applications, subscriptions, keys and budgets. Its badge counts requests that wait. */
export function registerAccessTree({ traffic, accessFilter, accessSpotlight }: Parts): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.TreeDataProvider<AccessNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (node) => {
      const { accessWords, filteredChildren } = await import('../desk.ts');
      return filteredChildren(traffic.access, node, accessFilter.text, (one) => accessWords(traffic.access, one));
    },
    getTreeItem: async (node) => {
      const item = (await import('../desk.ts')).accessItem(traffic.access, node);
      if (accessFilter.text === '' || item.collapsibleState === vscode.TreeItemCollapsibleState.None) return item;
      // What is folded might hide what is looked for; the id lets go of what a person had folded.
      item.id = `${item.id ?? ''}?${accessFilter.text}`;
      item.collapsibleState = vscode.TreeItemCollapsibleState.Expanded;
      return item;
    },
    getParent: async (node) => (await import('../desk.ts')).accessParent(traffic.access, node),
  };
  const view = vscode.window.createTreeView('tollgate.access', {
    treeDataProvider: provider,
    showCollapseAll: true,
    dragAndDropController: accessDrag(),
  });
  const tell = (): void => {
    const { teams, applications, limits, plans, apis, problem } = traffic.access;
    const anything = [teams, applications, limits, plans, apis].some(({ length }) => length > 0);
    void vscode.commands.executeCommand('setContext', 'tollgate.access', anything);
    view.message = problem ?? lastGood(traffic.problems);
    view.description = accessFilter.text === '' ? '' : vscode.l10n.t('only "{0}"', accessFilter.text);
    const waiting = pendingOf(traffic.access).length;
    const tooltip = waiting === 1 ? vscode.l10n.t('1 request waits') : vscode.l10n.t('{0} requests wait', waiting);
    view.badge = waiting === 0 ? undefined : { value: waiting, tooltip };
  };
  let wanted: { readonly node: AccessNode; readonly until: number } | null = null;
  const light = async (): Promise<void> => {
    const asked = wanted;
    if (asked === null) return;
    const now = (await import('../desk.ts')).accessNodeNow(traffic.access, asked.node);
    // Something else was made meanwhile, or this is shown already.
    if (wanted !== asked) return;
    if (now === null && Date.now() < asked.until) return;
    wanted = null;
    if (now === null) return;
    // What the view is narrowed to might hide it.
    accessFilter.text = '';
    // A view that cannot show it now, as one that somebody has hidden, is let be.
    await Promise.resolve(view.reveal(now, { select: true, focus: false })).catch(() => undefined);
  };
  const refresh = calm(calmPeriod, () => {
    tell();
    changed.fire();
    void light();
  });
  const aging = setInterval(() => {
    if (view.visible) changed.fire();
  }, agePeriod);
  return vscode.Disposable.from(
    view,
    changed,
    refresh,
    { dispose: () => clearInterval(aging) },
    traffic.onDidChangeAccess(refresh),
    traffic.onDidChangeProblems(refresh),
    accessFilter.onDidChange(refresh),
    accessSpotlight.onDidAsk((node) => {
      wanted = { node, until: Date.now() + spotlightPeriod };
      void light();
    }),
  );
}
