import * as vscode from 'vscode';
import { warningLabel } from '../../shared/warningText.ts';
import { localise } from '../localise.ts';
import type { Parts } from '../parts.ts';
import { warnedName, warningMessage } from '../warnings.ts';

/** Milliseconds between refreshes of what is told of time. */
const agePeriod = 60_000;

/** The status bar's word about what is about to happen; not there while there is nothing, or all of it is muted. */
export function registerWarningStatus({ traffic }: Pick<Parts, 'traffic'>): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('tollgate.warnings', vscode.StatusBarAlignment.Left, 9);
  item.name = vscode.l10n.t('Tollgate Warnings');
  item.command = 'tollgate.showWarnings';
  const refresh = (): void => {
    const loud = traffic.warnings.warnings.filter(({ muted }) => !muted);
    const [first] = loud;
    if (first === undefined) {
      item.hide();
      return;
    }
    const now = Date.now();
    const only = `${warnedName(traffic, first.api)}: ${localise(warningLabel(first, now))}`;
    item.text = `$(bell) ${loud.length === 1 ? only : vscode.l10n.t('{0} warnings', loud.length)}`;
    const tooltip = new vscode.MarkdownString();
    for (const warning of loud)
      tooltip
        .appendMarkdown('**')
        .appendText(warnedName(traffic, warning.api))
        .appendMarkdown('** ')
        .appendText(warningMessage(warning, now))
        .appendMarkdown('\n\n');
    tooltip.appendMarkdown(vscode.l10n.t('Click to see the line, check the balance or mute it.'));
    item.tooltip = tooltip;
    const spoken = loud.map((warning) => `${warnedName(traffic, warning.api)}: ${warningMessage(warning, now)}`);
    item.accessibilityInformation = { label: spoken.join(' '), role: 'button' };
    item.show();
  };
  const aging = setInterval(refresh, agePeriod);
  refresh();
  return vscode.Disposable.from(
    item,
    { dispose: () => clearInterval(aging) },
    traffic.onDidChangeWarnings(refresh),
    traffic.onDidChangeApis(refresh),
  );
}
