import path from 'node:path';
import * as vscode from 'vscode';
import type { Shell } from '../../shared/proxySettings.ts';
import type { Parts } from '../parts.ts';

/** Puts commands on the clipboard that have `tollgate` in a shell speak with this window's gateway, as its owner. */
export async function copyControlSettings({ gateway, secrets }: Parts): Promise<void> {
  await gateway.start();
  if (gateway.state.kind !== 'running') return;
  const shells: readonly (vscode.QuickPickItem & { readonly shell: Shell })[] = [
    { label: vscode.l10n.t('bash, zsh'), shell: 'bash' },
    { label: vscode.l10n.t('fish'), shell: 'fish' },
    { label: vscode.l10n.t('PowerShell'), shell: 'powershell' },
    { label: vscode.l10n.t('cmd'), shell: 'cmd' },
  ];
  const chosen = await vscode.window.showQuickPick(shells, {
    title: vscode.l10n.t('Have "tollgate" speak with this window’s gateway'),
    placeHolder: vscode.l10n.t('For which shell are they?'),
  });
  if (chosen === undefined) return;
  const { shellCommands } = await import('../expertise.ts');
  const variables = {
    TOLLGATE_DATA: path.dirname(gateway.state.ready.stateFile),
    TOLLGATE_TOKEN: await secrets.token(),
  };
  await vscode.env.clipboard.writeText(shellCommands(chosen.shell, variables));
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Copied. Paste it into a terminal: "tollgate" there sees and changes what this window does. Whoever else has the token can do so, too.',
    ),
  );
}
