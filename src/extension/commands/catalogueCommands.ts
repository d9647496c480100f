import * as vscode from 'vscode';
import { apiNamePattern, catalogueFileName } from '../../shared/catalogueName.ts';
import { ChannelError } from '../../shared/channel.ts';
import type { Provider } from '../../shared/provider.ts';
import { exists, type Home } from '../home.ts';
import type { Parts } from '../parts.ts';
import type { NewApi } from './catalogueText.ts';
import { addingSource } from './editCatalogue.ts';

/** Opens `tollgate.jsonc`, or says how to begin one. `edited` says that a fix has just changed it, and where. */
export async function openCatalogue(parts: Parts, edited?: unknown): Promise<void> {
  const { catalogue } = needHome(parts);
  if (await exists(catalogue)) {
    const selection = selectionOf(edited);
    const { document } = await vscode.window.showTextDocument(catalogue, selection === null ? {} : { selection });
    // What is not saved does not count.
    if (selection !== null) await document.save();
    return;
  }
  const add = vscode.l10n.t('Add an API…');
  const message = vscode.l10n.t('This folder has no {0} yet.', catalogueFileName);
  if ((await vscode.window.showInformationMessage(message, add)) === add) await addApi(parts);
}

/** Asks for a provider or an upstream, writes it to `tollgate.jsonc` and starts the gateway. */
export async function addApi(parts: Parts): Promise<void> {
  const { catalogue } = needHome(parts);
  const { addApiTo, apiNamesIn, freeName, providers } = await import('../expertise.ts');
  const place = await addingSource(catalogue, 'apis');
  if (place === null) return;
  const { file, text } = place;
  const taken = [...apiNamesIn(text), ...parts.traffic.apis.map(({ name }) => name)];
  const answer = await askForApi(providers);
  if (answer === null) return;
  const name = await askForName(freeName(answer.name, taken), taken);
  if (name === undefined) return;

  await writeText(file, text, addApiTo(text, name, answer.api), `"${name}"`);
  await parts.gateway.start();
  const copy = vscode.l10n.t('Copy URL');
  const credential = vscode.l10n.t('Set Credential…');
  const pressed = await vscode.window.showInformationMessage(
    vscode.l10n.t('{0} is ready. Programs in new terminals of this window can call it through Tollgate.', name),
    copy,
    ...('provider' in answer.api ? [credential] : []),
  );
  if (pressed === copy) await vscode.commands.executeCommand('tollgate.copyUrl', name);
  if (pressed === credential) await vscode.commands.executeCommand('tollgate.setCredential', name);
}

function selectionOf(edited: unknown): vscode.Range | null {
  if (typeof edited !== 'object' || edited === null || !('selection' in edited)) return null;
  return edited.selection instanceof vscode.Range ? edited.selection : null;
}

async function askForApi(
  providers: readonly Provider[],
): Promise<{ readonly name: string; readonly api: NewApi } | null> {
  const custom = { label: vscode.l10n.t('$(link) Another API…'), description: vscode.l10n.t('by its URL'), id: null };
  const picked = await vscode.window.showQuickPick(
    [
      custom,
      { label: vscode.l10n.t('Providers'), kind: vscode.QuickPickItemKind.Separator, id: null },
      ...providers.map(({ id, title, upstream }) => ({ label: title, description: upstream, id })),
    ],
    { title: vscode.l10n.t('Add an API'), placeHolder: vscode.l10n.t('Whose API?'), matchOnDescription: true },
  );
  if (picked === undefined) return null;
  if (picked.id !== null) return { name: picked.id, api: { provider: picked.id } };
  const upstream = await vscode.window.showInputBox({
    title: vscode.l10n.t('Add an API'),
    prompt: vscode.l10n.t('Its base URL, as in https://api.example.com'),
    ignoreFocusOut: true,
    validateInput: (value) => (httpUrl(value) === null ? vscode.l10n.t('An http or https URL is needed.') : undefined),
  });
  const url = upstream === undefined ? null : httpUrl(upstream);
  if (url === null) return null;
  const telling = url.hostname.replace(/^(?:api|www)\./, '').split('.', 1)[0] ?? 'api';
  const name = /^[\d[]/.test(url.hostname) ? 'api' : telling;
  return { name, api: { title: url.host, upstream: url.href.replace(/\/$/, '') } };
}

async function askForName(value: string, taken: readonly string[]): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Add an API'),
    prompt: vscode.l10n.t('Its name, the first part of its path on the gateway'),
    value,
    validateInput: (name) => {
      if (taken.includes(name)) return vscode.l10n.t('There is an API of this name already.');
      return apiNamePattern.test(name)
        ? undefined
        : vscode.l10n.t('Use lower-case letters, digits, dots, hyphens and underscores; begin with a letter or digit.');
    },
  });
}

/** The text of the file, with what is not saved yet; null where there is no file. */
export async function readText(file: vscode.Uri): Promise<string | null> {
  if (!(await exists(file))) return null;
  return (await vscode.workspace.openTextDocument(file)).getText();
}

/** Saves the text, and shows the line with `added`. */
async function writeText(file: vscode.Uri, before: string | null, after: string, added: string): Promise<void> {
  const document = await saveText(file, before, after);
  const { line } = document.positionAt(Math.max(0, document.getText().lastIndexOf(added)));
  const end = document.lineAt(line).range.end;
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(end, end) });
}

/** Edits the open document, so that it can be undone, and saves it; null `before` begins the file. */
export async function saveText(file: vscode.Uri, before: string | null, after: string): Promise<vscode.TextDocument> {
  if (before === null) await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(after));
  const document = await vscode.workspace.openTextDocument(file);
  if (before !== null) {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(file, new vscode.Range(document.positionAt(0), document.positionAt(before.length)), after);
    await vscode.workspace.applyEdit(edit);
    await document.save();
  }
  return document;
}

function httpUrl(text: string): URL | null {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  return url !== null && /^https?:$/.test(url.protocol) ? url : null;
}

/** The folder that Tollgate works on. Fails with `no_folder`. */
export function needHome({ home }: Parts): Home {
  if (home === null)
    throw new ChannelError('no_folder', vscode.l10n.t('Tollgate works on a folder. Open one and try again.'));
  return home;
}
