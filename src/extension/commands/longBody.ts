import { copyFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { ExchangeId } from '../../shared/exchange.ts';
import type { BodyContent, BodyFile, Side } from '../../shared/protocol.ts';
import type { Parts } from '../parts.ts';
import { deleteCopies, openedFolder } from './openedCopies.ts';

/** The file of a body that is longer than what the gateway hands over at once; null where it handed over all. */
export async function longBodyOf(
  { gateway }: Parts,
  id: ExchangeId,
  side: Side,
  content: BodyContent,
): Promise<BodyFile | null> {
  return content.truncated ? (await gateway.start()).bodyFile(id, side) : null;
}

/** Opens it as a copy for reading only, which the editor reads by pieces. It goes once it is closed and another opened. */
export async function openLongBody({ context }: Parts, file: BodyFile, name: string): Promise<void> {
  const folder = openedFolder(context);
  await deleteCopies(context, false);
  await vscode.workspace.fs.createDirectory(folder);
  const copy = vscode.Uri.joinPath(folder, name);
  await withProgress(async () => {
    await vscode.workspace.fs.delete(copy).then(undefined, () => undefined);
    await copyFile(file.path, copy.fsPath);
  });
  await vscode.commands.executeCommand('vscode.open', copy, { preview: true });
  await vscode.commands.executeCommand('workbench.action.files.setActiveEditorReadonlyInSession');
}

/** Copies it to where somebody wants it. */
export async function saveLongBody(file: BodyFile, target: vscode.Uri): Promise<void> {
  const source = vscode.Uri.file(file.path);
  await withProgress(() =>
    target.scheme === 'file'
      ? copyFile(file.path, target.fsPath)
      : vscode.workspace.fs.copy(source, target, { overwrite: true }),
  );
}

async function withProgress(work: () => PromiseLike<unknown>): Promise<void> {
  const title = vscode.l10n.t('Copying the body…');
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, work);
}
