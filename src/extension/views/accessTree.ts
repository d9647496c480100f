import * as vscode from 'vscode';
import { calm } from '../calm.ts';
import type { Parts } from '../parts.ts';
import type { AccessNode } from './accessNodes.ts';
import { pendingOf } from './pendingRequests.ts';

/** Milliseconds between refreshes while calls come in. */
const calmPeriod = 300;
/** Milliseconds between refreshes of ages and expiries. */
const agePeriod = 60_000;
const dragged = 'application/vnd.code.tree.tollgate.access';

/** The view of teams, their applications, subscriptions, keys and budgets. Its badge counts requests that wait. */
export function registerAccessTree({ traffic }: Parts): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.TreeDataProvider<AccessNode> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (node) => (await import('../desk.ts')).accessChildren(traffic.access, node),
    getTreeItem: async (node) => (await import('../desk.ts')).accessItem(traffic.access, node),
    getParent: async (node) => (await import('../desk.ts')).accessParent(traffic.access, node),
  };
  const view = vscode.window.createTreeView('tollgate.access', {
    treeDataProvider: provider,
    showCollapseAll: true,
    dragAndDropController: moveApplications(),
  });
  const tellContext = (): void => {
    const { teams, applications, limits } = traffic.access;
    const anything = teams.length + applications.length + limits.length > 0;
    void vscode.commands.executeCommand('setContext', 'tollgate.access', anything);
  };
  const refresh = calm(calmPeriod, () => {
    const waiting = pendingOf(traffic.access).length;
    view.badge =
      waiting === 0
        ? undefined
        : {
            value: waiting,
            tooltip: waiting === 1 ? vscode.l10n.t('1 request waits') : vscode.l10n.t('{0} requests wait', waiting),
          };
    view.message = traffic.access.problem ?? '';
    tellContext();
    changed.fire();
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
  );
}

/** An application is moved to a team by dropping it there, or on one of that team's applications. */
function moveApplications(): vscode.TreeDragAndDropController<AccessNode> {
  return {
    dragMimeTypes: [dragged],
    dropMimeTypes: [dragged],
    handleDrag: (nodes, transfer) => {
      const names = nodes.flatMap((node) => (node.kind === 'application' ? [node.application] : []));
      if (names.length > 0) transfer.set(dragged, new vscode.DataTransferItem(names));
    },
    handleDrop: async (target, transfer) => {
      const names = transfer.get(dragged)?.value as readonly string[] | undefined;
      if (names === undefined || target === undefined) return;
      for (const name of names) await vscode.commands.executeCommand('tollgate.moveApplication', name, target);
    },
  };
}
