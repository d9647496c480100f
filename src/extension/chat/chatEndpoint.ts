import { applyEdits, modify, parse } from 'jsonc-parser';
import * as vscode from 'vscode';
import type { ListedModel } from '../../shared/models.ts';
import type { Parts } from '../parts.ts';

/** The name of the entry, by which it is found again. */
const entryName = 'Tollgate';

/** One entry of `chatLanguageModels.json`, as VS Code's "Custom Endpoint" has it (microsoft/vscode#316916). */
export function endpointEntry(models: readonly ListedModel[], url: string): object {
  return {
    name: entryName,
    vendor: 'customendpoint',
    // VS Code asks for it once, and keeps it in its secret storage.
    apiKey: '${input:tollgate-key}',
    apiType: 'chat-completions',
    models: models.map(({ name, context, output, input }) => ({
      id: name,
      name,
      url: `${url}/v1/chat/completions`,
      toolCalling: true,
      vision: input.includes('image'),
      maxInputTokens: Math.max(1000, (context ?? 128_000) - (output ?? 8000)),
      maxOutputTokens: output ?? 8000,
    })),
  };
}

/** The text of the file with the entry in it: in place of an earlier one, or after the others. */
export function withEndpoint(text: string, entry: object): string {
  const before = text.trim() === '' ? '[]' : text;
  const entries: unknown = parse(before);
  const list = Array.isArray(entries)
    ? (entries as readonly { readonly name?: unknown; readonly vendor?: unknown }[])
    : [];
  const at = list.findIndex(({ name, vendor }) => name === entryName && vendor === 'customendpoint');
  const formattingOptions = { insertSpaces: true, tabSize: 2, eol: '\n' };
  const edits = modify(Array.isArray(entries) ? before : '[]', [at === -1 ? list.length : at], entry, {
    formattingOptions,
    ...(at === -1 ? { isArrayInsertion: true } : {}),
  });
  return applyEdits(Array.isArray(entries) ? before : '[]', edits);
}

/** Writes the gateway's models into VS Code's own list of endpoints, so that its built-in chat asks them. */
export async function writeChatEndpoint(parts: Parts): Promise<void> {
  const api = await parts.gateway.start();
  const ready = (await api.models()).filter((model) => model.ready);
  const items = ready.map((model) => ({ label: model.name, model }));
  const placeHolder = vscode.l10n.t('Which models is VS Code’s own chat to have?');
  const picked = await vscode.window.showQuickPick(items, { canPickMany: true, placeHolder });
  if (picked === undefined || picked.length === 0) return;
  const { TOLLGATE_URL: url = '', TOLLGATE_KEY: key = '' } = await api.programEnvironment();
  const entry = endpointEntry(
    picked.map(({ model }) => model),
    url,
  );
  const folder = vscode.Uri.joinPath(parts.context.globalStorageUri, '..', '..');
  const file = vscode.Uri.joinPath(folder, 'chatLanguageModels.json');
  // On a remote machine the list is not here but where the window is.
  if (vscode.env.remoteName !== undefined && vscode.env.uiKind === vscode.UIKind.Desktop) {
    await vscode.env.clipboard.writeText(JSON.stringify(entry, null, 2));
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'The entry is on the clipboard: run "Chat: Manage Language Models", add a Custom Endpoint, and paste it into chatLanguageModels.json.',
      ),
    );
    return;
  }
  const before = await vscode.workspace.fs.readFile(file).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => '',
  );
  await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(withEndpoint(before, entry)));
  await vscode.window.showTextDocument(file);
  const copy = vscode.l10n.t('Copy Key');
  const said = vscode.l10n.t(
    '{0} models are in VS Code’s chatLanguageModels.json. It asks for the key once: paste this gateway’s.',
    picked.length,
  );
  if ((await vscode.window.showInformationMessage(said, copy)) === copy) await vscode.env.clipboard.writeText(key);
}
