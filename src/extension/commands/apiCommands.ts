import * as vscode from 'vscode';
import type { Parts } from '../parts.ts';
import { pickApi } from './pickApi.ts';

/** Lets calls of an API pass again, or refuses them. */
export async function setRunning(parts: Parts, name: string | null, running: boolean): Promise<void> {
  const api = await pickApi(parts, {
    name,
    placeHolder: running ? vscode.l10n.t('Which API is to be started?') : vscode.l10n.t('Which API is to be stopped?'),
    among: (one) => one.running !== running,
    none: running ? vscode.l10n.t('All APIs are running.') : vscode.l10n.t('No API is running.'),
  });
  if (api !== null) await (await parts.gateway.start()).setRunning(api.name, running);
}

/** Puts the gateway's URL of an API on the clipboard. */
export async function copyUrl(parts: Parts, name: string | null): Promise<void> {
  const api = await pickApi(parts, {
    name,
    placeHolder: vscode.l10n.t('Whose URL is to be copied?'),
    among: () => true,
    none: vscode.l10n.t('tollgate.jsonc declares no API yet. Add one first.'),
  });
  if (api === null) return;
  await vscode.env.clipboard.writeText(api.url);
  void vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Copied {0}', api.url), 4000);
}

/** Opens the log with the calls of one API. */
export async function showCalls(parts: Parts, name: string | null): Promise<void> {
  const api = await pickApi(parts, {
    name,
    placeHolder: vscode.l10n.t('Whose calls are to be shown?'),
    among: () => true,
    none: vscode.l10n.t('tollgate.jsonc declares no API yet. Add one first.'),
  });
  if (api !== null) parts.panel.show({ filter: `api:${api.name}` });
}
