import * as vscode from 'vscode';
import type { AccessKey, IssuedKey } from '../../shared/access.ts';
import type { Parts } from '../parts.ts';
import { daysOf, named, pickApplication, tell } from './accessArguments.ts';

/** Makes a key for an application and shows it, once. */
export async function issueKey(parts: Parts, argument: unknown): Promise<void> {
  const application = await pickApplication(
    parts,
    named(argument, 'application'),
    vscode.l10n.t('Which application gets a key?'),
  );
  if (application === null) return;
  const title = vscode.l10n.t('A key for {0}', application.title);
  const name = await vscode.window.showInputBox({
    title: `${title} (1/2)`,
    prompt: vscode.l10n.t('Its name, by which you find it again'),
    value: 'default',
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('A name is needed.') : undefined),
  });
  if (name === undefined) return;
  const lifetime = await askDays(`${title} (2/2)`);
  if (lifetime === undefined) return;
  const issued = await (
    await parts.gateway.start()
  ).issueKey({
    application: application.name,
    name: name.trim(),
    ...(lifetime === null ? {} : { expiresAt: Date.now() + lifetime }),
  });
  await showOnce(parts, issued);
}

/** Makes a key in place of another, which still opens as long as the person says, and shows it, once. */
export async function rotateKey(parts: Parts, argument: unknown): Promise<void> {
  const key = await pickKey(parts, argument, vscode.l10n.t('Which key is to be rotated?'));
  if (key === null) return;
  const hour = 3_600_000;
  const overlap = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t('A day'), overlapMs: 24 * hour },
      { label: vscode.l10n.t('An hour'), overlapMs: hour },
      { label: vscode.l10n.t('A week'), overlapMs: 7 * 24 * hour },
      { label: vscode.l10n.t('Not at all'), overlapMs: 0 },
    ],
    {
      title: vscode.l10n.t('Rotate the key "{0}" of {1}', key.name, key.application),
      placeHolder: vscode.l10n.t('How long does the old key still open?'),
    },
  );
  if (overlap === undefined) return;
  const { overlapMs } = overlap;
  await showOnce(parts, await (await parts.gateway.start()).rotateKey({ id: key.id, overlapMs }));
}

/** Ends a key at once. */
export async function revokeKey(parts: Parts, argument: unknown): Promise<void> {
  const key = await pickKey(parts, argument, vscode.l10n.t('Which key is to be revoked?'));
  if (key === null) return;
  const revoke = vscode.l10n.t('Revoke');
  const message = vscode.l10n.t(
    'Revoke the key "{0}" ({1})? Programs that use it are refused at once.',
    key.name,
    key.hint,
  );
  if ((await vscode.window.showWarningMessage(message, { modal: true }, revoke)) !== revoke) return;
  await (await parts.gateway.start()).revokeKey({ id: key.id });
  tell(vscode.l10n.t('$(check) The key "{0}" is revoked', key.name));
}

async function pickKey({ traffic }: Parts, argument: unknown, placeHolder: string): Promise<AccessKey | null> {
  const id = named(argument, 'id');
  const { keys } = traffic.access;
  const known = keys.find((one) => one.id === id);
  if (known !== undefined) return known;
  const left = keys.filter(({ state }) => state !== 'revoked');
  if (left.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There are no keys yet.'));
    return null;
  }
  const picked = await vscode.window.showQuickPick(
    left.map((key) => ({ label: key.name, description: `${key.application} · ${key.hint}`, key })),
    { placeHolder, matchOnDescription: true },
  );
  return picked?.key ?? null;
}

/** The secret goes to the clipboard or nowhere: it is in no document, log or setting. */
async function showOnce({ traffic }: Parts, { key, secret }: IssuedKey): Promise<void> {
  const title = traffic.access.applications.find(({ name }) => name === key.application)?.title ?? key.application;
  const copy: vscode.MessageItem = { title: vscode.l10n.t('Copy Key') };
  // Closing it must not read as if the key were not made.
  const close: vscode.MessageItem = { title: vscode.l10n.t('Close'), isCloseAffordance: true };
  const pressed = await vscode.window.showInformationMessage(
    vscode.l10n.t('The key "{0}" of {1} is made. It is shown this once.', key.name, title),
    { modal: true, detail: secret },
    copy,
    close,
  );
  if (pressed !== copy) return;
  await vscode.env.clipboard.writeText(secret);
  tell(vscode.l10n.t('$(check) The key is on the clipboard'));
}

async function askDays(title: string): Promise<number | null | undefined> {
  const days = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Days until it ends. Empty for never.'),
    validateInput: (value) => (daysOf(value) === undefined ? vscode.l10n.t('A number of days, as in 90.') : undefined),
  });
  return days === undefined ? undefined : daysOf(days);
}
