import * as vscode from 'vscode';
import { warningKinds, type Warning, type WarningBoard, type WarningKind } from '../../shared/warning.ts';
import { warningTitle } from '../../shared/warningPages.ts';
import { warningLabel } from '../../shared/warningText.ts';
import { localise } from '../localise.ts';
import { warningMessage } from '../warnings.ts';

/** A node of the explorer that tells of a warning, or that one is muted. Commands get it as their argument. */
export interface WarningNode {
  readonly kind: 'warning';
  /** The API's name. */
  readonly name: string;
  readonly warning: WarningKind;
}

/** What is shown under an API: its warnings, and the kinds that are muted without there being one. */
export function warningNodes({ warnings, mutes }: WarningBoard, api: string): readonly WarningNode[] {
  return warningKinds
    .filter(
      (wanted) =>
        warnings.some((one) => one.api === api && one.kind === wanted) ||
        mutes.some((one) => one.api === api && one.kind === wanted),
    )
    .map((warning) => ({ kind: 'warning', name: api, warning }));
}

/** The row of a warning; where there is none at present, the row says that it would not be told. */
export function warningItem({ name, warning: kind }: WarningNode, warning: Warning | undefined): vscode.TreeItem {
  const now = Date.now();
  const muted = warning?.muted ?? true;
  const item = new vscode.TreeItem(
    warning === undefined ? localise(warningTitle(kind)) : capitalised(localise(warningLabel(warning, now))),
  );
  item.id = `api/${name}/warning/${kind}`;
  item.description = muted ? vscode.l10n.t('muted') : (warning?.model ?? '');
  item.iconPath = muted
    ? new vscode.ThemeIcon('bell-slash', new vscode.ThemeColor('disabledForeground'))
    : new vscode.ThemeIcon('bell-dot', new vscode.ThemeColor('list.warningForeground'));
  item.contextValue = muted ? 'warning.muted' : 'warning.loud';
  item.tooltip = warning === undefined ? vscode.l10n.t('No warning at present.') : warningMessage(warning, now);
  item.accessibilityInformation = { label: `${item.tooltip} ${item.description}` };
  if (warning !== undefined && warning.callSite !== null)
    item.command = {
      title: vscode.l10n.t('Go to Line'),
      command: 'tollgate.revealWarning',
      arguments: [name, kind],
    };
  return item;
}

/** What an API's row says of its warnings. Budgets have words of their own there. */
export function warningTrouble({ warnings }: WarningBoard, api: string): readonly string[] {
  return warnings
    .filter((one) => one.api === api && !one.muted && one.kind !== 'budget_running_out')
    .map((one) => localise(warningLabel(one, Date.now())));
}

/** The number of warnings beside the icon of the activity bar; muted ones do not count. */
export function warningBadge({ warnings }: WarningBoard): vscode.ViewBadge | undefined {
  const { length } = warnings.filter(({ muted }) => !muted);
  if (length === 0) return undefined;
  return {
    value: length,
    tooltip: length === 1 ? vscode.l10n.t('1 warning') : vscode.l10n.t('{0} warnings', length),
  };
}

function capitalised(text: string): string {
  return text.charAt(0).toLocaleUpperCase(vscode.env.language) + text.slice(1);
}
