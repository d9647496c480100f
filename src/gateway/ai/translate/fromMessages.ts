import { Untranslatable, type Json } from '../translation.ts';
import type { Turns } from '../turns.ts';
import type { Asked } from './asked.ts';
import { Fields, isObject, textOf } from './fields.ts';
import { fileFrom, fileOf, filesOf, seeFiles } from './files.ts';
import { addResult, functionTool, present } from './fromChat.ts';
import { reasoningPart, withMetadata } from './remember.ts';
import type { AssistantPart, FunctionTool, Message, ToolChoice, ToolResult, UserPart } from './sdk.ts';

/** Reads a request of Anthropic's messages (docs.anthropic.com/en/api/messages). */
export function fromMessages(json: Json, turns: Turns): Asked {
  const fields = new Fields(json);
  fields.any('model');
  const choice = fields.object('tool_choice') ?? {};
  const thinking = fields.object('thinking');
  const output = fields.object('output_config') ?? {};
  const format = isObject(output.format) ? output.format : fields.object('output_format');
  const metadata = fields.object('metadata') ?? {};
  fields.usual('service_tier', 'auto', 'standard_only');
  const system = systemOf(fields.any('system'), fields);
  const stop = fields.list('stop_sequences');
  const settings = {
    maxOutputTokens: fields.number('max_tokens'),
    temperature: fields.number('temperature'),
    topP: fields.number('top_p'),
    topK: fields.number('top_k'),
    stopSequences: stop?.map(String),
    responseFormat:
      format?.type === 'json_schema' && isObject(format.schema)
        ? { type: 'json' as const, schema: format.schema }
        : undefined,
  };
  return {
    prompt: [...system, ...promptOf(fields.list('messages') ?? [], turns, fields)],
    settings: present(settings),
    tools: toolsOf(fields),
    toolChoice: choiceOf(choice),
    parallelTools: typeof choice.disable_parallel_tool_use === 'boolean' ? !choice.disable_parallel_tool_use : null,
    thinking: thinkingOf(thinking, output),
    strictSchema: null,
    user: textOf(metadata, 'user_id') || null,
    stream: fields.flag('stream') ?? false,
    includeUsage: true,
    ignored: [...new Set(fields.ignored())],
    request: json,
  };
}

function thinkingOf(thinking: Json | undefined, output: Json): Asked['thinking'] {
  const effort = textOf(output, 'effort') || null;
  if (thinking?.type === 'disabled') return { effort: 'none', budgetTokens: null };
  if (thinking?.type === 'enabled')
    return { effort, budgetTokens: typeof thinking.budget_tokens === 'number' ? thinking.budget_tokens : null };
  return thinking?.type === 'adaptive' || effort !== null ? { effort: effort ?? 'medium', budgetTokens: null } : null;
}

function systemOf(system: unknown, fields: Fields): readonly Message[] {
  if (typeof system === 'string') return [{ role: 'system', content: system }];
  if (!Array.isArray(system)) return [];
  return system.filter(isObject).map((block): Message => {
    noteCache(block, fields);
    return { role: 'system', content: textOf(block, 'text') };
  });
}

/** Caching is a wish about cost; that it is not passed on has to be told all the same. */
function noteCache(block: Json, fields: Fields): void {
  if (block.cache_control != null) fields.ignore('cache_control');
}

function promptOf(messages: readonly unknown[], turns: Turns, fields: Fields): Message[] {
  const prompt: Message[] = [];
  const names = new Map<string, string>();
  for (const [index, message] of messages.entries()) {
    if (!isObject(message)) throw new Untranslatable('A message has to be an object.', `messages.${String(index)}`);
    const blocks = blocksOf(message.content);
    for (const block of blocks) noteCache(block, fields);
    if (message.role === 'assistant') prompt.push({ role: 'assistant', content: assistantParts(blocks, names, turns) });
    else if (message.role === 'system')
      prompt.push({ role: 'system', content: blocks.map((one) => textOf(one, 'text')).join('') });
    else {
      const files: UserPart[] = [];
      const rest: UserPart[] = [];
      for (const block of blocks)
        if (block.type === 'tool_result') {
          const inner = blocksOf(block.content);
          addResult(prompt, toolResult(block, inner, names));
          files.push(
            ...filesOf(
              textOf(block, 'tool_use_id'),
              inner.filter(isFile).map((one) => userPart(one, index)),
            ),
          );
        } else rest.push(userPart(block, index));
      if (files.length + rest.length > 0) prompt.push({ role: 'user', content: [...files, ...rest] });
    }
  }
  return prompt;
}

