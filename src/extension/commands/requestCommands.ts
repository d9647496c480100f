import path from 'node:path';
import { parseEnv } from 'node:util';
import * as vscode from 'vscode';
import { ChannelError } from '../../shared/channel.ts';
import type { ExchangeId } from '../../shared/exchange.ts';
import type { PlainRequest } from '../../requests/plainRequest.ts';
import type { OutgoingRequest } from '../../shared/outgoingRequest.ts';
import { readExchange } from '../exchangeContent.ts';
import { localise } from '../localise.ts';
import type { Parts } from '../parts.ts';
import { pickExchange, tellReplay } from './logCommands.ts';

/** Puts the request of an exchange on the clipboard, as code in a language that is asked for. */
export async function copyRequestAs(parts: Parts, id: ExchangeId | null): Promise<void> {
  const chosen = id ?? (await pickExchange(parts, vscode.l10n.t('Which call is to be copied?')));
  if (chosen === null) return;
  const { requestFormats, toPlainRequest } = await import('../expertise.ts');
  const { exchange, request: body } = await readExchange(await parts.gateway.start(), chosen);
  const { request, complete } = toPlainRequest(exchange, body);
  const picked = await vscode.window.showQuickPick(
    requestFormats
      .filter((format) => format.fits?.(request) ?? true)
      .map((format) => ({ label: localise(format.title), format })),
    { placeHolder: vscode.l10n.t('Copy the request of #{0} as', exchange.number) },
  );
  if (picked === undefined) return;
  await vscode.env.clipboard.writeText(picked.format.write(request));
  const message = complete
    ? vscode.l10n.t('$(check) Copied as {0}', picked.label)
    : vscode.l10n.t(
        '$(warning) Copied as {0}, without its body, which is too long or not stored in full',
        picked.label,
      );
  void vscode.window.setStatusBarMessage(message, 5000);
}

/** Opens the request of an exchange as an `.http` document, to be changed and sent as a new one. */
export async function editRequest(parts: Parts, id: ExchangeId | null): Promise<void> {
  const chosen = id ?? (await pickExchange(parts, vscode.l10n.t('Which call is to be edited and sent?')));
  if (chosen === null) return;
  const { httpFile, toPlainRequest } = await import('../expertise.ts');
  const { exchange, request: body } = await readExchange(await parts.gateway.start(), chosen);
  const { request, complete } = toPlainRequest(exchange, body);
  const note = complete ? '' : `# ${vscode.l10n.t('The body is too long or not stored in full, and was left out.')}\n`;
  const title = vscode.l10n.t('Call #{0}, edited. The original stays as it is.', exchange.number);
  await openHttp(`### ${title}\n${note}${httpFile.write(await readable(request))}`);
}

/** Makes an `.http` document of a cURL command: the one on the clipboard, or one that is pasted. */
export async function pasteCurl(): Promise<void> {
  const { httpFile, parseCurl } = await import('../expertise.ts');
  // A browser would first ask whether the clipboard may be read.
  const copied = vscode.env.uiKind === vscode.UIKind.Desktop ? await vscode.env.clipboard.readText() : '';
  const given =
    parseCurl(copied).kind === 'request'
      ? copied
      : await vscode.window.showInputBox({
          title: vscode.l10n.t('Request from cURL'),
          prompt: vscode.l10n.t('Paste a cURL command.'),
          placeHolder: "curl https://api.example.com/v1/things -H 'Accept: application/json'",
          ignoreFocusOut: true,
          validateInput: (value) => {
            const reading = parseCurl(inOneLine(value));
            return value.trim() === '' || reading.kind === 'request' ? null : reading.message;
          },
        });
  if (given === undefined || given.trim() === '') return;
  const reading = parseCurl(inOneLine(given));
  if (reading.kind === 'problem') throw new ChannelError('bad_request', reading.message);
  await openHttp(`### ${vscode.l10n.t('From cURL')}\n${httpFile.write(await readable(reading.request))}`);
}

/** An input box drops the ends of lines, and leaves the backslashes before them. */
function inOneLine(command: string): string {
  return command.replaceAll(/ \\ +(?=\S)/g, ' ');
}

/** The request with its JSON over several lines; nothing but white space changes. */
async function readable(request: PlainRequest): Promise<PlainRequest> {
  if (request.body === null || !/^\s*[{[]/.test(request.body)) return request;
  const { indentedJson } = await import('../expertise.ts');
  return { ...request, body: indentedJson(request.body) };
}

/** Sends the request that stands at a line of an `.http` document, and shows what was answered. */
export async function sendHttpRequest(parts: Parts, uri: unknown, line: unknown): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const document = uri instanceof vscode.Uri ? await vscode.workspace.openTextDocument(uri) : editor?.document;
  if (document === undefined) return;
  const request = await requestAt(document, typeof line === 'number' ? line : (editor?.selection.active.line ?? 0));
  const answer = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Sending the request…') },
    async () => {
      const api = await parts.gateway.start();
      return api.exchange(await api.send(request));
    },
  );
  await tellReplay(parts, answer);
}

async function requestAt(document: vscode.TextDocument, line: number): Promise<OutgoingRequest> {
  const { parseHttpFile, toOutgoing } = await import('../expertise.ts');
  const { requests, variables } = parseHttpFile(document.getText());
  const written = requests.findLast((request) => request.line <= line) ?? requests[0];
  if (written === undefined)
    throw new ChannelError('bad_request', vscode.l10n.t('There is no request here. Write one: GET https://…'));
  const folder = document.uri.scheme === 'file' ? vscode.Uri.file(path.dirname(document.uri.fsPath)) : homeOf();
  const dotenv = await readDotenv(folder);
  const file = written.body !== null && 'file' in written.body ? written.body.file : null;
  const base64 = file === null ? null : Buffer.from(await readBeside(folder, file)).toString('base64');
  const outgoing = toOutgoing(
    written,
    { variables, environment: (name) => process.env[name], dotenv: (name) => dotenv[name] },
    base64,
  );
  if (outgoing.kind === 'request') return outgoing.request;
  throw new ChannelError(
    'bad_request',
    vscode.l10n.t('Nothing is known of {0}. Say it above the request: @name = value', outgoing.names.join(', ')),
  );
}

function homeOf(): vscode.Uri | null {
  return vscode.workspace.workspaceFolders?.[0]?.uri ?? null;
}

async function readDotenv(folder: vscode.Uri | null): Promise<Readonly<Record<string, string | undefined>>> {
  if (folder === null) return {};
  try {
    return parseEnv(new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, '.env'))));
  } catch {
    return {};
  }
}

async function readBeside(folder: vscode.Uri | null, file: string): Promise<Uint8Array> {
  const uri = path.isAbsolute(file) || folder === null ? vscode.Uri.file(file) : vscode.Uri.joinPath(folder, file);
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch (cause) {
    throw new ChannelError('bad_request', vscode.l10n.t('The file of the body cannot be read: {0}', file), { cause });
  }
}

async function openHttp(content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'http', content });
  await vscode.window.showTextDocument(document);
}
