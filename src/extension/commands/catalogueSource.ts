import * as vscode from 'vscode';
import type { FixContext } from '../../shared/remedy.ts';
import type { Home } from '../home.ts';
import { readText } from './catalogueCommands.ts';

/** `tollgate.jsonc` as fixes edit it; null where there is none. */
export async function catalogueSource({ catalogue }: Home): Promise<NonNullable<FixContext['catalogue']> | null> {
  const text = await readText(catalogue);
  if (text === null) return null;
  return { file: catalogue.fsPath, label: vscode.workspace.asRelativePath(catalogue), languageId: 'jsonc', text };
}
