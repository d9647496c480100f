import * as vscode from 'vscode';

/** Where the editor's own copies of long bodies lie. */
export function openedFolder(context: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'opened');
}

/** Deletes the copies that no tab shows; with `all`, those in tabs too. */
export async function deleteCopies(context: vscode.ExtensionContext, all: boolean): Promise<void> {
  const folder = openedFolder(context);
  const shown = new Set(
    vscode.window.tabGroups.all
      .flatMap(({ tabs }) => tabs)
      .map(({ input }) => (input instanceof vscode.TabInputText ? input.uri.toString() : '')),
  );
  const copies = await vscode.workspace.fs.readDirectory(folder).then(
    (entries) => entries.map(([name]) => vscode.Uri.joinPath(folder, name)),
    () => [],
  );
  for (const copy of copies) {
    if (!all && shown.has(copy.toString())) continue;
    // What cannot be deleted now is deleted next time.
    await vscode.workspace.fs.delete(copy).then(undefined, () => undefined);
  }
}
