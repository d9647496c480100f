import type { AssistantPart, CallOptions, Message, ToolResult, UserPart } from '../translate/sdk.ts';
import { isOpenai } from '../translate/targetOptions.ts';
import type { Json } from '../translation.ts';
import type { AskedOf, OwnRequest } from './dialect.ts';

/**
 * A request in the format of OpenAI's chat completions (platform.openai.com/docs/api-reference/chat/create), as the AI
 * SDK's packages would write it. Null where it asks for something exotic.
 */
export function openaiRequest(options: CallOptions, { model, provider, stream }: AskedOf): OwnRequest | null {
  const openai = isOpenai(provider);
  const kind = openai ? kindOf(model) : 'plain';
  if (kind === null) return null;
  const { effort, ...own } = ownOptions(options, openai);
  if (openai && kind === 'reasoning' && effort !== undefined && !/^(?:gpt-5|o\d)/.test(model)) return null;
  const format = formatOf(options, openai, own.strictJsonSchema);
  const messages = messagesOf(options.prompt, openai, kind === 'reasoning' ? 'developer' : 'system');
  if (format === null || messages === null) return null;
  const { maxOutputTokens: most, temperature, topP, topK, frequencyPenalty, presencePenalty } = options;
  // Models that think take none of these, but 5.1 and later do where they are told not to think.
  const chooses = kind === 'plain' || (effort === 'none' && /^gpt-5\.\d/.test(model));
  const tastes = { temperature: chooses ? temperature : undefined, top_p: chooses ? topP : undefined };
  const penalties = kind === 'plain' ? { frequency_penalty: frequencyPenalty, presence_penalty: presencePenalty } : {};
  const ignored = [
    ...(topK === undefined ? [] : ['top_k']),
    ...(temperature !== undefined && !chooses ? ['temperature'] : []),
    ...(topP !== undefined && !chooses ? ['top_p'] : []),
    ...(frequencyPenalty !== undefined && kind !== 'plain' ? ['frequency_penalty'] : []),
    ...(presencePenalty !== undefined && kind !== 'plain' ? ['presence_penalty'] : []),
  ];
  // What is undefined is not written.
  const body: Json = {
    model,
    ...{ user: own.user, parallel_tool_calls: own.parallelToolCalls },
    ...(kind === 'plain' ? { max_tokens: most } : { max_completion_tokens: most }),
    ...tastes,
    ...penalties,
    ...{ response_format: format, stop: options.stopSequences, seed: options.seed, reasoning_effort: effort },
    messages,
    ...toolsOf(options),
    ...(stream ? { stream: true, stream_options: { include_usage: true } } : {}),
  };
  return { body, ignored };
}

/** What models of OpenAI's own take; null for those that are known by the package only. */
function kindOf(model: string): 'plain' | 'reasoning' | null {
  if (/^gpt-4o(?:-mini)?-search/.test(model)) return null;
  const [, major, minor, variant = ''] = /^gpt-(\d+)(?:\.(\d+))?(?:-(.+))?$/.exec(model) ?? [];
  if (major === undefined) return /^o\d+(?:-|$)/.test(model) ? 'reasoning' : 'plain';
  if (Number(major) < 5) return 'plain';
  return minor === undefined && variant.startsWith('chat') ? 'plain' : 'reasoning';
}

interface Own {
  readonly user: unknown;
  readonly parallelToolCalls: unknown;
  readonly strictJsonSchema: unknown;
  readonly effort: unknown;
}

function ownOptions({ providerOptions }: CallOptions, openai: boolean): Own {
  const own = (providerOptions?.[openai ? 'openai' : 'compatible'] ?? {}) as Json;
  const { user, strictJsonSchema, reasoningEffort: effort } = own;
  return {
    user,
    strictJsonSchema,
    effort,
    parallelToolCalls: own[openai ? 'parallelToolCalls' : 'parallel_tool_calls'],
  };
}

