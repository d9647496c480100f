import * as vscode from 'vscode';
import { ChannelError } from '../shared/channel.ts';
import type { Finding } from '../shared/finding.ts';
import type { FixContext, Remedy, RemedyCall } from '../shared/remedy.ts';
import { verifyAccount } from './commands/accountCommands.ts';
import { openCatalogue } from './commands/catalogueCommands.ts';
import { catalogueSource } from './commands/catalogueSource.ts';
import { refreshCredential, setCredential } from './commands/credentialCommands.ts';
import { copyReport, replay, showExchange } from './commands/logCommands.ts';
import { showEdited, toWorkspaceEdit, type EditRemedy } from './editor/remedyEdit.ts';
import { workspaceFiles } from './editor/workspaceFiles.ts';
import { troubleshootRefusal } from './commands/troubleshootCommands.ts';
import type { Parts } from './parts.ts';

/** What helps against a finding, best first. `document` is the one with the call site, where it is at hand. */
export async function offerRemedies(
  { home, traffic, callSites }: Pick<Parts, 'home' | 'traffic' | 'callSites'>,
  finding: Finding,
  document: vscode.TextDocument | null,
): Promise<readonly Remedy[]> {
  const { findElsewhere, languageOf, providerById, providerForHost, remedies } = await import('./expertise.ts');
  const api = finding.api === null ? undefined : traffic.api(finding.api);
  const context: FixContext = {
    finding,
    provider: finding.provider === null ? providerForHost(finding.host) : providerById(finding.provider),
    document:
      // What is only probably the line is not to be edited.
      document === null || finding.callSite === null || finding.callSite.certainty === 'search'
        ? null
        : {
            text: document.getText(),
            languageId: languageOf(document.fileName, document.languageId),
            line: Math.min(callSites.locate(finding.callSite).line, document.lineCount - 1),
          },
    apiUrl: api?.url ?? null,
    credential: api?.credential ?? null,
    account: traffic.accountFor(finding),
    catalogue: home === null || api === undefined ? null : await catalogueSource(home, api.name),
  };
  const elsewhere = await findElsewhere(context, document?.fileName ?? null, workspaceFiles(languageOf));
  return remedies({ ...context, elsewhere });
}

/** The document that made the call, or null where it is not known or cannot be read. */
export async function sourceOf({ callSite }: Finding): Promise<vscode.TextDocument | null> {
  if (callSite === null) return null;
  try {
    return await vscode.workspace.openTextDocument(vscode.Uri.file(callSite.file));
  } catch {
    return null;
  }
}

/** Does what a remedy says. */
export async function runRemedy(parts: Parts, finding: Finding, id: string): Promise<void> {
  const document = await sourceOf(finding);
  const offered = await offerRemedies(parts, finding, document);
  const remedy = offered.find((one) => one.id === id);
  if (remedy === undefined)
    throw new ChannelError('no_remedy', vscode.l10n.t('This fix no longer applies: the code or the call has changed.'));
  switch (remedy.kind) {
    case 'edit':
      await applyEdits(document, remedy);
      return;
    case 'open':
      await vscode.env.openExternal(vscode.Uri.parse(remedy.url, true));
      return;
    case 'call':
      await makeCall(parts, finding, remedy.call);
      return;
    case 'run':
      await vscode.commands.executeCommand(remedy.command, ...remedy.args);
  }
}

async function applyEdits(document: vscode.TextDocument | null, remedy: EditRemedy): Promise<void> {
  await vscode.workspace.applyEdit(toWorkspaceEdit(document, remedy));
  const show = showEdited(remedy);
  if (show !== undefined) await vscode.commands.executeCommand(show.command, ...((show.arguments ?? []) as unknown[]));
  else if (document !== null) await vscode.window.showTextDocument(document);
}

async function makeCall(parts: Parts, finding: Finding, call: RemedyCall): Promise<void> {
  switch (call) {
    case 'replay':
      return replay(parts, finding.exchangeId);
    case 'verifyAccount':
      return verifyAccount(parts, finding.api, finding);
    case 'refreshAndReplay':
      if (await refreshCredential(parts, finding.api)) await replay(parts, finding.exchangeId);
      return;
    case 'setCredential':
      return setCredential(parts, finding.api);
    case 'troubleshoot':
      return troubleshootRefusal(parts, finding.exchangeId);
    case 'showInLog':
      showExchange(parts, finding.exchangeId);
      return;
    case 'copyReport':
      return copyReport(parts, finding.exchangeId);
    case 'startApi':
      if (finding.api !== null) await (await parts.gateway.start()).setRunning(finding.api, true);
      return;
    case 'openCatalogue':
      return openCatalogue(parts);
  }
}
