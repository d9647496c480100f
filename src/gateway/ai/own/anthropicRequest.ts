import type { CallOptions, Message, ToolResult, UserPart, AssistantPart } from '../translate/sdk.ts';
import type { Json } from '../translation.ts';
import type { AskedOf, OwnRequest } from './dialect.ts';

/**
 * A request in the format of Anthropic's messages (docs.anthropic.com/en/api/messages), as the AI SDK's package would
 * write it. Null where a field's meaning depends on the model's generation, or is exotic: that package knows.
 */
export function anthropicRequest(options: CallOptions, { model, output, stream }: AskedOf): OwnRequest | null {
  const { maxOutputTokens: asked, temperature, topP, topK, stopSequences, responseFormat } = options;
  const most = asked ?? output;
  if (most === null || (output !== null && most > output) || responseFormat !== undefined) return null;
  if (!isLongKnown(model) && (temperature ?? topP ?? topK) !== undefined) return null;
  if (temperature !== undefined && (topP !== undefined || temperature < 0 || temperature > 1)) return null;
  const own = (options.providerOptions?.anthropic ?? {}) as Json;
  if (Object.keys(own).some((name) => name !== 'disableParallelToolUse' && name !== 'metadata')) return null;
  const tools = toolsOf(options, own.disableParallelToolUse === true, model);
  const turns = turnsOf(options.prompt);
  if (tools === null || turns === null) return null;
  const ignored = [
    ...(options.frequencyPenalty === undefined ? [] : ['frequency_penalty']),
    ...(options.presencePenalty === undefined ? [] : ['presence_penalty']),
    ...(options.seed === undefined ? [] : ['seed']),
    ...(turns.dropsThinking ? ['reasoning_content'] : []),
  ];
  const user = (own.metadata as Json | undefined)?.userId;
  const body: Json = {
    model,
    max_tokens: most,
    ...(temperature === undefined ? {} : { temperature }),
    ...(topK === undefined ? {} : { top_k: topK }),
    ...(topP === undefined ? {} : { top_p: topP }),
    ...(stopSequences === undefined ? {} : { stop_sequences: stopSequences }),
    ...(user === undefined ? {} : { metadata: { user_id: user } }),
    ...(turns.system.length === 0 ? {} : { system: turns.system }),
    messages: turns.messages,
    ...tools,
    ...(stream ? { stream: true } : {}),
  };
  return { body, ignored };
}

/** Claude up to 4.6 takes what newer ones refuse: temperatures, and that a tool has to be called. */
function isLongKnown(model: string): boolean {
  return /claude-(?:3|(?:opus|sonnet|haiku)-4(?:-[0-6])?(?:$|[-@:](?:\D|\d{8})))/.test(model);
}

function toolsOf(options: CallOptions, oneAtATime: boolean, model: string): Json | null {
  const { tools = [], toolChoice } = options;
  if (tools.length === 0) return {};
  const written: Json[] = [];
  for (const tool of tools) {
    if (tool.type !== 'function' || tool.strict !== undefined) return null;
    const { name, description, inputSchema } = tool;
    written.push({ name, ...(description === undefined ? {} : { description }), input_schema: inputSchema });
  }
  const single = oneAtATime ? { disable_parallel_tool_use: true } : {};
  switch (toolChoice?.type) {
    case undefined:
      return { tools: written, ...(oneAtATime ? { tool_choice: { type: 'auto', ...single } } : {}) };
    case 'auto':
      return { tools: written, tool_choice: { type: 'auto', ...single } };
    case 'none':
      return { tools: written, tool_choice: { type: 'none' } };
    case 'required':
      return isLongKnown(model) ? { tools: written, tool_choice: { type: 'any', ...single } } : null;
    case 'tool':
      return isLongKnown(model)
        ? { tools: written, tool_choice: { type: 'tool', name: toolChoice.toolName, ...single } }
        : null;
  }
}

interface Turns {
  readonly system: readonly Json[];
  readonly messages: readonly { readonly role: string; readonly content: Json[] }[];
  readonly dropsThinking: boolean;
}

/** Roles take turns; results of tools are the user's. */
function turnsOf(prompt: readonly Message[]): Turns | null {
  const system: Json[] = [];
  const messages: { role: string; content: Json[] }[] = [];
  let dropsThinking = false;
  for (const message of prompt) {
    if (message.role === 'system') {
      // Later on, it is another feature.
      if (messages.length > 0) return null;
      system.push({ type: 'text', text: message.content });
      continue;
    }
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    let turn = messages.at(-1);
    if (turn?.role !== role) messages.push((turn = { role, content: [] }));
    for (const part of message.content) {
      if (part.type === 'tool-approval-response') return null;
      const block = message.role === 'user' ? userBlock(part as UserPart) : otherBlock(part);
      if (block === null) return null;
      if (block === 'dropped') dropsThinking = true;
      else turn.content.push(block);
    }
  }
  const last = messages.at(-1);
  const end = last?.role === 'assistant' ? last.content.at(-1) : undefined;
  // What the model is to continue must not end with a space.
  if (last !== undefined && end?.type === 'text')
    last.content[last.content.length - 1] = { type: 'text', text: String(end.text).trim() };
  return { system, messages, dropsThinking };
}

function userBlock(part: UserPart): Json | null {
  if (part.type === 'text') return { type: 'text', text: part.text };
  const { data, mediaType, filename } = part;
  if (data instanceof Uint8Array) return null;
  const link = data instanceof URL ? { type: 'url', url: data.href } : null;
  if (mediaType.startsWith('image/')) {
    const type = mediaType === 'image/*' ? 'image/jpeg' : mediaType;
    return { type: 'image', source: link ?? { type: 'base64', media_type: type, data } };
  }
  if (mediaType !== 'application/pdf') return null;
  const source = link ?? { type: 'base64', media_type: 'application/pdf', data };
  return { type: 'document', source, ...(filename === undefined ? {} : { title: filename }) };
}

function otherBlock(part: AssistantPart | ToolResult): Json | 'dropped' | null {
  switch (part.type) {
    case 'text':
      return { type: 'text', text: part.text };
    case 'tool-call':
      return { type: 'tool_use', id: part.toolCallId, name: part.toolName, input: part.input };
    case 'reasoning': {
      const { signature, redactedData } = (part.providerOptions?.anthropic ?? {}) as Json;
      if (typeof signature === 'string') return { type: 'thinking', thinking: part.text, signature };
      return typeof redactedData === 'string' ? { type: 'redacted_thinking', data: redactedData } : 'dropped';
    }
    case 'tool-result':
      return resultBlock(part);
    case 'file':
      return null;
  }
}

function resultBlock({ toolCallId, output }: ToolResult): Json | null {
  const block = { type: 'tool_result', tool_use_id: toolCallId };
  if (output.type === 'text') return { ...block, content: output.value };
  if (output.type === 'error-text') return { ...block, content: output.value, is_error: true };
  if (output.type !== 'content') return null;
  const content: Json[] = [];
  for (const one of output.value) {
    if (one.type === 'text') content.push({ type: 'text', text: one.text });
    else if (one.type === 'image-data')
      content.push({ type: 'image', source: { type: 'base64', media_type: one.mediaType, data: one.data } });
    else return null;
  }
  return { ...block, content };
}
