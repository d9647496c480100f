// What is for prompts and models in the editor. It is a bundle of its own, loaded by `import('./aiTools.ts')`.
import * as vscode from 'vscode';
import { writeChatEndpoint } from './chat/chatEndpoint.ts';
import { createChatModels } from './chat/chatModels.ts';
import type { ChatProvider } from './chat/chatProvider.ts';
import type { Parts } from './parts.ts';
import * as commands from './prompts/promptCommands.ts';
import { registerPromptCompletion } from './prompts/promptCompletion.ts';
import { registerPromptDiagnostics } from './prompts/promptDiagnostics.ts';
import { PromptBook } from './prompts/promptFiles.ts';
import { registerPromptLenses } from './prompts/promptLenses.ts';
import { PromptRuns } from './prompts/promptRuns.ts';
import { newPrompt, publishPrompt } from './prompts/publishCommands.ts';
import { RunsPanel } from './prompts/runsPanel.ts';

/** What can be done with prompts and models. */
export interface AiTools {
  readonly chat: ChatProvider;
  /** By the command's id without `tollgate.`. */
  readonly commands: Readonly<Record<PromptCommand, (argument: unknown) => Promise<unknown>>>;
}

export type PromptCommand =
  | 'newPrompt'
  | 'runPrompt'
  | 'comparePrompt'
  | 'publishPrompt'
  | 'unpublishPrompt'
  | 'copyPromptUrl'
  | 'copyPromptCurl'
  | 'showPromptCalls'
  | 'writeChatEndpoint';

let tools: AiTools | null = null;

/** Registers what prompt files get in the editor; once. */
export function aiTools(parts: Parts): AiTools {
  tools ??= create(parts);
  return tools;
}

function create(parts: Parts): AiTools {
  const book = new PromptBook(parts);
  const runs = new PromptRuns(parts);
  const panel: RunsPanel = new RunsPanel(parts, runs, {
    again: () => commands.runAgain(runs),
    compare: () => vscode.commands.executeCommand('tollgate.comparePrompt', runs.shown?.uri),
  });
  parts.context.subscriptions.push(
    ...[book, runs, panel],
    registerPromptLenses(parts, book),
    registerPromptDiagnostics(book),
    registerPromptCompletion(parts, book),
  );
  const shown = async (started: Promise<boolean>): Promise<void> => {
    if (await started) panel.show();
  };
  return {
    chat: createChatModels(parts),
    commands: {
      newPrompt: () => newPrompt(parts),
      runPrompt: (argument) => shown(commands.runPrompt(parts, runs, argument)),
      comparePrompt: (argument) => shown(commands.comparePrompt(parts, runs, argument)),
      publishPrompt: (argument) => publishPrompt(parts, argument, true),
      unpublishPrompt: (argument) => publishPrompt(parts, argument, false),
      copyPromptUrl: (argument) => commands.copyPromptUrl(parts, argument),
      copyPromptCurl: (argument) => commands.copyPromptCurl(parts, argument),
      showPromptCalls: (argument) => commands.showPromptCalls(parts, argument),
      writeChatEndpoint: () => writeChatEndpoint(parts),
    },
  };
}
