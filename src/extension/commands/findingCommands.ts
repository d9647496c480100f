import * as vscode from 'vscode';
import { ChannelError } from '../../shared/channel.ts';
import type { Finding } from '../../shared/finding.ts';
import { findingMessage, findingTitle, placeLabel } from '../findings.ts';
import { causePageUri } from '../editor/causePage.ts';
import type { Parts } from '../parts.ts';
import { revealCallSite } from '../reveal.ts';

/** Opens the line of a finding; where that is not known, its exchange in the log. */
export async function revealFinding(parts: Parts, finding: Finding): Promise<void> {
  if (finding.callSite === null) parts.panel.show({ id: finding.exchangeId });
  else await revealCallSite(parts.callSites, finding.callSite);
}

/** Goes to the finding after (or before) the cursor, in the order of files and lines, around the end. */
export async function stepFinding(parts: Parts, direction: 1 | -1): Promise<void> {
  const placed = parts.traffic.findings
    .flatMap((finding) => {
      if (finding.callSite === null) return [];
      const { line } = parts.callSites.locate(finding.callSite);
      return [{ finding, file: finding.callSite.file, line }];
    })
    .sort((a, b) => compare(a, b) * direction);
  const editor = vscode.window.activeTextEditor;
  const here = editor === undefined ? null : { file: editor.document.uri.fsPath, line: editor.selection.active.line };
  const next = (here === null ? undefined : placed.find((one) => compare(one, here) * direction > 0)) ?? placed[0];
  if (next === undefined)
    throw new ChannelError('no_finding', vscode.l10n.t('There is no open finding with a known line.'));
  await revealFinding(parts, next.finding);
}

/** Takes a finding out of the editor until its line is refused again. */
export async function clearFinding(parts: Parts, key: string | null): Promise<void> {
  const finding = await pickFinding(parts, key, vscode.l10n.t('Which finding is to be cleared?'));
  if (finding !== null) parts.traffic.dismiss(finding.key);
}

/** Opens the page about a finding's cause. */
export async function explainFinding(parts: Parts, key: string | null): Promise<void> {
  const finding = await pickFinding(parts, key, vscode.l10n.t('Which finding is to be explained?'));
  if (finding === null) return;
  await vscode.commands.executeCommand('vscode.open', causePageUri(finding.diagnosis.cause));
}

/** The finding named by its key or, without one, picked; null where the person changed his mind. */
export async function pickFinding(
  { traffic }: Parts,
  key: string | null,
  placeHolder: string,
): Promise<Finding | null> {
  if (key !== null) {
    const finding = traffic.finding(key);
    if (finding === undefined)
      throw new ChannelError('no_finding', vscode.l10n.t('This finding is gone: its line was answered since.'));
    return finding;
  }
  const [only] = traffic.findings;
  if (only === undefined) throw new ChannelError('no_finding', vscode.l10n.t('There is no open finding.'));
  if (traffic.findings.length === 1) return only;
  const picked = await vscode.window.showQuickPick(
    traffic.findings.map((finding) => ({
      label: findingTitle(finding, Date.now()),
      description: finding.callSite === null ? finding.path : placeLabel(finding.callSite),
      detail: findingMessage(finding),
      finding,
    })),
    { placeHolder, matchOnDescription: true, matchOnDetail: true },
  );
  return picked?.finding ?? null;
}

function compare(
  a: { readonly file: string; readonly line: number },
  b: { readonly file: string; readonly line: number },
): number {
  return a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1;
}
