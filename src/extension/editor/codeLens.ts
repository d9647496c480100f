import * as vscode from 'vscode';
import { findingSeverity, type Finding } from '../../shared/finding.ts';
import { offerRemedies } from '../findingRemedies.ts';
import { findingTitle } from '../findings.ts';
import { localise } from '../localise.ts';
import type { Parts } from '../parts.ts';

/** Milliseconds between refreshes of the ages that lenses show. */
const agePeriod = 60_000;

/** Shows above each line with a finding what was answered, how often and when, and the fix that helps best. */
export function registerCodeLens(parts: Parts): vscode.Disposable {
  const { traffic, callSites, settings } = parts;
  const changed = new vscode.EventEmitter<void>();
  const aging = setInterval(() => {
    if (traffic.findings.length > 0) changed.fire();
  }, agePeriod);
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses: async (document) => {
      if (!settings.current.codeLens) return [];
      const here = traffic.findings.filter(({ callSite }) => callSite?.file === document.uri.fsPath);
      return (await Promise.all(here.map((finding) => lensesOf(parts, finding, document)))).flat();
    },
  };
  return vscode.Disposable.from(
    changed,
    { dispose: () => clearInterval(aging) },
    traffic.onDidChangeFindings(() => changed.fire()),
    settings.onDidChange(() => changed.fire()),
    callSites.onDidMove(() => changed.fire()),
    vscode.languages.registerCodeLensProvider({ scheme: 'file' }, provider),
  );
}

async function lensesOf(
  parts: Parts,
  finding: Finding,
  document: vscode.TextDocument,
): Promise<readonly vscode.CodeLens[]> {
  if (finding.callSite === null) return [];
  const line = Math.min(parts.callSites.locate(finding.callSite).line, document.lineCount - 1);
  const range = new vscode.Range(line, 0, line, 0);
  const icon = findingSeverity(finding.diagnosis) === 'error' ? '$(error)' : '$(warning)';
  const summary = new vscode.CodeLens(range, {
    title: `${icon}\u00a0${findingTitle(finding, Date.now())}`,
    tooltip: vscode.l10n.t('Show the call in the log'),
    command: 'tollgate.showExchange',
    arguments: [finding.exchangeId],
  });
  const offered = await offerRemedies(parts, finding, document);
  const best = offered.find(({ id }) => !['troubleshoot', 'showInLog', 'copyReport'].includes(id));
  const steps = new vscode.CodeLens(range, {
    title: `$(checklist)\u00a0${vscode.l10n.t('Troubleshoot…')}`,
    tooltip: vscode.l10n.t('Walk the five steps: funds, subscription, token, usage, contact'),
    command: 'tollgate.troubleshoot',
    arguments: [finding.exchangeId],
  });
  if (best === undefined) return [summary, steps];
  return [
    summary,
    new vscode.CodeLens(range, {
      title: `$(lightbulb)\u00a0${localise(best.title)}`,
      command: 'tollgate.runRemedy',
      arguments: [finding.key, best.id],
    }),
    steps,
  ];
}
