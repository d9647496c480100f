import * as vscode from 'vscode';
import { wantedPort } from '../gatewayOptions.ts';
import type { GatewayState } from '../gatewayProcess.ts';
import type { Parts } from '../parts.ts';

/** Milliseconds within which further restarts go without saying. */
const quiet = 60_000;

/** Says once that the gateway was restarted after a crash, when it had to take another port, and when it cannot run. */
export function registerGatewayNotices({ context, home, gateway, settings }: Parts): vscode.Disposable {
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
      if (state.kind === 'running' && home !== null)
        tellOtherPort(wantedPort(context, home, settings.current.port), state);
      if (state.kind !== 'failed') return;
      void offer(vscode.window.showErrorMessage, vscode.l10n.t('Tollgate’s gateway cannot run. {0}', state.message), [
        [vscode.l10n.t('Restart'), 'tollgate.restartGateway'],
        [vscode.l10n.t('Show Output'), 'tollgate.showOutput'],
      ]);
    }),
  );
}

function tellOtherPort(wanted: number, { ready }: GatewayState & { readonly kind: 'running' }): void {
  if (ready.port === wanted) return;
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Port {0} is taken, so Tollgate’s gateway listens on {1} for now.', wanted, ready.port),
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
