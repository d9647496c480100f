import * as vscode from 'vscode';
import { accessNodeId, type AccessNode } from './accessNodes.ts';

/** What a row of the access view says and can do. */
export interface Row {
  readonly label: string;
  readonly description: string;
  readonly icon: vscode.ThemeIcon;
  /** What menus go by. */
  readonly context: string;
  readonly state: vscode.TreeItemCollapsibleState;
  readonly tooltip?: readonly string[];
  /** For screen readers, where the description is a picture. */
  readonly spoken?: string;
  /** Whether a click shows its details: where there is nothing to unfold. */
  readonly opens?: boolean;
}

/** An icon in a colour of the theme. */
export function themed(icon: string, color: string): vscode.ThemeIcon {
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
}

/** A row as the editor shows it. */
export function rowItem(node: AccessNode, row: Row): vscode.TreeItem {
  const made = new vscode.TreeItem(row.label, row.state);
  const { label, description, spoken = description } = row;
  made.id = `access/${accessNodeId(node)}`;
  made.description = description;
  made.iconPath = row.icon;
  made.contextValue = row.context;
  const tooltip = row.tooltip?.filter((line) => line !== '') ?? [];
  if (tooltip.length > 0) made.tooltip = tooltip.join('\n');
  made.accessibilityInformation = { label: spoken === '' ? label : `${label}, ${spoken}` };
  if (row.opens === true)
    made.command = { title: vscode.l10n.t('Show Details'), command: 'tollgate.showDetails', arguments: [node] };
  return made;
}
