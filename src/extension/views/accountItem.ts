import * as vscode from 'vscode';
import type { AccountReport } from '../../shared/account.ts';
import type { ApiStatus } from '../../shared/protocol.ts';
import { ago, localise } from '../localise.ts';

const icons = { funded: 'pass', unfunded: 'error', stale: 'history', unknown: 'question' } as const;
const colours = { funded: 'testing.iconPassed', unfunded: 'list.errorForeground' } as const;

/** The row of an API that tells what its account has left; a click asks anew. */
export function accountItem({ name, title }: ApiStatus, report: AccountReport | undefined): vscode.TreeItem {
  const item = new vscode.TreeItem(
    report === undefined ? vscode.l10n.t('Account not checked yet') : localise(report.sentence),
  );
  item.id = `api/${name}/account`;
  item.description = report === undefined ? '' : ago(Date.now() - report.at);
  item.iconPath = iconOf(report);
  item.tooltip = tooltipOf(title, report);
  item.contextValue = 'fact.account';
  item.command = { title: vscode.l10n.t('Verify Account'), command: 'tollgate.verifyAccount', arguments: [name] };
  return item;
}

function iconOf(report: AccountReport | undefined): vscode.ThemeIcon {
  if (report === undefined) return new vscode.ThemeIcon('credit-card');
  const { state } = report;
  return state === 'funded' || state === 'unfunded'
    ? new vscode.ThemeIcon(icons[state], new vscode.ThemeColor(colours[state]))
    : new vscode.ThemeIcon(icons[state]);
}

function tooltipOf(title: string, report: AccountReport | undefined): string {
  if (report === undefined) return vscode.l10n.t('Ask {0} what the account has left.', title);
  return [report.sentence, ...report.checks.map(({ reading }) => reading.sentence)]
    .map((sentence) => localise(sentence))
    .filter((sentence, index, all) => all.indexOf(sentence) === index)
    .join('\n');
}
