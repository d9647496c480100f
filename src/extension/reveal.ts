import * as vscode from 'vscode';
import { ChannelError } from '../shared/channel.ts';
import type { CallSite } from '../shared/callSite.ts';
import type { CallSites } from './editor/callSites.ts';

/** Opens the editor at the line that made the call, wherever edits have moved it. */
export async function revealCallSite(callSites: CallSites, site: CallSite | null): Promise<void> {
  if (site === null)
    throw new ChannelError(
      'no_call_site',
      vscode.l10n.t(
        'It is not known which line made this call. Programs started in a terminal of this window tell their lines.',
      ),
    );
  const document = await openSource(site);
  const line = Math.min(callSites.locate(site).line, document.lineCount - 1);
  const character = document.lineAt(line).firstNonWhitespaceCharacterIndex;
  const position = new vscode.Position(line, character);
  const editor = await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position) });
  editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

async function openSource({ file }: CallSite): Promise<vscode.TextDocument> {
  try {
    return await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  } catch (cause) {
    throw new ChannelError('no_source', vscode.l10n.t('{0} cannot be opened. Was it moved or deleted?', file), {
      cause,
    });
  }
}
