import * as vscode from 'vscode';
import { ChannelError } from '../../shared/channel.ts';
import type { ApiStatus } from '../../shared/protocol.ts';
import type { RefreshOutcome, Secret } from '../../shared/secret.ts';
import { ahead } from '../localise.ts';
import type { Parts } from '../parts.ts';
import { pickApi } from './pickApi.ts';

/** Refreshes an API's token, with progress and a clear outcome. @returns whether there is a fresh token. */
export async function refreshCredential(parts: Parts, name: string | null): Promise<boolean> {
  const api = await pickApi(parts, {
    name,
    placeHolder: vscode.l10n.t('Whose token is to be refreshed?'),
    among: ({ credentialType }) => credentialType === 'oauth2' || credentialType === 'command',
    none: vscode.l10n.t(
      'No API in tollgate.jsonc has a token that can be refreshed. Declare a credential of type "oauth2" or "command".',
    ),
  });
  if (api === null) return false;
  const outcome = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Refreshing the token of {0}…', api.title) },
    async () => (await parts.gateway.start()).refreshCredential(api.name),
  );
  void tell(parts, api, outcome);
  return outcome.kind === 'refreshed';
}

/** Asks for the secret of an API's credential and keeps it in VS Code's secret storage. */
export async function setCredential(parts: Parts, name: string | null): Promise<void> {
  const api = await pickApi(parts, {
    name,
    placeHolder: vscode.l10n.t('Whose credential is to be set?'),
    among: ({ credentialType }) => credentialType === 'key' || credentialType === 'oauth2',
    none: vscode.l10n.t('No API in tollgate.jsonc takes a credential that is kept here.'),
  });
  if (api === null) return;
  const { credentialName } = api;
  if (credentialName === null || api.credentialType === null)
    throw new ChannelError('no_credential', vscode.l10n.t('{0} takes no credential. Declare one first.', api.title));
  if (api.credentialType === 'command')
    throw new ChannelError(
      'not_kept',
      vscode.l10n.t('{0} gets its token from a command. There is nothing to set; refresh it instead.', api.title),
    );
  const secret = api.credentialType === 'key' ? await askForKey(api) : await askForOauth(api);
  if (secret === null) return;
  await parts.secrets.save(credentialName, secret);
  await (await parts.gateway.start()).setSecret(credentialName, secret);
  void vscode.window.showInformationMessage(
    vscode.l10n.t('The credential of {0} is set. Tollgate puts it into calls that carry its own key.', api.title),
  );
}

/** Asks whether to, and deletes the secret of an API's credential. */
export async function forgetCredential(parts: Parts, name: string | null): Promise<void> {
  const api = await pickApi(parts, {
    name,
    placeHolder: vscode.l10n.t('Whose credential is to be forgotten?'),
    among: ({ credentialName, credential }) => credentialName !== null && credential.kind !== 'missing',
    none: vscode.l10n.t('No credential is stored.'),
  });
  if (api?.credentialName == null) return;
  const forget = vscode.l10n.t('Forget Credential');
  const pressed = await vscode.window.showWarningMessage(
    vscode.l10n.t('Delete the stored credential of {0}?', api.title),
    { modal: true, detail: vscode.l10n.t('It is deleted here only; the vendor still knows it.') },
    forget,
  );
  if (pressed !== forget) return;
  await parts.secrets.forget(api.credentialName);
  await (await parts.gateway.start()).setSecret(api.credentialName, null);
}

async function tell(parts: Parts, api: ApiStatus, outcome: RefreshOutcome): Promise<void> {
  switch (outcome.kind) {
    case 'refreshed': {
      const until =
        outcome.expiresAt === null ? '' : ` ${vscode.l10n.t('It ends {0}.', ahead(outcome.expiresAt - Date.now()))}`;
      await vscode.window.showInformationMessage(vscode.l10n.t('{0} has a fresh token.', api.title) + until);
      return;
    }
    case 'notRefreshable':
      await vscode.window.showWarningMessage(`${api.title}: ${outcome.message}`);
      return;
    case 'failed': {
      const again = vscode.l10n.t('Try Again');
      const pressed = await vscode.window.showErrorMessage(`${api.title}: ${outcome.message}`, again);
      if (pressed === again) await refreshCredential(parts, api.name);
      return;
    }
    case 'signInAgain': {
      const set = vscode.l10n.t('Set Credential…');
      const message = vscode.l10n.t('{0}: sign in again. {1}', api.title, outcome.message);
      if ((await vscode.window.showErrorMessage(message, set)) === set) await setCredential(parts, api.name);
    }
  }
}

async function askForKey(api: ApiStatus): Promise<Secret | null> {
  const value = await askForSecret(
    vscode.l10n.t('API key of {0}', api.title),
    vscode.l10n.t('Kept in VS Code’s secret storage, never in a file.'),
    true,
  );
  return value === undefined ? null : { type: 'key', value };
}

async function askForOauth(api: ApiStatus): Promise<Secret | null> {
  const title = vscode.l10n.t('OAuth 2.0 of {0}', api.title);
  const refreshToken = await askForSecret(title, vscode.l10n.t('Refresh token; empty for client credentials.'), false);
  if (refreshToken === undefined) return null;
  const clientSecret = await askForSecret(
    title,
    vscode.l10n.t('Client secret; empty for a public client.'),
    refreshToken === '',
  );
  if (clientSecret === undefined) return null;
  return {
    type: 'oauth2',
    ...(refreshToken === '' ? {} : { refreshToken }),
    ...(clientSecret === '' ? {} : { clientSecret }),
  };
}

/** Asks for a secret, which is not shown; undefined where the person changed his mind. */
export async function askForSecret(title: string, prompt: string, needed: boolean): Promise<string | undefined> {
  const value = await vscode.window.showInputBox({
    title,
    prompt,
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => {
      if (needed && text.trim() === '') return vscode.l10n.t('It must not be empty.');
      return /[\r\n]/.test(text.trim()) ? vscode.l10n.t('It must be a single line.') : undefined;
    },
  });
  return value?.trim();
}
