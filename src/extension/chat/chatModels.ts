import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ListedModel } from '../../shared/models.ts';
import type { ChatDelta } from '../../shared/prompts.ts';
import type { Parts } from '../parts.ts';
import { textOf, toChatMessages, toTools } from './chatMessages.ts';
import type { ChatModelInformation, ChatProvider } from './chatProvider.ts';

/** Characters that a token stands for on average (help.openai.com, "What are tokens"). */
const charactersOfToken = 4;
const usualContext = 128_000;
const usualOutput = 8_000;

/** What answers the editor's chat by the gateway: any model of it, within its budgets, every call in the log. */
export function createChatModels({ gateway }: Parts): Omit<ChatProvider, 'onDidChangeLanguageModelChatInformation'> {
  return {
    provideLanguageModelChatInformation: async () => {
      const [models, apis] = await Promise.all([gateway.api.models(), gateway.api.apis()]);
      const titles = new Map(apis.map(({ name, title }) => [name, title]));
      return models
        .filter(({ ready }) => ready)
        .map((model) => toInformation(model, titles.get(model.api ?? '') ?? model.provider));
    },
    provideLanguageModelChatResponse: async ({ id }, messages, options, progress, token) => {
      const run = randomUUID();
      const calls = new ToolCalls();
      const listening = vscode.Disposable.from(
        gateway.onDidWriteChat((written) => {
          if (written.run !== run) return;
          const { content } = written.delta;
          if (typeof content === 'string' && content !== '') progress.report(new vscode.LanguageModelTextPart(content));
          calls.add(written.delta);
        }),
        token.onCancellationRequested(() => void gateway.api.cancelRun(run)),
      );
      try {
        const request = { ...options.modelOptions, model: id, messages: toChatMessages(messages), ...toTools(options) };
        const { failure } = await gateway.api.converse(run, request);
        if (token.isCancellationRequested) return;
        if (failure !== null) throw new Error([failure.message, failure.hint ?? ''].join(' ').trim());
        for (const call of calls.all()) progress.report(call);
      } finally {
        listening.dispose();
      }
    },
    provideTokenCount: (_model, text) => {
      const said = typeof text === 'string' ? text : textOf(text.content) + JSON.stringify(toChatMessages([text]));
      const length = typeof text === 'string' ? said.length : said.length / 2;
      return Promise.resolve(Math.ceil(length / charactersOfToken));
    },
  };
}

function toInformation(model: ListedModel, title: string): ChatModelInformation {
  const { name, id, provider, context, output, input, price } = model;
  const most = output ?? usualOutput;
  const money =
    price === null
      ? vscode.l10n.t('unpriced')
      : vscode.l10n.t('${0} in, ${1} out for a million tokens', price.input, price.output);
  return {
    ...{ id: name, name: id, family: provider, version: '1' },
    detail: title,
    tooltip: vscode.l10n.t('{0} through Tollgate: {1}', name, money),
    maxInputTokens: Math.max(1000, (context ?? usualContext) - most),
    maxOutputTokens: most,
    capabilities: { imageInput: input.includes('image'), toolCalling: true },
  };
}

/** Calls of tools come in pieces, and are told whole. */
class ToolCalls {
  readonly #calls = new Map<number, { id: string; name: string; input: string }>();

  add({ tool_calls: pieces = [] }: ChatDelta): void {
    for (const [position, piece] of pieces.entries()) {
      const index = piece.index ?? position;
      const call = this.#calls.get(index) ?? { id: '', name: '', input: '' };
      call.id ||= piece.id ?? '';
      call.name += piece.function?.name ?? '';
      call.input += piece.function?.arguments ?? '';
      this.#calls.set(index, call);
    }
  }

  all(): readonly vscode.LanguageModelToolCallPart[] {
    return [...this.#calls.values()].map(
      ({ id, name, input }) =>
        new vscode.LanguageModelToolCallPart(id === '' ? randomUUID() : id, name, inputOf(input)),
    );
  }
}

/** A call without input has none; one that is no JSON is told as it is, so that the tool refuses it and the model hears why. */
function inputOf(json: string): object {
  try {
    const value: unknown = JSON.parse(json === '' ? '{}' : json);
    return typeof value === 'object' && value !== null ? value : { value };
  } catch {
    return { invalid: json };
  }
}
