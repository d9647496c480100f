import * as vscode from 'vscode';
import type { Parts } from '../parts.ts';
import { pickApi } from './pickApi.ts';

/** Asks whether an API's credential may go where the configuration leads it since it changed, and lets it. */
export async function allowDestination(parts: Parts, name: string | null): Promise<void> {
  const api = await pickApi(parts, {
    name,
    placeHolder: vscode.l10n.t('Whose credential may go to a new address?'),
    among: ({ credential }) => credential.kind === 'held',
    none: vscode.l10n.t('No credential is held back.'),
  });
  if (api?.credential.kind !== 'held') return;
  const { destination } = api.credential;
  const allow = vscode.l10n.t('Allow');
  const pressed = await vscode.window.showWarningMessage(
    vscode.l10n.t('May the credential of {0} be sent to {1}?', api.title, destination),
    {
      modal: true,
      detail: vscode.l10n.t(
        'tollgate.jsonc has named this address since the credential was stored. Whoever runs the server there can read it.',
      ),
    },
    allow,
  );
  if (pressed === allow) await (await parts.gateway.start()).allowDestination(api.name);
}
