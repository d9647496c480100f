import * as vscode from 'vscode';
import { promptEnding, type PromptListed } from '../../shared/prompts.ts';
import type { Parts } from '../parts.ts';
import { modelItems } from './modelItems.ts';
import { askVariables } from './askVariables.ts';
import type { PromptRuns } from './promptRuns.ts';

/** The file that a command means: of a lens, of a node, or of the editor; asked for where that is none. */
export async function promptOf(parts: Parts, argument: unknown, placeHolder: string): Promise<PromptListed | null> {
  const api = await parts.gateway.start();
  const uri = uriOf(argument) ?? vscode.window.activeTextEditor?.document.uri;
  if (uri?.fsPath.endsWith(promptEnding) === true) {
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    const { prompt, problems } = await api.checkPrompt(uri.fsPath, open?.isDirty === true ? open.getText() : null);
    if (prompt !== null) return prompt;
    const [first] = problems;
    throw new Error(vscode.l10n.t('Line {0}: {1}', (first?.start.line ?? 0) + 1, first?.message ?? ''));
  }
  const all = await api.prompts();
  if (all.length === 0) {
    const create = vscode.l10n.t('New Prompt');
    const none = vscode.l10n.t('There is no prompt file in this folder yet.');
    if ((await vscode.window.showInformationMessage(none, create)) === create)
      await vscode.commands.executeCommand('tollgate.newPrompt');
    return null;
  }
  const items = all.map((prompt) => ({ label: prompt.name, description: prompt.path, prompt }));
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.prompt ?? null;
}

function uriOf(argument: unknown): vscode.Uri | null {
  if (argument instanceof vscode.Uri) return argument;
  const isNode = typeof argument === 'object' && argument !== null && 'file' in argument;
  return isNode && typeof argument.file === 'string' ? vscode.Uri.file(argument.file) : null;
}

/** Asks for the variables and runs a prompt. */
export async function runPrompt(parts: Parts, runs: PromptRuns, argument: unknown): Promise<boolean> {
  const prompt = await promptOf(parts, argument, vscode.l10n.t('Which prompt is to be run?'));
  if (prompt === null) return false;
  return start(runs, prompt, [{ shown: prompt.model ?? '', asked: null }]);
}

/** The same with several models, side by side. */
export async function comparePrompt(parts: Parts, runs: PromptRuns, argument: unknown): Promise<boolean> {
  const prompt = await promptOf(parts, argument, vscode.l10n.t('Which prompt is to be run?'));
  if (prompt === null) return false;
  const models = await (await parts.gateway.start()).models();
  const items = modelItems(models, parts.traffic.apis)
    .map((item) => ({ ...item, picked: item.label === prompt.model }))
    .sort((a, b) => Number(b.picked) - Number(a.picked));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    placeHolder: vscode.l10n.t('Which models are to answer, side by side?'),
  });
  if (picked === undefined || picked.length === 0) return false;
  return start(
    runs,
    prompt,
    picked.map(({ label }) => ({ shown: label, asked: label })),
  );
}

async function start(
  runs: PromptRuns,
  { file, name, variables }: PromptListed,
  models: Parameters<PromptRuns['run']>[0]['models'],
): Promise<boolean> {
  const values = await askVariables(file, variables);
  if (values === undefined) return false;
  void runs.run({ uri: vscode.Uri.file(file), name, variables: values, models });
  return true;
}

/** Runs what is shown once more, as it was. */
export async function runAgain(runs: PromptRuns): Promise<void> {
  const { shown } = runs;
  if (shown !== null) await runs.run(shown);
}

/** Puts the URL of a prompt on the clipboard. */
export async function copyPromptUrl(parts: Parts, argument: unknown): Promise<void> {
  const prompt = await promptOf(parts, argument, vscode.l10n.t('Whose URL is to be copied?'));
  if (prompt === null) return;
  await vscode.env.clipboard.writeText(prompt.url);
  vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Copied {0}', prompt.url), 4000);
}

/** Puts a command on the clipboard that calls a prompt from a terminal of this window, where the key is in a variable. */
export async function copyPromptCurl(parts: Parts, argument: unknown): Promise<void> {
  const prompt = await promptOf(parts, argument, vscode.l10n.t('What is to be copied as cURL?'));
  if (prompt === null) return;
  const body = Object.fromEntries(
    prompt.variables.filter(({ required }) => required).map((variable) => [variable.name, sampleOf(variable)]),
  );
  const json = JSON.stringify(body).replaceAll("'", "'\\''");
  const command = `curl -sS ${prompt.url} -H "Authorization: Bearer $TOLLGATE_KEY" -H 'Content-Type: application/json' -d '${json}'`;
  await vscode.env.clipboard.writeText(command);
  vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Copied as cURL'), 4000);
}

function sampleOf({ type, choices, name }: PromptListed['variables'][number]): unknown {
  if (choices !== null) return choices[0];
  const samples = {
    number: 1,
    integer: 1,
    boolean: true,
    array: [],
    object: {},
    image: 'https://example.com/image.png',
  };
  return type === 'string' ? name : samples[type];
}

/** Opens the log with the calls of a prompt: its history, with what each cost. */
export async function showPromptCalls(parts: Parts, argument: unknown): Promise<void> {
  const prompt = await promptOf(parts, argument, vscode.l10n.t('Whose calls are to be shown?'));
  if (prompt !== null) parts.panel.show({ filter: `operation="POST /prompts/${prompt.name}"` });
}
