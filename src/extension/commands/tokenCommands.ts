import * as vscode from 'vscode';
import type { ApiStatus } from '../../shared/protocol.ts';
import type { Parts } from '../parts.ts';
import { credentialLabel } from '../views/apiLabels.ts';
import { named } from './accessArguments.ts';

type Choice = vscode.QuickPickItem & { readonly run?: () => Promise<unknown> };

/** Issues an access token of our own for an application, or fetches a fresh one of a provider. */
export async function generateToken(parts: Parts, argument: unknown): Promise<void> {
  const name = named(argument, 'application');
  if (name !== null) return issueToken(parts, name);
  const { applications } = parts.traffic.access;
  const refreshable = parts.traffic.apis.filter(isRefreshable);
  const choices: readonly Choice[] = [
    ...heading(vscode.l10n.t('Of Tollgate, for an application'), applications.length > 0),
    ...applications.map((one) => ({
      ...{ label: `$(package) ${one.title}`, description: one.team },
      run: () => issueToken(parts, one.name),
    })),
    ...heading(vscode.l10n.t('Of a provider, for its API'), refreshable.length > 0),
    ...refreshable.map((api) => ({
      ...{ label: `$(globe) ${api.title}`, description: credentialLabel(api) },
      run: () => refresh(api.name),
    })),
    ...heading(vscode.l10n.t('Or'), applications.length === 0),
    ...(applications.length > 0
      ? []
      : [
          {
            label: vscode.l10n.t('$(add) Create an application…'),
            run: async () => vscode.commands.executeCommand('tollgate.createApplication'),
          },
        ]),
  ];
  await choose(choices, vscode.l10n.t('Generate a token'), vscode.l10n.t('Which token?'));
}

/** Says what a key or token is good for: one that is pasted, or the credential of an API. */
export async function validateToken(parts: Parts): Promise<void> {
  const title = vscode.l10n.t('Validate a token');
  const apis = parts.traffic.apis.filter(({ credential }) => credential.kind !== 'none');
  const choices: readonly Choice[] = [
    // It is read only once this is chosen: in a browser that asks the person first.
    { label: vscode.l10n.t('$(clippy) The one on the clipboard'), run: () => validateClipboard(parts, title) },
    { label: vscode.l10n.t('$(edit) A key or token, pasted…'), run: () => askAndValidate(parts, title) },
    ...heading(vscode.l10n.t('The credential of an API, as its provider sees it'), apis.length > 0),
    ...apis.map((api) => ({
      ...{ label: `$(globe) ${api.title}`, description: credentialLabel(api) },
      run: async () => vscode.commands.executeCommand('tollgate.verifyAccount', api.name),
    })),
  ];
  await choose(choices, title, vscode.l10n.t('Which key or token?'));
}

/** An access token of our own, on the clipboard. */
export async function issueToken(parts: Parts, application: string): Promise<void> {
  const { token, expiresAt } = await (await parts.gateway.start()).issueToken({ application });
  await vscode.env.clipboard.writeText(token);
  const message = vscode.l10n.t(
    'A token for {0} is on the clipboard; it ends {1}.',
    application,
    new Date(expiresAt).toLocaleString(),
  );
  const validateIt = vscode.l10n.t('Validate');
  void vscode.window.showInformationMessage(message, validateIt).then(async (pressed) => {
    if (pressed === validateIt) await validate(parts, token);
  });
}

async function validateClipboard(parts: Parts, title: string): Promise<void> {
  const copied = (await vscode.env.clipboard.readText()).trim();
  if (/^[\w.-]{20,16384}$/.test(copied)) return validate(parts, copied);
  const paste = vscode.l10n.t('Paste It…');
  const message = vscode.l10n.t('What is on the clipboard is no key or token.');
  if ((await vscode.window.showWarningMessage(message, paste)) === paste) await askAndValidate(parts, title);
}

async function askAndValidate(parts: Parts, title: string): Promise<void> {
  const presented = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('A key or token of this gateway. It is sent nowhere, and nothing is spent.'),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('Paste it here.') : undefined),
  });
  if (presented !== undefined) await validate(parts, presented.trim());
}

async function validate(parts: Parts, presented: string): Promise<void> {
  const { valid, message, hint, expiresAt } = await (await parts.gateway.start()).validateAccess({ presented });
  const end = expiresAt === null ? '' : vscode.l10n.t('It ends {0}.', new Date(expiresAt).toLocaleString());
  const words = [message, valid ? end : '', hint ?? ''].filter((one) => one !== '').join(' ');
  if (valid) void vscode.window.showInformationMessage(words);
  else void vscode.window.showWarningMessage(words);
}

async function refresh(api: string): Promise<void> {
  await vscode.commands.executeCommand('tollgate.refreshToken', api);
}

async function choose(choices: readonly Choice[], title: string, placeHolder: string): Promise<void> {
  const picked = await vscode.window.showQuickPick(choices, { title, placeHolder, matchOnDescription: true });
  await picked?.run?.();
}

function heading(label: string, any: boolean): readonly Choice[] {
  return any ? [{ label, kind: vscode.QuickPickItemKind.Separator }] : [];
}

function isRefreshable({ credentialType }: ApiStatus): boolean {
  return credentialType === 'oauth2' || credentialType === 'command';
}
