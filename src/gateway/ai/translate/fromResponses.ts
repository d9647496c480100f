import { Untranslatable, type Json } from '../translation.ts';
import type { Turns } from '../turns.ts';
import type { Asked } from './asked.ts';
import { Fields, isObject, textOf } from './fields.ts';
import { fileFrom, fileOf, filesOf, seeFiles } from './files.ts';
import { addResult, functionTool, inputOf, jsonFormat, present } from './fromChat.ts';
import { reasoningPart, withMetadata } from './remember.ts';
import type { AssistantPart, FunctionTool, Message, ToolChoice, UserPart } from './sdk.ts';

/** Reads a request of OpenAI's responses (platform.openai.com/docs/api-reference/responses/create). */
export function fromResponses(json: Json, turns: Turns): Asked {
  const fields = new Fields(json);
  fields.any('model');
  for (const name of ['previous_response_id', 'conversation', 'prompt'])
    if (fields.any(name) != null)
      throw new Untranslatable(`"${name}" names what is kept by OpenAI only. Send the conversation itself.`, name);
  const format = fields.object('text') ?? {};
  const wanted = isObject(format.format) ? format.format : {};
  const reasoning = fields.object('reasoning');
  const effort = reasoning === undefined ? '' : textOf(reasoning, 'effort');
  if (format.verbosity != null && format.verbosity !== 'medium') fields.ignore('text.verbosity');
  fields.usual('store', false);
  fields.usual('truncation', 'disabled');
  fields.usual('background', false);
  fields.usual('service_tier', 'auto', 'default');
  fields.usual('include', [], ['reasoning.encrypted_content']);
  fields.usual('metadata', {});
  fields.usual('top_logprobs', 0);
  fields.any('stream_options');
  const instructions = fields.string('instructions');
  const settings = {
    maxOutputTokens: fields.number('max_output_tokens'),
    temperature: fields.number('temperature'),
    topP: fields.number('top_p'),
    responseFormat:
      wanted.type === 'json_schema'
        ? jsonFormat(wanted)
        : wanted.type === 'json_object'
          ? { type: 'json' as const }
          : undefined,
  };
  const prompt = promptOf(fields.any('input'), turns);
  return {
    prompt: instructions === undefined ? prompt : [{ role: 'system', content: instructions }, ...prompt],
    settings: present(settings),
    tools: toolsOf(fields),
    toolChoice: choiceOf(fields.any('tool_choice')),
    parallelTools: fields.flag('parallel_tool_calls') ?? null,
    thinking: effort === '' ? null : { effort, budgetTokens: null },
    strictSchema: wanted.type === 'json_schema' ? wanted.strict === true : null,
    user: fields.string('user') ?? fields.string('safety_identifier') ?? null,
    stream: fields.flag('stream') ?? false,
    includeUsage: true,
    ignored: fields.ignored(),
    request: json,
  };
}

function promptOf(input: unknown, turns: Turns): Message[] {
  if (typeof input === 'string') return [{ role: 'user', content: [{ type: 'text', text: input }] }];
  if (!Array.isArray(input)) throw new Untranslatable('"input" has to be a text or a list.', 'input');
  const prompt: Message[] = [];
  const names = new Map<string, string>();
  let files: UserPart[] = [];
  const addFiles = (): void => {
    if (files.length > 0) prompt.push({ role: 'user', content: files });
    files = [];
  };
  for (const [index, item] of input.entries()) {
    if (!isObject(item)) throw new Untranslatable('An item of "input" has to be an object.', `input[${String(index)}]`);
    if (item.type === 'function_call_output') files.push(...outputFiles(item, `input[${String(index)}]`));
    // Results of parallel calls have to stand together.
    else addFiles();
    addItem(prompt, item, names, turns, `input[${String(index)}]`);
  }
  addFiles();
  return prompt;
}

function outputFiles({ call_id, output }: Json, place: string): readonly UserPart[] {
  if (!Array.isArray(output)) return [];
  const files = output.filter((part: unknown) => isObject(part) && part.type !== 'input_text');
  return filesOf(String(call_id), files.length === 0 ? [] : userParts(files, place));
}