function blocksOf(content: unknown): readonly Json[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return Array.isArray(content) ? content.filter(isObject) : [];
}

function userPart(block: Json, index: number): UserPart {
  const source = isObject(block.source) ? block.source : {};
  if (block.type === 'text') return { type: 'text', text: textOf(block, 'text') };
  if (block.type === 'image' || block.type === 'document') {
    const type = textOf(source, 'media_type') || (block.type === 'image' ? 'image/*' : 'application/pdf');
    const name = textOf(block, 'title') || undefined;
    if (source.type === 'base64') return fileOf(textOf(source, 'data'), type, name);
    if (source.type === 'url') return fileFrom(textOf(source, 'url'), type, name);
    if (source.type === 'text') return { type: 'text', text: textOf(source, 'data') };
  }
  throw new Untranslatable(
    `A block "${String(block.type)}" of this kind cannot be passed on.`,
    `messages.${String(index)}.content`,
  );
}

function assistantParts(blocks: readonly Json[], names: Map<string, string>, turns: Turns): AssistantPart[] {
  return blocks.flatMap((block): readonly AssistantPart[] => {
    switch (block.type) {
      case 'text':
        return [{ type: 'text', text: textOf(block, 'text') }];
      case 'thinking':
        return [reasoningPart(textOf(block, 'thinking'), textOf(block, 'signature'))];
      case 'redacted_thinking':
        return [
          { type: 'reasoning', text: '', providerOptions: { anthropic: { redactedData: textOf(block, 'data') } } },
        ];
      case 'tool_use': {
        const id = textOf(block, 'id');
        names.set(id, textOf(block, 'name'));
        return [
          withMetadata(
            { type: 'tool-call', toolCallId: id, toolName: textOf(block, 'name'), input: block.input ?? {} },
            block,
            turns,
          ),
        ];
      }
      default:
        throw new Untranslatable(`A block "${String(block.type)}" cannot be passed on.`, 'messages');
    }
  });
}

const isFile = ({ type }: Json): boolean => type === 'image' || type === 'document';

function toolResult(block: Json, inner: readonly Json[], names: ReadonlyMap<string, string>): ToolResult {
  const id = textOf(block, 'tool_use_id');
  const unknown = inner.find((one) => one.type !== 'text' && !isFile(one));
  if (unknown !== undefined)
    throw new Untranslatable(
      `A block "${String(unknown.type)}" in a result of a tool cannot be passed on.`,
      'messages',
    );
  const text = inner.map((one) => textOf(one, 'text')).join('');
  const value = text === '' && inner.some(isFile) ? seeFiles : text;
  const output = { type: block.is_error === true ? ('error-text' as const) : ('text' as const), value };
  return { type: 'tool-result', toolCallId: id, toolName: names.get(id) ?? 'unknown', output };
}

function toolsOf(fields: Fields): readonly FunctionTool[] {
  return (fields.list('tools') ?? []).flatMap((tool): readonly FunctionTool[] => {
    if (isObject(tool) && (tool.type === undefined || tool.type === 'custom')) {
      noteCache(tool, fields);
      return [functionTool(tool, tool.input_schema)];
    }
    fields.ignore(`tools.${isObject(tool) ? String(tool.type) : ''}`);
    return [];
  });
}

function choiceOf({ type, name }: Json): ToolChoice | null {
  if (type === 'auto' || type === 'none') return { type };
  if (type === 'any') return { type: 'required' };
  return type === 'tool' ? { type: 'tool', toolName: String(name) } : null;
}
