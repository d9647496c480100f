import * as vscode from 'vscode';
import type { Parts } from './parts.ts';

const askedKey = 'tollgate.intercept.asked';

/**
 * Asks once, when a terminal is there for the first time while the gateway runs, whether calls over TLS may be read, which
 * takes a certificate authority on this machine.
 */
export function registerInterceptConsent(parts: Parts): vscode.Disposable {
  const { context, gateway, settings } = parts;
  let asking = false;
  const consider = (): void => {
    const isDue = gateway.state.kind === 'running' && settings.current.gateway.intercept.mode === 'ask';
    const isThere = vscode.window.terminals.length > 0 && vscode.workspace.isTrusted;
    if (asking || !isDue || !isThere || context.globalState.get<boolean>(askedKey) === true) return;
    asking = true;
    void askForConsent(parts, false);
  };
  return vscode.Disposable.from(vscode.window.onDidOpenTerminal(consider), gateway.onDidChangeState(consider));
}

/** Asks; with `modal` in the way of all else, as where somebody has just wished for it. Resolves with whether it was allowed. */
export async function askForConsent({ context, output }: Parts, modal: boolean): Promise<boolean> {
  const allow = vscode.l10n.t('Allow');
  const question = vscode.l10n.t('May Tollgate read the calls that your programs make to paid APIs over TLS?');
  const detail = vscode.l10n.t(
    'It makes a certificate authority on this machine for that, limited to the hosts of known vendors and of tollgate.jsonc. Only programs started from this editor are told of it; the system does not trust it.',
  );
  const answer = modal
    ? await vscode.window.showInformationMessage(question, { modal: true, detail }, allow)
    : await vscode.window.showInformationMessage(`${question} ${detail}`, allow, vscode.l10n.t('No'));
  await context.globalState.update(askedKey, true);
  if (answer !== allow) return false;
  await vscode.workspace.getConfiguration('tollgate').update('intercept.mode', 'on', vscode.ConfigurationTarget.Global);
  output.info('Calls over TLS are read from now on (tollgate.intercept.mode).');
  return true;
}
