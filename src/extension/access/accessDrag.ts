import * as vscode from 'vscode';
import type { AccessNode } from './accessNodes.ts';

/** As the editor names what is dragged from each view. */
const fromAccess = 'application/vnd.code.tree.tollgate.access';
const fromApis = 'application/vnd.code.tree.tollgate.apis';

interface Dragged {
  readonly applications: readonly string[];
  readonly apis: readonly string[];
}

/** Applications and APIs are given to a team by dropping them there; on one of their own kind, they come before it. */
export function accessDrag(): vscode.TreeDragAndDropController<AccessNode> {
  return {
    dragMimeTypes: [fromAccess],
    dropMimeTypes: [fromAccess, fromApis],
    handleDrag: (nodes, transfer) => {
      const applications = nodes.flatMap((node) => (node.kind === 'application' ? [node.application] : []));
      const apis = nodes.flatMap((node) => (node.kind === 'offer' ? [node.api] : []));
      if (applications.length + apis.length > 0)
        transfer.set(fromAccess, new vscode.DataTransferItem({ applications, apis } satisfies Dragged));
    },
    handleDrop: async (target, transfer) => {
      const dragged = (transfer.get(fromAccess) ?? transfer.get(fromApis))?.value as Dragged | undefined;
      if (dragged === undefined || target === undefined) return;
      for (const name of dragged.applications)
        await vscode.commands.executeCommand('tollgate.moveApplication', name, target);
      for (const name of dragged.apis) await vscode.commands.executeCommand('tollgate.moveApi', name, target);
    },
  };
}

/** APIs are put in order by dropping them on others; on the gateway, they come first. They can be dropped on teams. */
export function apiDrag<Node extends { readonly kind: string }>(
  nameOf: (node: Node) => string | null,
): vscode.TreeDragAndDropController<Node> {
  return {
    dragMimeTypes: [fromApis],
    dropMimeTypes: [fromApis],
    handleDrag: (nodes, transfer) => {
      const apis = nodes.flatMap((node) => nameOf(node) ?? []);
      if (apis.length > 0)
        transfer.set(fromApis, new vscode.DataTransferItem({ applications: [], apis } satisfies Dragged));
    },
    handleDrop: async (target, transfer) => {
      const dragged = transfer.get(fromApis)?.value as Dragged | undefined;
      if (dragged === undefined) return;
      const before = target === undefined ? null : target.kind === 'gateway' ? 'first' : { name: nameOf(target) };
      for (const name of dragged.apis) await vscode.commands.executeCommand('tollgate.orderApi', name, before);
    },
  };
}
