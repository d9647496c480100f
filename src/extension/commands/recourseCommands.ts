import * as vscode from 'vscode';
import { ChannelError } from '../../shared/channel.ts';
import type { Parts } from '../parts.ts';
import { needHome, saveText } from './catalogueCommands.ts';
import { askForSecret } from './credentialCommands.ts';
import { declaringSource } from './editCatalogue.ts';
import { pickApi } from './pickApi.ts';

/** What a quick fix has chosen: another API, or a second credential, whose name may still be open. */
type Choice = { readonly api: string } | { readonly credential: string | null };

/** Declares what an API falls back to: what is chosen already, or else what the person answers. */
export async function addFallback(parts: Parts, name: string | null, chosen: unknown): Promise<void> {
  const { catalogue } = needHome(parts);
  const api = await pickApi(parts, {
    name,
    placeHolder: vscode.l10n.t('Which API is to have a fallback?'),
    among: () => true,
    none: vscode.l10n.t('tollgate.jsonc declares no API yet.'),
  });
  if (api === null) return;
  const { declaredApis, fallbackApis, fallbackEdits, fallbackModel, withEdits } = await import('../expertise.ts');
  const { file, text, others } = await declaringSource(catalogue, ['apis', api.name]);
  const before = text ?? '';
  const apis = [before, ...others].flatMap((one) => declaredApis(one));
  const from = apis.find((one) => one.name === api.name);
  if (from === undefined)
    throw new ChannelError('unknown_api', vscode.l10n.t('tollgate.jsonc declares no API "{0}".', api.name));
  const choice = isChoice(chosen) ? chosen : await askForChoice(api.title, fallbackApis(apis, api.name));
  if (choice === null) return;
  if ('credential' in choice) {
    await addSecondCredential(parts, { name: api.name, title: api.title, type: api.credentialType });
    return;
  }
  const to = apis.find((one) => one.name === choice.api);
  if (to === undefined)
    throw new ChannelError('unknown_api', vscode.l10n.t('tollgate.jsonc declares no API "{0}".', choice.api));
  const model = await vscode.window.showInputBox({
    title: vscode.l10n.t('Fall back to {0}', to.title),
    prompt: vscode.l10n.t('The model to ask for there. Empty for the one that the program names.'),
    value: fallbackModel(from, to, null) ?? '',
    ignoreFocusOut: true,
  });
  if (model === undefined) return;
  const entry = { api: to.name, ...(model.trim() === '' ? {} : { model: model.trim() }) };
  await saveText(file, text, withEdits(before, fallbackEdits(before, from, entry)));
  tell(vscode.l10n.t('$(check) {0} falls back to {1}', api.title, to.title));
}

/** Asks for the second key first: what is declared without it would be of no use. */
async function addSecondCredential(
  parts: Parts,
  api: { readonly name: string; readonly title: string; readonly type: string | null },
): Promise<void> {
  const { catalogue } = needHome(parts);
  if (api.type !== null && api.type !== 'key')
    throw new ChannelError(
      'not_kept',
      vscode.l10n.t('{0} takes no static key. Declare a second credential in tollgate.jsonc by hand.', api.title),
    );
  const value = await askForSecret(
    vscode.l10n.t('Second API key of {0}', api.title),
    vscode.l10n.t('Spent when the first one is out of money. Kept in VS Code’s secret storage, never in a file.'),
    true,
  );
  if (value === undefined) return;
  const { declaredApis, declaredCredentials, fallbackEdits, freeName, memberEdits, withEdits } =
    await import('../expertise.ts');
  const { file, text, others } = await declaringSource(catalogue, ['apis', api.name]);
  const before = text ?? '';
  const taken = [before, ...others].flatMap((one) => [
    ...declaredCredentials(one),
    ...declaredApis(one).map(({ name }) => name),
  ]);
  const credential = freeName(`${api.name}-second`, taken);
  const declared = withEdits(before, memberEdits(before, ['credentials', credential], { type: 'key' }));
  const from = declaredApis(declared).find(({ name }) => name === api.name);
  if (from === undefined) return;
  await parts.secrets.save(credential, { type: 'key', value });
  await (await parts.gateway.start()).setSecret(credential, { type: 'key', value });
  await saveText(file, text, withEdits(declared, fallbackEdits(declared, from, { credential })));
  tell(vscode.l10n.t('$(check) {0} goes on with a second key when the first is out of money', api.title));
}

async function askForChoice(
  title: string,
  others: readonly { readonly name: string; readonly title: string }[],
): Promise<Choice | null> {
  const items: (vscode.QuickPickItem & { readonly choice: Choice })[] = [
    {
      label: vscode.l10n.t('$(key) A second credential…'),
      detail: vscode.l10n.t('The same API, another account'),
      choice: { credential: null },
    },
    ...others.map((other) => ({ label: other.title, description: other.name, choice: { api: other.name } })),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Add a fallback for {0}', title),
    placeHolder: vscode.l10n.t('What is to answer when {0} is out of money or quota?', title),
  });
  return picked?.choice ?? null;
}

function isChoice(value: unknown): value is Choice {
  if (typeof value !== 'object' || value === null) return false;
  return ('api' in value && typeof value.api === 'string') || 'credential' in value;
}

function tell(message: string): void {
  void vscode.window.setStatusBarMessage(message, 6000);
}
