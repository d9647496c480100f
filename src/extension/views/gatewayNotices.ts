import * as vscode from 'vscode';
import type { Parts } from '../parts.ts';

/** Milliseconds within which further restarts go without saying. */
const quiet = 60_000;

/** Says once that the gateway was restarted after a crash, and when it cannot run at all. */
export function registerGatewayNotices({ gateway }: Parts): vscode.Disposable {
  let saidAt = -Infinity;
  return vscode.Disposable.from(
    gateway.onDidCrash(() => {
      if (Date.now() - saidAt < quiet) return;
      saidAt = Date.now();
      void offer(
        vscode.window.showWarningMessage,
        vscode.l10n.t('Tollgate’s gateway ended unexpectedly and was restarted. What was stored is kept.'),
        [[vscode.l10n.t('Show Output'), 'tollgate.showOutput']],
      );
    }),
    gateway.onDidChangeState((state) => {
      if (state.kind !== 'failed') return;
      void offer(vscode.window.showErrorMessage, vscode.l10n.t('Tollgate’s gateway cannot run. {0}', state.message), [
        [vscode.l10n.t('Restart'), 'tollgate.restartGateway'],
        [vscode.l10n.t('Show Output'), 'tollgate.showOutput'],
      ]);
    }),
  );
}

async function offer(
  show: (message: string, ...buttons: string[]) => Thenable<string | undefined>,
  message: string,
  buttons: readonly (readonly [label: string, command: string])[],
): Promise<void> {
  const pressed = await show(message, ...buttons.map(([label]) => label));
  const chosen = buttons.find(([label]) => label === pressed);
  if (chosen !== undefined) await vscode.commands.executeCommand(chosen[1]);
}
