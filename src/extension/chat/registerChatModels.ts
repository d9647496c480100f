import * as vscode from 'vscode';
import type { Parts } from '../parts.ts';
import type { ChatProvider, ChatProviderHost } from './chatProvider.ts';

/** The name under which the manifest announces the models. */
const vendor = 'tollgate';

/** Brings the gateway's models to the editor's own picker, where the editor has one (VS Code 1.104 and later). */
export function registerChatModels(parts: Parts): vscode.Disposable {
  const host = vscode.lm as unknown as ChatProviderHost;
  if (typeof host.registerLanguageModelChatProvider !== 'function') return vscode.Disposable.from();
  const { gateway } = parts;
  const changed = new vscode.EventEmitter<void>();
  let known = '';
  const tools = async (): Promise<ChatProvider> => (await import('../aiTools.ts')).aiTools(parts).chat;
  const provider: ChatProvider = {
    onDidChangeLanguageModelChatInformation: changed.event,
    provideLanguageModelChatInformation: async (options, token) =>
      gateway.state.kind === 'running' ? (await tools()).provideLanguageModelChatInformation(options, token) : [],
    provideLanguageModelChatResponse: async (...all) => (await tools()).provideLanguageModelChatResponse(...all),
    provideTokenCount: async (...all) => (await tools()).provideTokenCount(...all),
  };
  return vscode.Disposable.from(
    changed,
    gateway.onDidChangeState(() => changed.fire()),
    gateway.onDidChangeApis((apis) => {
      const now = apis.map(({ name, models, credential }) => `${name} ${String(models)} ${credential.kind}`).join('\n');
      if (now !== known) changed.fire();
      known = now;
    }),
    host.registerLanguageModelChatProvider(vendor, provider),
  );
}