/** Undefined for none. */
function formatOf({ responseFormat }: CallOptions, openai: boolean, strict: unknown): Json | undefined | null {
  if (responseFormat?.type !== 'json') return undefined;
  const { schema, name = 'response', description } = responseFormat;
  if (schema === undefined) return { type: 'json_object' };
  // OpenAI knows no `allOf`; the package has a way around.
  if (openai && JSON.stringify(schema).includes('"allOf"')) return null;
  return { type: 'json_schema', json_schema: { schema, strict: strict ?? true, name, description } };
}

function toolsOf({ tools = [], toolChoice }: CallOptions): Json {
  const written = tools.flatMap((tool): readonly Json[] => {
    if (tool.type !== 'function') return [];
    const { name, description, inputSchema: parameters, strict } = tool;
    return [{ type: 'function', function: { name, description, parameters, strict } }];
  });
  if (written.length === 0) return {};
  const choice =
    toolChoice?.type === 'tool' ? { type: 'function', function: { name: toolChoice.toolName } } : toolChoice?.type;
  return { tools: written, tool_choice: choice };
}

function messagesOf(prompt: readonly Message[], openai: boolean, system: string): readonly Json[] | null {
  const messages: Json[] = [];
  for (const message of prompt) {
    if (message.role === 'system') messages.push({ role: system, content: message.content });
    else if (message.role === 'user') {
      const content = userContent(message.content, openai);
      if (content === null) return null;
      messages.push({ role: 'user', content });
    } else if (message.role === 'assistant') {
      const turn = assistantTurn(message.content, openai);
      if (turn === null) return null;
      messages.push(turn);
    } else
      for (const part of message.content) {
        const result = part.type === 'tool-result' ? resultText(part.output) : null;
        if (part.type !== 'tool-result' || result === null) return null;
        messages.push({ role: 'tool', tool_call_id: part.toolCallId, content: result });
      }
  }
  return messages;
}

function userContent(parts: readonly UserPart[], openai: boolean): string | readonly Json[] | null {
  const [only] = parts;
  if (parts.length === 1 && only?.type === 'text') return only.text;
  const written: Json[] = [];
  for (const part of parts) {
    const one = part.type === 'text' ? { type: 'text', text: part.text } : filePart(part, openai);
    if (one === null) return null;
    written.push(one);
  }
  return written;
}

function filePart({ data, mediaType, filename }: Extract<UserPart, { type: 'file' }>, openai: boolean): Json | null {
  const isImage = mediaType.startsWith('image/');
  // Links to images are followed by OpenAI itself; whoever else speaks its dialect may not.
  if (data instanceof URL) return openai && isImage ? { type: 'image_url', image_url: { url: data.href } } : null;
  if (typeof data !== 'string') return null;
  if (isImage) {
    const type = mediaType === 'image/*' ? 'image/jpeg' : mediaType;
    return { type: 'image_url', image_url: { url: `data:${type};base64,${data}` } };
  }
  if (mediaType !== 'application/pdf' || filename === undefined || data.startsWith('file-')) return null;
  return { type: 'file', file: { filename, file_data: `data:application/pdf;base64,${data}` } };
}

function assistantTurn(parts: readonly AssistantPart[], openai: boolean): Json | null {
  let text = '';
  let reasoning = '';
  const calls: Json[] = [];
  for (const part of parts) {
    if (part.type === 'text') text += part.text;
    else if (part.type === 'reasoning') reasoning += part.text;
    else if (part.type === 'tool-call' && typeof part.input !== 'string') {
      const call = { name: part.toolName, arguments: JSON.stringify(part.input) };
      const signature = openai ? undefined : part.providerOptions?.google?.thoughtSignature;
      const extra =
        typeof signature === 'string' ? { extra_content: { google: { thought_signature: signature } } } : {};
      calls.push({ id: part.toolCallId, type: 'function', function: call, ...extra });
    } else return null;
  }
  return {
    role: 'assistant',
    content: calls.length > 0 && text === '' ? null : text,
    ...(reasoning === '' || openai ? {} : { reasoning_content: reasoning }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
  };
}

function resultText(output: ToolResult['output']): string | null {
  return output.type === 'text' || output.type === 'error-text' ? output.value : null;
}
