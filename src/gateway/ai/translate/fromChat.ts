import { Untranslatable, type Json } from '../translation.ts';
import type { Turns } from '../turns.ts';
import type { Asked } from './asked.ts';
import { Fields, isObject, parsed, textOf } from './fields.ts';
import { fileFrom, fileOf, filesOf, seeFiles } from './files.ts';
import { reasoningBefore, withMetadata } from './remember.ts';
import type { AssistantPart, FunctionTool, Message, ToolChoice, ToolResult, UserPart } from './sdk.ts';

/** Reads a request of OpenAI's chat completions (platform.openai.com/docs/api-reference/chat/create). */
export function fromChat(json: Json, turns: Turns): Asked {
  const fields = new Fields(json);
  fields.any('model');
  const format = fields.object('response_format');
  const limit = fields.number('max_completion_tokens');
  const older = fields.number('max_tokens');
  const stop = fields.any('stop') ?? undefined;
  const effort = fields.string('reasoning_effort') ?? null;
  const stream = fields.flag('stream') ?? false;
  const options = fields.object('stream_options');
  fields.usual('n', 1);
  fields.usual('logprobs', false);
  fields.usual('top_logprobs', 0);
  fields.usual('logit_bias', {});
  fields.usual('store', false);
  fields.usual('modalities', ['text']);
  fields.usual('service_tier', 'auto', 'default');
  fields.usual('metadata', {});
  const settings = {
    maxOutputTokens: limit ?? older,
    temperature: fields.number('temperature'),
    topP: fields.number('top_p'),
    topK: fields.number('top_k'),
    presencePenalty: fields.number('presence_penalty'),
    frequencyPenalty: fields.number('frequency_penalty'),
    seed: fields.number('seed'),
    stopSequences: stop === undefined ? undefined : ([stop].flat() as string[]),
    responseFormat: formatOf(format),
  };
  return {
    prompt: promptOf(fields.list('messages') ?? [], turns, fields),
    settings: present(settings),
    tools: toolsOf(fields),
    toolChoice: choiceOf(fields.any('tool_choice')),
    parallelTools: fields.flag('parallel_tool_calls') ?? null,
    thinking: effort === null ? null : { effort, budgetTokens: null },
    strictSchema: isObject(format?.json_schema) ? format.json_schema.strict === true : null,
    user: fields.string('user') ?? fields.string('safety_identifier') ?? null,
    stream,
    includeUsage: options?.include_usage === true,
    ignored: [...new Set(fields.ignored())],
    request: json,
  };
}

/** Without what is undefined. */
export function present<Value extends object>(value: Value): { [Key in keyof Value]: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never;
}

function formatOf(format: Json | undefined): Asked['settings']['responseFormat'] | undefined {
  if (format === undefined || format.type === 'text') return undefined;
  if (format.type === 'json_object') return { type: 'json' };
  const schema = isObject(format.json_schema) ? format.json_schema : {};
  return jsonFormat(schema);
}

/** A format by its schema, as both of OpenAI's APIs describe it. */
export function jsonFormat({ schema, name, description }: Json): NonNullable<Asked['settings']['responseFormat']> {
  return {
    type: 'json',
    ...(isObject(schema) ? { schema } : {}),
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof description === 'string' ? { description } : {}),
  };
}

function promptOf(messages: readonly unknown[], turns: Turns, fields: Fields): Message[] {
  const prompt: Message[] = [];
  const names = new Map<string, string>();
  let files: UserPart[] = [];
  const addFiles = (): void => {
    if (files.length > 0) prompt.push({ role: 'user', content: files });
    files = [];
  };
  for (const [index, message] of messages.entries()) {
    if (!isObject(message)) throw new Untranslatable('A message has to be an object.', `messages[${String(index)}]`);
    const { role } = message;
    noteUnread(message, fields, index);
    // Results of parallel calls have to stand together.
    if (role !== 'tool') addFiles();
    else if (Array.isArray(message.content))
      files.push(
        ...filesOf(textOf(message, 'tool_call_id'), userParts(message.content.filter(isNoText), fields, index)),
      );
    if (role === 'system' || role === 'developer') prompt.push({ role: 'system', content: plainText(message.content) });
    else if (role === 'user') prompt.push({ role: 'user', content: userParts(message.content, fields, index) });
    else if (role === 'assistant') prompt.push({ role: 'assistant', content: assistantParts(message, names, turns) });
    else if (role === 'tool') addResult(prompt, toolResult(message, names));
    else throw new Untranslatable(`There is no role "${String(role)}" here.`, `messages[${String(index)}].role`);
  }
  addFiles();
  return prompt;
}

const isNoText = (part: unknown): boolean => isObject(part) && part.type !== 'text';

