import * as vscode from 'vscode';
import type { ExchangeId } from '../../shared/exchange.ts';
import type { BodyContent, BodyFile, Side } from '../../shared/protocol.ts';
import { toPanelBody } from '../../shared/panelBody.ts';
import { bodyUri } from '../editor/exchangeDocument.ts';
import type { Parts } from '../parts.ts';
import { longBodyOf, openLongBody, saveLongBody } from './longBody.ts';

/** Opens a body in an editor of its own, for reading only, in the colours of its language. Bytes are saved instead. */
export async function openBody(parts: Parts, id: ExchangeId, side: Side): Promise<void> {
  const found = await bodyOf(parts, id, side);
  if (found === null) return;
  if (toPanelBody(found.content).text === null) {
    await save(found, side);
    return;
  }
  if (found.file !== null) {
    await openLongBody(parts, found.file, nameOf(found, side));
    return;
  }
  const document = await vscode.workspace.openTextDocument(bodyUri(id, side, nameOf(found, side)));
  await vscode.window.showTextDocument(document, { preview: true });
}

/** Writes a body to a file, as it is stored: decoded, and without secrets. */
export async function saveBody(parts: Parts, id: ExchangeId, side: Side): Promise<void> {
  const found = await bodyOf(parts, id, side);
  if (found !== null) await save(found, side);
}

interface FoundBody {
  readonly number: number;
  readonly content: BodyContent;
  /** Where it is longer than `content`. */
  readonly file: BodyFile | null;
}

function nameOf({ number, content }: FoundBody, side: Side): string {
  return `${number}-${side}.${extensionOf(content)}`;
}

async function bodyOf(parts: Parts, id: ExchangeId, side: Side): Promise<FoundBody | null> {
  const api = await parts.gateway.start();
  const [exchange, content] = await Promise.all([api.exchange(id), api.body(id, side)]);
  if (exchange !== null && content !== null && content.bytes.byteLength > 0)
    return { number: exchange.number, content, file: await longBodyOf(parts, id, side, content) };
  void vscode.window.showInformationMessage(vscode.l10n.t('There is no body to open or to save.'));
  return null;
}

async function save(found: FoundBody, side: Side): Promise<void> {
  const { content, file } = found;
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const target = await vscode.window.showSaveDialog({
    title: (file === null ? content.truncated : !file.whole)
      ? vscode.l10n.t('Save the body: the log holds only its beginning')
      : vscode.l10n.t('Save the body'),
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, nameOf(found, side)) }),
  });
  if (target === undefined) return;
  if (file === null) await vscode.workspace.fs.writeFile(target, content.bytes);
  else await saveLongBody(file, target);
  void vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) The body was saved'), 4000);
}

/** By the content type, so that the editor knows the language. */
function extensionOf({ contentType }: BodyContent): string {
  const type = contentType ?? '';
  const known = extensions.find(([pattern]) => pattern.test(type));
  return known?.[1] ?? (type.startsWith('text/') || type === '' ? 'txt' : 'bin');
}

const extensions: readonly (readonly [pattern: RegExp, extension: string])[] = [
  [/ndjson|jsonl/, 'jsonl'],
  [/json/, 'json'],
  [/html/, 'html'],
  [/svg/, 'svg'],
  [/xml/, 'xml'],
  [/javascript/, 'js'],
  [/yaml/, 'yaml'],
  [/css/, 'css'],
  [/csv/, 'csv'],
  [/markdown/, 'md'],
  [/graphql/, 'graphql'],
  [/event-stream|form-urlencoded|multipart/, 'txt'],
  [/png/, 'png'],
  [/jpe?g/, 'jpg'],
  [/gif/, 'gif'],
  [/webp/, 'webp'],
  [/pdf/, 'pdf'],
  [/zip/, 'zip'],
  [/mpeg|mp3/, 'mp3'],
  [/wav/, 'wav'],
];
