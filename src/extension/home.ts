import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { catalogueFileName } from '../shared/catalogueName.ts';

/** The one folder of the window that Tollgate serves, and where its things are kept. */
export interface Home {
  readonly folder: vscode.WorkspaceFolder;
  readonly catalogue: vscode.Uri;
  /** Folder of the store; VS Code's own for this workspace. */
  readonly storage: vscode.Uri;
  /** Short and stable for the workspace; keeps secrets of different workspaces apart. */
  readonly id: string;
}

/**
 * The first folder that has a `tollgate.jsonc`, else the first folder; null where no folder is open. VS Code starts
 * extensions anew when the first folder changes, so this holds for as long as they run.
 */
export function findHome(context: vscode.ExtensionContext): Home | null {
  const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
  const [first] = folders;
  if (first === undefined || context.storageUri === undefined) return null;
  // Synchronously: VS Code answers questions about files only after all that starts with a window.
  const declared = (candidate: vscode.WorkspaceFolder): boolean =>
    existsSync(path.join(candidate.uri.fsPath, catalogueFileName));
  const folder = folders.length === 1 ? first : (folders.find(declared) ?? first);
  return {
    folder,
    catalogue: vscode.Uri.joinPath(folder.uri, catalogueFileName),
    storage: context.storageUri,
    id: createHash('sha256').update(context.storageUri.toString()).digest('hex').slice(0, 12),
  };
}

/** Whether there is a file or folder at that place. */
export async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

/** Watches `tollgate.jsonc` come and go. */
export function watchCatalogue({ folder }: Home): vscode.FileSystemWatcher {
  return vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, catalogueFileName), false, true);
}
