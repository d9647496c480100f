import * as vscode from 'vscode';
import { causeTitle } from '../../shared/causePages.ts';
import { findingSeverity, type Finding } from '../../shared/finding.ts';
import { findingMessage, placeLabel } from '../findings.ts';
import { ago, localise } from '../localise.ts';
import type { Parts } from '../parts.ts';

/** A node of the findings view. Commands get it as their argument. */
export interface FindingNode {
  readonly kind: 'finding';
  readonly key: string;
}

/** Milliseconds between refreshes of the ages. */
const agePeriod = 60_000;

/** The open findings, newest first, with their number as the badge of the activity bar. */
export function registerFindingTree({ traffic, callSites }: Parts): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const view = vscode.window.createTreeView<FindingNode>('tollgate.findings', {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      getChildren: (node) => (node === undefined ? traffic.findings.map(({ key }) => ({ kind: 'finding', key })) : []),
      getTreeItem: ({ key }) => {
        const finding = traffic.finding(key);
        if (finding === undefined) return new vscode.TreeItem('');
        const api = finding.api === null ? undefined : traffic.api(finding.api);
        const line = finding.callSite === null ? null : callSites.locate(finding.callSite).line + 1;
        return toItem(finding, api?.title ?? finding.host, line);
      },
    },
  });
  const refresh = (): void => {
    const { length } = traffic.findings;
    view.badge =
      length === 0
        ? undefined
        : {
            value: length,
            tooltip: length === 1 ? vscode.l10n.t('1 open finding') : vscode.l10n.t('{0} open findings', length),
          };
    changed.fire();
  };
  const aging = setInterval(() => {
    if (view.visible) changed.fire();
  }, agePeriod);
  refresh();
  return vscode.Disposable.from(
    view,
    changed,
    { dispose: () => clearInterval(aging) },
    traffic.onDidChangeFindings(refresh),
    callSites.onDidMove(() => changed.fire()),
  );
}

function toItem(finding: Finding, vendor: string, line: number | null): vscode.TreeItem {
  const title = localise(causeTitle(finding.diagnosis.cause));
  const item = new vscode.TreeItem(title);
  const place =
    finding.callSite === null || line === null
      ? `${finding.method} ${finding.path.split('?', 1)[0] ?? ''}`
      : placeLabel(finding.callSite, line);
  item.id = finding.key;
  item.description = [
    place,
    vendor,
    ...(finding.status === null ? [] : [String(finding.status)]),
    ...(finding.count > 1 ? [`${finding.count}×`] : []),
    ago(Date.now() - finding.lastAt),
  ].join(' · ');
  item.iconPath =
    findingSeverity(finding.diagnosis) === 'error'
      ? new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'))
      : new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  item.tooltip = findingMessage(finding);
  item.contextValue = 'finding';
  item.command = {
    title: vscode.l10n.t('Go to Line'),
    command: 'tollgate.revealFinding',
    arguments: [finding.key],
  };
  item.accessibilityInformation = { label: `${title}, ${item.description}. ${item.tooltip}` };
  return item;
}
