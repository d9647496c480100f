import * as vscode from 'vscode';
import type * as expertise from '../expertise.ts';
import type { Parts } from '../parts.ts';
import { needHome, readText, saveText } from './catalogueCommands.ts';

/**
 * Changes what is declared at a path, as `apis` `openai`, in `tollgate.jsonc` or the file that it includes: in the editor,
 * so that it can be undone, and saved. @returns whether anything changed.
 */
export async function editCatalogue(
  parts: Parts,
  path: readonly string[],
  change: (text: string, how: typeof expertise) => string,
): Promise<boolean> {
  const { catalogue } = needHome(parts);
  const how = await import('../expertise.ts');
  const beside = (file: string): vscode.Uri => vscode.Uri.joinPath(catalogue, '..', file);
  const found = await how.declaringFile((await readText(catalogue)) ?? '', path, (file) => readText(beside(file)));
  const file = found === '' ? catalogue : beside(decodeURIComponent(found));
  const before = await readText(file);
  const after = change(before ?? '', how);
  if (after === (before ?? '')) return false;
  await saveText(file, before, after);
  return true;
}
