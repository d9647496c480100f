import * as vscode from 'vscode';
import { promptEnding } from '../../shared/prompts.ts';
import type { PromptCommand } from '../aiTools.ts';
import type { Parts } from '../parts.ts';
import { registerPromptTree } from './promptTree.ts';

/** Has what prompt files need loaded when the first of them is opened. */
export function registerPrompts(parts: Parts): vscode.Disposable {
  const isPrompt = ({ uri }: vscode.TextDocument): boolean => uri.scheme === 'file' && uri.path.endsWith(promptEnding);
  const load = async (): Promise<void> => {
    opened.dispose();
    (await import('../aiTools.ts')).aiTools(parts);
  };
  const opened = vscode.workspace.onDidOpenTextDocument((document) => {
    if (isPrompt(document)) void load();
  });
  if (vscode.workspace.textDocuments.some(isPrompt)) void load();
  return vscode.Disposable.from(opened, registerPromptTree(parts));
}

/** A command of prompts. */
const ofPrompts =
  (command: PromptCommand) =>
  async (parts: Parts, argument: unknown): Promise<unknown> =>
    (await import('../aiTools.ts')).aiTools(parts).commands[command](argument);

/** Commands of prompts, by their ids without `tollgate.`. */
export const promptCommands = {
  newPrompt: ofPrompts('newPrompt'),
  runPrompt: ofPrompts('runPrompt'),
  comparePrompt: ofPrompts('comparePrompt'),
  publishPrompt: ofPrompts('publishPrompt'),
  unpublishPrompt: ofPrompts('unpublishPrompt'),
  copyPromptUrl: ofPrompts('copyPromptUrl'),
  copyPromptCurl: ofPrompts('copyPromptCurl'),
  showPromptCalls: ofPrompts('showPromptCalls'),
  writeChatEndpoint: ofPrompts('writeChatEndpoint'),
};
