import * as vscode from 'vscode';
import type { Parts } from '../parts.ts';

/** Narrows the view of teams and access while one types; Escape puts back what was. */
export async function filterAccess({ accessFilter }: Parts): Promise<void> {
  const before = accessFilter.text;
  await vscode.commands.executeCommand('tollgate.access.focus');
  const input = vscode.window.createInputBox();
  input.title = vscode.l10n.t('Filter Teams and Access');
  input.placeholder = vscode.l10n.t('Team, application, API, plan, key or state');
  input.value = before;
  let kept = false;
  input.onDidChangeValue((value) => {
    accessFilter.text = value.trim();
  });
  input.onDidAccept(() => {
    kept = true;
    input.hide();
  });
  input.onDidHide(() => {
    if (!kept) accessFilter.text = before;
    input.dispose();
  });
  input.show();
}

/** Shows all of the view again. */
export function clearAccessFilter({ accessFilter }: Parts): void {
  accessFilter.text = '';
}