/** What of a message has no place elsewhere. */
function noteUnread(message: Json, fields: Fields, index: number): void {
  for (const name of ['name', 'audio', 'images', 'function_call'])
    if (message[name] != null) fields.ignore(`messages[${String(index)}].${name}`);
  const parts: readonly unknown[] = Array.isArray(message.content) ? message.content : [];
  if ([message, ...parts].some((part) => isObject(part) && part.cache_control != null)) fields.ignore('cache_control');
}

/** Results of parallel calls belong into one turn. */
export function addResult(prompt: Message[], result: ToolResult): void {
  const last = prompt.at(-1);
  if (last?.role === 'tool') last.content.push(result);
  else prompt.push({ role: 'tool', content: [result] });
}

function plainText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part: unknown) => (isObject(part) ? textOf(part, 'text') || textOf(part, 'refusal') : ''))
    .join('');
}

function userParts(content: unknown, fields: Fields, index: number): UserPart[] {
  if (!Array.isArray(content)) return [{ type: 'text', text: plainText(content) }];
  return content.flatMap((part: unknown): readonly UserPart[] => {
    if (!isObject(part)) return [];
    if (part.type === 'text') return [{ type: 'text', text: textOf(part, 'text') }];
    const inner = part[String(part.type)];
    if (part.type === 'image_url') {
      const url = isObject(inner) ? textOf(inner, 'url') : String(inner);
      if (isObject(inner) && inner.detail !== undefined && inner.detail !== 'auto')
        fields.ignore(`messages[${String(index)}].image_url.detail`);
      return [fileFrom(url, 'image/*')];
    }
    if (part.type === 'input_audio' && isObject(inner))
      return [fileOf(textOf(inner, 'data'), inner.format === 'mp3' ? 'audio/mpeg' : 'audio/wav')];
    if (part.type === 'file' && isObject(inner) && typeof inner.file_data === 'string')
      return [fileFrom(inner.file_data, 'application/pdf', textOf(inner, 'filename') || undefined)];
    throw new Untranslatable(
      part.type === 'file'
        ? 'Files that were uploaded to another vendor cannot be used here.'
        : `There is no part "${String(part.type)}" here.`,
      `messages[${String(index)}].content`,
    );
  });
}

function assistantParts(message: Json, names: Map<string, string>, turns: Turns): AssistantPart[] {
  const calls = Array.isArray(message.tool_calls) ? (message.tool_calls as readonly unknown[]).filter(isObject) : [];
  const text = plainText(message.content) || textOf(message, 'refusal');
  return [
    ...reasoningBefore(message, calls, turns),
    ...(text === '' ? [] : [{ type: 'text' as const, text }]),
    ...calls.map((call): AssistantPart => {
      const inner = isObject(call.function) ? call.function : {};
      const id = textOf(call, 'id');
      const name = textOf(inner, 'name');
      names.set(id, name);
      const part = {
        type: 'tool-call' as const,
        toolCallId: id,
        toolName: name,
        input: inputOf(textOf(inner, 'arguments')),
      };
      return withMetadata(part, call, turns);
    }),
  ];
}

/** A call without arguments may have none at all. */
export function inputOf(text: string): unknown {
  return text.trim() === '' ? {} : parsed(text);
}

function toolResult(message: Json, names: ReadonlyMap<string, string>): ToolResult {
  const id = textOf(message, 'tool_call_id');
  const toolName = names.get(id) ?? 'unknown';
  const text = plainText(message.content);
  const value = text === '' && Array.isArray(message.content) && message.content.some(isNoText) ? seeFiles : text;
  return { type: 'tool-result', toolCallId: id, toolName, output: { type: 'text', value } };
}

function toolsOf(fields: Fields): readonly FunctionTool[] {
  return (fields.list('tools') ?? []).flatMap((tool): readonly FunctionTool[] => {
    const inner = isObject(tool) && isObject(tool.function) ? tool.function : null;
    if (inner !== null) return [functionTool(inner, inner.parameters)];
    fields.ignore('tools');
    return [];
  });
}

/** A tool by its name, what it is for, and the schema of its arguments. */
export function functionTool({ name, description, strict }: Json, schema: unknown): FunctionTool {
  return {
    type: 'function',
    name: typeof name === 'string' ? name : '',
    inputSchema: isObject(schema) ? schema : { type: 'object', properties: {} },
    ...(typeof description === 'string' ? { description } : {}),
    ...(typeof strict === 'boolean' ? { strict } : {}),
  };
}

function choiceOf(choice: unknown): ToolChoice | null {
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { type: choice };
  const inner = isObject(choice) && isObject(choice.function) ? choice.function : null;
  return inner === null ? null : { type: 'tool', toolName: textOf(inner, 'name') };
}
