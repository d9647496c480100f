import * as vscode from 'vscode';
import type { FixContext } from '../../shared/remedy.ts';
import type { Home } from '../home.ts';
import { declaringSource } from './editCatalogue.ts';

/** The file of the catalogue that declares an API, as fixes edit it; null where there is none. */
export async function catalogueSource(
  { catalogue }: Home,
  api: string,
): Promise<NonNullable<FixContext['catalogue']> | null> {
  const { file, text, others } = await declaringSource(catalogue, ['apis', api]);
  if (text === null) return null;
  return { file: file.fsPath, label: vscode.workspace.asRelativePath(file), languageId: 'jsonc', text, others };
}