function addItem(prompt: Message[], item: Json, names: Map<string, string>, turns: Turns, place: string): void {
  switch (item.type ?? 'message') {
    case 'message':
      addMessage(prompt, item, place);
      return;
    case 'function_call': {
      const id = textOf(item, 'call_id');
      names.set(id, textOf(item, 'name'));
      const input = inputOf(textOf(item, 'arguments'));
      addAssistant(prompt, [
        withMetadata({ type: 'tool-call', toolCallId: id, toolName: textOf(item, 'name'), input }, item, turns),
      ]);
      return;
    }
    case 'function_call_output': {
      const id = textOf(item, 'call_id');
      const text = typeof item.output === 'string' ? item.output : contentText(item.output);
      const value = text === '' && Array.isArray(item.output) && item.output.length > 0 ? seeFiles : text;
      addResult(prompt, {
        type: 'tool-result',
        toolCallId: id,
        toolName: names.get(id) ?? 'unknown',
        output: { type: 'text', value },
      });
      return;
    }
    case 'reasoning':
      addAssistant(prompt, [reasoningPart(summaryOf(item), textOf(item, 'encrypted_content'))]);
      return;
    default:
      throw new Untranslatable(`An item "${String(item.type)}" cannot be passed on.`, place);
  }
}

function addMessage(prompt: Message[], item: Json, place: string): void {
  const { role } = item;
  if (role === 'system' || role === 'developer') prompt.push({ role: 'system', content: contentText(item.content) });
  else if (role === 'assistant') addAssistant(prompt, [{ type: 'text', text: contentText(item.content) }]);
  else if (role === 'user') prompt.push({ role: 'user', content: userParts(item.content, place) });
  else throw new Untranslatable(`There is no role "${String(role)}" here.`, `${place}.role`);
}

/** What a model said, thought and called in one turn stands in items of their own. */
function addAssistant(prompt: Message[], parts: readonly AssistantPart[]): void {
  const last = prompt.at(-1);
  if (last?.role === 'assistant') last.content.push(...parts);
  else prompt.push({ role: 'assistant', content: [...parts] });
}

function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part: unknown) => (isObject(part) ? textOf(part, 'text') || textOf(part, 'refusal') : ''))
    .join('');
}

function summaryOf({ summary, content }: Json): string {
  const written = contentText(content);
  return written === '' ? contentText(summary) : written;
}

function userParts(content: unknown, place: string): UserPart[] {
  if (!Array.isArray(content)) return [{ type: 'text', text: contentText(content) }];
  return content.filter(isObject).map((part): UserPart => {
    if (part.type === 'input_text') return { type: 'text', text: textOf(part, 'text') };
    if (part.type === 'input_image' && typeof part.image_url === 'string') return fileFrom(part.image_url, 'image/*');
    const name = textOf(part, 'filename') || undefined;
    if (part.type === 'input_file' && typeof part.file_data === 'string')
      return part.file_data.startsWith('data:')
        ? fileFrom(part.file_data, 'application/pdf', name)
        : fileOf(part.file_data, 'application/pdf', name);
    if (part.type === 'input_file' && typeof part.file_url === 'string')
      return fileFrom(part.file_url, 'application/pdf', name);
    throw new Untranslatable(`A part "${String(part.type)}" of this kind cannot be passed on.`, `${place}.content`);
  });
}

function toolsOf(fields: Fields): readonly FunctionTool[] {
  return (fields.list('tools') ?? []).flatMap((tool): readonly FunctionTool[] => {
    if (isObject(tool) && tool.type === 'function') return [functionTool(tool, tool.parameters)];
    fields.ignore(`tools.${isObject(tool) ? String(tool.type) : ''}`);
    return [];
  });
}

function choiceOf(choice: unknown): ToolChoice | null {
  if (choice === 'auto' || choice === 'none' || choice === 'required') return { type: choice };
  return isObject(choice) && choice.type === 'function' ? { type: 'tool', toolName: textOf(choice, 'name') } : null;
}
