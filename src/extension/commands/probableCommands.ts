import * as vscode from 'vscode';
import { ChannelError } from '../../shared/channel.ts';
import type { ExchangeId } from '../../shared/exchange.ts';
import type { Candidate } from '../../search/searchText.ts';
import { localise } from '../localise.ts';
import type { Parts } from '../parts.ts';
import { toCallSite } from '../probable/probableBook.ts';
import { searchForCall } from '../probable/searchForCall.ts';
import { revealCallSite } from '../reveal.ts';

interface Choice extends vscode.QuickPickItem {
  readonly candidate: Candidate | null;
}

/** Lets a person say which line made a call that no hook noted, among those that a search finds, and goes there. */
export async function findCallingLine(parts: Parts, id: ExchangeId | null): Promise<void> {
  const { traffic, gateway, callSites } = parts;
  const finding = traffic.findings.find(({ exchangeId }) => exchangeId === id);
  const row = id === null ? null : await (await gateway.start()).exchange(id);
  if (row === null) throw new ChannelError('not_found', vscode.l10n.t('This call is no longer in the log.'));
  const candidates = await searchForCall(row);
  if (candidates.length === 0)
    throw new ChannelError(
      'no_call_site',
      vscode.l10n.t('No line of this workspace names {0}, its path or its SDK’s method.', row.host),
    );
  if (finding !== undefined) traffic.probable.file(finding.key, candidates);
  const choices: readonly Choice[] = [
    ...candidates.map((candidate) => ({
      label: candidate.code,
      description: `${vscode.workspace.asRelativePath(candidate.file)}:${candidate.line}`,
      detail: candidate.reasons.map(localise).join(', '),
      candidate,
    })),
    ...(finding === undefined ? [] : [{ label: vscode.l10n.t('None of these'), alwaysShow: true, candidate: null }]),
  ];
  const chosen = await vscode.window.showQuickPick(choices, {
    title: vscode.l10n.t('Which line made {0} {1}?', row.method, row.path.split('?', 1)[0] ?? ''),
    placeHolder: vscode.l10n.t('Found by a search of the workspace, likeliest first'),
    matchOnDescription: true,
  });
  if (chosen === undefined) return;
  if (finding !== undefined) traffic.probable.choose(finding.key, chosen.candidate);
  if (chosen.candidate !== null) await revealCallSite(callSites, toCallSite(chosen.candidate));
}
