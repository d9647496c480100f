import * as vscode from 'vscode';
import type { AccessBoard } from '../../shared/access.ts';
import type { AccessNode } from './accessNodes.ts';
import { keyRow } from './keyRow.ts';
import { limitRow } from './limitRow.ts';
import { applicationRow, offerRow, planRow, teamRow } from './ownerRows.ts';
import { pendingOf } from './pendingRequests.ts';
import { rowItem, type Row } from './rowItem.ts';
import { subscriptionRow } from './subscriptionRow.ts';

/** What a node of the access view looks like. What has just gone is an empty row. */
export function accessItem(board: AccessBoard, node: AccessNode): vscode.TreeItem {
  const row = rowOf(board, node);
  return row === undefined ? new vscode.TreeItem('') : rowItem(node, row);
}

/** What a row says, without pictures. */
export function rowWords(
  board: AccessBoard,
  node: AccessNode,
): { readonly label: string; readonly description: string } {
  const { label = '', description = '' } = rowOf(board, node) ?? {};
  return { label, description: description.replace(/^[▰▱]+ /, '') };
}

/** All that a row says, for filters. */
export function accessWords(board: AccessBoard, node: AccessNode): string {
  const row = rowOf(board, node);
  return row === undefined ? '' : [row.label, row.description, nameOf(node)].join(' ');
}

function rowOf(board: AccessBoard, node: AccessNode): Row | undefined {
  switch (node.kind) {
    case 'pending':
      return group(node.kind, vscode.l10n.t('Waiting for approval'), pendingOf(board).length, 'bell-dot');
    case 'offers': {
      const shared = board.apis.filter(({ owner }) => owner === null).length;
      return group(node.kind, vscode.l10n.t('APIs with subscriptions'), shared, 'globe');
    }
    case 'plans':
      return { ...group(node.kind, vscode.l10n.t('Plans'), board.plans.length, 'list-unordered'), state: Collapsed };
    case 'budgets':
      return group(node.kind, vscode.l10n.t('Shared budgets'), null, 'graph-line');
    case 'team':
      return teamRow(board, node.team);
    case 'application':
      return applicationRow(board, node.application);
    case 'offer':
      return offerRow(board, node.api);
    case 'plan':
      return planRow(board, node.plan);
    case 'subscription':
      return subscriptionRow(board, node);
    case 'key':
      return keyRow(board, node.id);
    case 'limit':
      return limitRow(board, node.id);
  }
}

const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

function group(context: string, label: string, count: number | null, icon: string): Row {
  const description = count === null ? '' : String(count);
  return { label, description, icon: new vscode.ThemeIcon(icon), context, state: Expanded };
}

/** By which it is known in `tollgate.jsonc`, where it has a title. */
function nameOf(node: AccessNode): string {
  if (node.kind === 'team') return node.team;
  if (node.kind === 'application') return node.application;
  if (node.kind === 'offer') return node.api;
  return node.kind === 'plan' ? node.plan : '';
}
