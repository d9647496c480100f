import { realpathSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { CallSite } from '../shared/callSite.ts';

/**
 * A row, or whatever else has a call site, with its file as the editor names it. Node reports files by their real paths
 * and Windows drives in capitals; the editor knows a folder by the path it was opened with, and drives in small letters.
 */
export function withEditorPath<Row extends { readonly callSite: CallSite | null }>(row: Row): Row {
  if (row.callSite === null) return row;
  const file = editorPath(row.callSite.file);
  return file === row.callSite.file ? row : { ...row, callSite: { ...row.callSite, file } };
}

function editorPath(file: string): string {
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    const real = realPath(uri.fsPath);
    if (real !== uri.fsPath && file.startsWith(real + path.sep)) return uri.fsPath + file.slice(real.length);
  }
  return vscode.Uri.file(file).fsPath;
}

const known = new Map<string, string>();

function realPath(folder: string): string {
  const cached = known.get(folder);
  if (cached !== undefined) return cached;
  let real = folder;
  try {
    real = realpathSync.native(folder);
  } catch {
    // A folder that is gone has no files to show.
  }
  known.set(folder, real);
  return real;
}
