import path from 'node:path';
import * as vscode from 'vscode';
import type { PromptVariable } from '../../shared/prompts.ts';

/** What was said last in this window, by file and variable: kept in memory alone, for it may be confidential. */
const last = new Map<string, string>();

/** Asks for the variables of a prompt, one after the other; undefined where somebody thinks better of it. */
export async function askVariables(
  file: string,
  variables: readonly PromptVariable[],
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const values: Record<string, unknown> = {};
  for (const [index, variable] of variables.entries()) {
    const step = variables.length === 1 ? '' : ` (${String(index + 1)}/${String(variables.length)})`;
    const said = await askOne(`${file}\n${variable.name}`, variable, `${variable.name}${step}`);
    if (said === undefined) return undefined;
    if (said.value !== undefined) values[variable.name] = said.value;
  }
  return values;
}

type Said = { readonly value: unknown } | undefined;

async function askOne(key: string, variable: PromptVariable, title: string): Promise<Said> {
  if (variable.type === 'image') return askImage(variable, title);
  const choices = variable.type === 'boolean' ? [true, false] : variable.choices;
  if (choices !== null) {
    const preferred = 'default' in variable ? variable.default : undefined;
    const items = [...choices]
      .sort((a, b) => Number(b === preferred) - Number(a === preferred))
      .map((value) => ({ label: String(value), value }));
    const placeHolder = variable.description ?? vscode.l10n.t('Choose a value');
    const picked = await vscode.window.showQuickPick(items, { title, placeHolder, ignoreFocusOut: true });
    return picked === undefined ? undefined : { value: picked.value };
  }
  const preset = 'default' in variable ? written(variable.default) : '';
  const said = await vscode.window.showInputBox({
    title,
    prompt: [variable.description ?? '', vscode.l10n.t('Begin with @ to read a file.')]
      .filter((one) => one !== '')
      .join(' · '),
    value: last.get(key) ?? preset,
    placeHolder: variable.required ? variable.type : vscode.l10n.t('{0}, may be left empty', variable.type),
    ignoreFocusOut: true,
    validateInput: async (text) => {
      try {
        await read(text, variable);
        return undefined;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
  });
  if (said === undefined) return undefined;
  last.set(key, said);
  return { value: await read(said, variable) };
}

/** The value that a text stands for; undefined leaves it to its default. Throws where it stands for none. */
async function read(text: string, { type, required }: PromptVariable): Promise<unknown> {
  if (text === '') {
    if (required && type !== 'string') throw new Error(vscode.l10n.t('A value is needed here.'));
    return required ? '' : undefined;
  }
  const whole = /^@\S/.test(text) ? await contentOf(text.slice(1)) : text;
  if (type === 'string') return whole;
  const value = parsed(whole);
  if (type === 'integer' ? Number.isInteger(value) : type === 'array' ? Array.isArray(value) : typeof value === type)
    return value;
  if (type === 'integer' || type === 'number') throw new Error(vscode.l10n.t('This has to be a number.'));
  throw new Error(vscode.l10n.t('This has to be JSON: {0}.', type === 'array' ? '[…]' : '{…}'));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function contentOf(name: string): Promise<string> {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  try {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.file(path.resolve(root, name)));
    return new TextDecoder().decode(bytes);
  } catch {
    throw new Error(vscode.l10n.t('There is no file {0}.', name));
  }
}

async function askImage({ required, description }: PromptVariable, title: string): Promise<Said> {
  const filters = { [vscode.l10n.t('Images')]: ['png', 'jpg', 'jpeg', 'gif', 'webp'] };
  const openLabel = vscode.l10n.t('Use as {0}', title);
  const [uri] = (await vscode.window.showOpenDialog({ title: description ?? title, openLabel, filters })) ?? [];
  if (uri === undefined) return required ? undefined : { value: undefined };
  const type = path.extname(uri.fsPath).slice(1).toLowerCase().replace('jpg', 'jpeg');
  const bytes = await vscode.workspace.fs.readFile(uri);
  return { value: `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}` };
}

function written(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
