import * as vscode from 'vscode';
import type { WorkspaceFiles, WorkspaceText } from '../../fixes/elsewhere.ts';

const mostFiles = 60;
const mostBytes = 256 * 1024;
/** Milliseconds for which a list of files is taken for still true; the editor asks for fixes at each move of the cursor. */
const listLife = 5000;

const excluded =
  '{**/node_modules/**,**/.git/**,**/.venv/**,**/venv/**,**/site-packages/**,**/dist/**,**/build/**,**/out/**,**/*-lock.yaml}';
const environmentGlob = '**/{.env,.env.*,*.env,docker-compose*.yml,docker-compose*.yaml,compose.yml,compose.yaml}';
const settingsGlob = '**/{.env,.env.*,*.env,*.yaml,*.yml,*.http,*.rest}';

const lists = new Map<string, { readonly at: number; readonly files: Promise<readonly string[]> }>();

/** The workspace, for the search of values that a source takes from elsewhere: no more files than can be read at once. */
export function workspaceFiles(languageOf: (file: string, otherwise: string) => string): WorkspaceFiles {
  return {
    environments: () => list(environmentGlob),
    settings: () => list(settingsGlob),
    read: (file) => read(file, languageOf),
  };
}

function list(glob: string): Promise<readonly string[]> {
  const known = lists.get(glob);
  if (known !== undefined && Date.now() - known.at < listLife) return known.files;
  const files = Promise.resolve(vscode.workspace.findFiles(glob, excluded, mostFiles)).then((uris) =>
    uris.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath.replaceAll('\\', '/')),
  );
  lists.set(glob, { at: Date.now(), files });
  return files;
}

async function read(
  file: string,
  languageOf: (file: string, otherwise: string) => string,
): Promise<WorkspaceText | null> {
  const uri = vscode.Uri.file(file);
  if (vscode.workspace.getWorkspaceFolder(uri) === undefined) return null;
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  const text = open?.getText() ?? (await closedText(uri));
  if (text === null || text.length > mostBytes) return null;
  return {
    file: uri.fsPath,
    label: vscode.workspace.asRelativePath(uri),
    languageId: languageOf(file, open?.languageId ?? 'plaintext'),
    text,
  };
}

const texts = new Map<string, { readonly at: number; readonly text: Promise<string | null> }>();

function closedText(uri: vscode.Uri): Promise<string | null> {
  const now = Date.now();
  for (const [key, { at }] of texts) if (now - at >= listLife) texts.delete(key);
  const known = texts.get(uri.fsPath);
  if (known !== undefined) return known.text;
  const text = readText(uri);
  texts.set(uri.fsPath, { at: now, text });
  return text;
}

async function readText(uri: vscode.Uri): Promise<string | null> {
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.File) === 0 || size > mostBytes) return null;
    return new TextDecoder('utf-8', { fatal: true }).decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}
