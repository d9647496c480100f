import * as vscode from 'vscode';
import type { ChatRequestMessage, ChatResponseOptions } from './chatProvider.ts';

type Json = Readonly<Record<string, unknown>>;

/** What `LanguageModelDataPart` has, which came with VS Code 1.104. */
interface DataPart {
  readonly mimeType: string;
  readonly data: Uint8Array;
}

function isData(part: unknown): part is DataPart {
  return typeof part === 'object' && part !== null && 'mimeType' in part && 'data' in part;
}

/** The editor's conversation in OpenAI's format. */
export function toChatMessages(messages: readonly ChatRequestMessage[]): readonly Json[] {
  return messages.flatMap((message) =>
    message.role === vscode.LanguageModelChatMessageRole.Assistant ? assistant(message) : user(message),
  );
}

function assistant({ content }: ChatRequestMessage): readonly Json[] {
  const calls = content
    .filter((part) => part instanceof vscode.LanguageModelToolCallPart)
    .map(({ callId, name, input }) => ({
      ...{ id: callId, type: 'function' },
      function: { name, arguments: JSON.stringify(input) },
    }));
  const said = textOf(content);
  if (said === '' && calls.length === 0) return [];
  return [
    { role: 'assistant', content: said === '' ? null : said, ...(calls.length === 0 ? {} : { tool_calls: calls }) },
  ];
}

/** What tools gave back stands first, as vendors want it. */
function user({ role, content }: ChatRequestMessage): readonly Json[] {
  const results = content
    .filter((part) => part instanceof vscode.LanguageModelToolResultPart)
    .map(({ callId, content: result }) => ({ role: 'tool', tool_call_id: callId, content: textOf(result) }));
  const images = content.filter(isData).filter(({ mimeType }) => mimeType.startsWith('image/'));
  const said = textOf(content);
  const parts = [
    ...(said === '' ? [] : [{ type: 'text', text: said }]),
    ...images.map(({ mimeType, data }) => ({
      ...{ type: 'image_url' },
      image_url: { url: `data:${mimeType};base64,${Buffer.from(data).toString('base64')}` },
    })),
  ];
  // A third role, for the system, is among those that are only proposed.
  const known = (role as number) === 3 ? 'system' : 'user';
  if (parts.length === 0) return results;
  return [...results, { role: known, content: images.length === 0 ? said : parts }];
}

/** The text of parts; data that is text or JSON is part of it. */
export function textOf(parts: readonly unknown[]): string {
  return parts
    .map((part) => {
      if (part instanceof vscode.LanguageModelTextPart) return part.value;
      if (part instanceof vscode.LanguageModelPromptTsxPart) return JSON.stringify(part.value);
      return isData(part) && /^text\/|\bjson\b/.test(part.mimeType) ? new TextDecoder().decode(part.data) : '';
    })
    .join('');
}

/** The tools that a model may call. */
export function toTools({ tools = [], toolMode }: ChatResponseOptions): Json {
  if (tools.length === 0) return {};
  return {
    tools: tools.map(({ name, description, inputSchema }) => ({
      type: 'function',
      function: { name, description, parameters: inputSchema ?? { type: 'object', properties: {} } },
    })),
    ...(toolMode === vscode.LanguageModelChatToolMode.Required ? { tool_choice: 'required' } : {}),
  };
}
