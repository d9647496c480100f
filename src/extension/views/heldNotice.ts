import * as vscode from 'vscode';
import type { Parts } from '../parts.ts';

/** Says once for each API and address that its credential is held back, since the configuration leads it somewhere new. */
export function registerHeldNotice({ traffic }: Parts): vscode.Disposable {
  const told = new Set<string>();
  return traffic.onDidChangeApis((apis) => {
    for (const { name, title, credential } of apis) {
      if (credential.kind !== 'held') continue;
      const key = `${name} ${credential.destination}`;
      if (told.has(key)) continue;
      told.add(key);
      const review = vscode.l10n.t('Review…');
      const show = vscode.l10n.t('Open tollgate.jsonc');
      void vscode.window
        .showWarningMessage(
          vscode.l10n.t(
            'tollgate.jsonc now leads {0} to {1}. Its stored credential is held back until you agree.',
            title,
            credential.destination,
          ),
          review,
          show,
        )
        .then((pressed) => {
          if (pressed === review) void vscode.commands.executeCommand('tollgate.allowDestination', name);
          if (pressed === show) void vscode.commands.executeCommand('tollgate.openConfiguration');
        });
    }
  });
}
