import * as vscode from 'vscode';
import { ChannelError } from '../../shared/channel.ts';
import type { ApiLifecycle, DescriptionChanges } from '../../shared/lifecycle.ts';
import type { ApiStatus } from '../../shared/protocol.ts';
import { exists } from '../home.ts';
import type { Parts } from '../parts.ts';
import { importOpenApi } from './importOpenApi.ts';
import { pickApi } from './pickApi.ts';

/** Opens the draft of an API's description, or offers to import one. */
export async function openDraft(parts: Parts, argument: unknown): Promise<void> {
  const api = await pickDescribed(parts, argument, vscode.l10n.t('Whose draft is to be opened?'));
  if (api === null) return;
  const draft = vscode.Uri.file(api.lifecycle.draft);
  if (await exists(draft)) await vscode.window.showTextDocument(draft);
  else await importOpenApi(parts, api.name);
}

/** Shows the draft against the version in force. */
export async function compareDraft(parts: Parts, argument: unknown): Promise<void> {
  const api = await pickDescribed(parts, argument, vscode.l10n.t('Whose draft is to be compared?'));
  if (api === null) return;
  const { draft, current, versions } = api.lifecycle;
  const file = versions.find(({ version }) => version === current)?.file;
  if (file === undefined)
    throw new ChannelError('unknown_version', vscode.l10n.t('Nothing of {0} is published yet.', api.title));
  const title = vscode.l10n.t('{0}: {1} ↔ draft', api.title, current ?? '');
  await vscode.commands.executeCommand('vscode.diff', vscode.Uri.file(file), vscode.Uri.file(draft), title);
}

/** Puts the draft in force. Where its version is taken, the one that fits what changed is suggested. */
export async function publishApi(parts: Parts, argument: unknown): Promise<void> {
  const api = await pickDescribed(parts, argument, vscode.l10n.t('Which API is to be published?'));
  if (api === null) return;
  await saveFile(api.lifecycle.draft);
  const gateway = await parts.gateway.start();
  const changes = await gateway.descriptionChanges(api.name);
  const taken = api.lifecycle.versions.some(({ version }) => version === changes.to);
  if (taken && changes.changes.length === 0) {
    const message = vscode.l10n.t(
      'There is nothing to publish: the draft of {0} says what {1} says.',
      api.title,
      changes.to,
    );
    void vscode.window.showInformationMessage(message);
    return;
  }
  const version = taken ? await askForVersion(api, changes) : null;
  if (version === undefined) return;
  const now = await gateway.publishDescription(api.name, version);
  tellWithUndo(api, vscode.l10n.t('{0} {1} is published and in force.', api.title, now.current ?? ''), now);
}

/** Puts the version before in force, or the one that is named. */
export async function rollBackApi(parts: Parts, argument: unknown): Promise<void> {
  const api = await pickDescribed(parts, argument, vscode.l10n.t('Which API is to be rolled back?'));
  if (api === null) return;
  const gateway = await parts.gateway.start();
  const now = await gateway.rollBackDescription(api.name, versionArgument(argument));
  tellWithUndo(api, vscode.l10n.t('{0} {1} is in force again.', api.title, now.current ?? ''), now);
}

/** The API that a node, a name, or the file of a draft stands for. */
export async function pickDescribed(
  parts: Parts,
  argument: unknown,
  placeHolder: string,
): Promise<(ApiStatus & { readonly lifecycle: ApiLifecycle }) | null> {
  const api = await pickApi(parts, {
    name: apiNameOf(parts, argument),
    placeHolder,
    among: ({ lifecycle }) => lifecycle !== undefined,
    none: vscode.l10n.t('No API has a description yet. Import one with "Tollgate: Import OpenAPI…".'),
  });
  if (api === null) return null;
  if (api.lifecycle !== undefined) return { ...api, lifecycle: api.lifecycle };
  throw new ChannelError('no_draft', vscode.l10n.t('{0} has no description. Import one first.', api.title));
}

/** The version of a node of the explorer; null where the argument is none. */
export function versionArgument(argument: unknown): string | null {
  if (typeof argument !== 'object' || argument === null || !('version' in argument)) return null;
  return typeof argument.version === 'string' ? argument.version : null;
}

/** The name of an API, by a name, a node, or the file of its draft. */
export function apiNameOf({ traffic }: Pick<Parts, 'traffic'>, argument: unknown): string | null {
  if (typeof argument === 'string') return argument;
  if (argument instanceof vscode.Uri)
    return traffic.apis.find(({ lifecycle }) => lifecycle?.draft === argument.fsPath)?.name ?? null;
  if (typeof argument !== 'object' || argument === null || !('name' in argument)) return null;
  return typeof argument.name === 'string' ? argument.name : null;
}

/** What is written in an editor but not saved does not count. */
export async function saveFile(file: string): Promise<void> {
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'file' && uri.fsPath === file);
  if (open?.isDirty === true) await open.save();
}

async function askForVersion(
  { title, lifecycle }: ApiStatus & { readonly lifecycle: ApiLifecycle },
  { changes, to, suggested }: DescriptionChanges,
): Promise<string | undefined> {
  const breaking = changes.filter((change) => change.breaking).length;
  const what =
    breaking === 0
      ? changes.length === 1
        ? vscode.l10n.t('One change, which breaks no program.')
        : vscode.l10n.t('{0} changes, none of which breaks programs.', changes.length)
      : changes.length === 1
        ? vscode.l10n.t('One change, which breaks programs.')
        : vscode.l10n.t('{0} changes, {1} of which break programs.', changes.length, breaking);
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Publish {0}', title),
    prompt: vscode.l10n.t('{0} There is a version {1} already. Which is this?', what, to),
    value: suggested,
    validateInput: (value) => {
      if (lifecycle.versions.some(({ version }) => version === value))
        return vscode.l10n.t('Version {0} is published already.', value);
      return /^[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}$/.test(value)
        ? undefined
        : vscode.l10n.t('Letters, digits, dots and hyphens, as in 1.2.0.');
    },
  });
}

/** `before` is the API as it was; going back to it is one press. */
function tellWithUndo(
  before: ApiStatus & { readonly lifecycle: ApiLifecycle },
  message: string,
  now: ApiLifecycle,
): void {
  const { current } = before.lifecycle;
  const undo = vscode.l10n.t('Back to {0}', current ?? '');
  const buttons = current === null || current === now.current ? [] : [undo];
  void vscode.window.showInformationMessage(message, ...buttons).then((pressed) => {
    if (pressed === undo && current !== null)
      void vscode.commands.executeCommand('tollgate.rollBackApi', { name: before.name, version: current });
  });
}
