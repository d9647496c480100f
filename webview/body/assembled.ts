import type { StreamEvent } from './eventLines.ts';

/** What a language model said, put together from the pieces of its stream. */
export interface Assembled {
  readonly text: string;
  readonly reasoning: string;
  readonly tools: readonly { readonly name: string; readonly input: string }[];
  /** Why it stopped, in the vendor's word; null while it goes on. */
  readonly finish: string | null;
}

type Json = Readonly<Record<string, unknown>>;

interface Draft {
  text: string;
  reasoning: string;
  readonly tools: Map<string, { name: string; input: string }>;
  finish: string | null;
  known: boolean;
}

/**
 * Puts a stream together that speaks OpenAI's chat completions or responses, Anthropic's messages, or Gemini's; null
 * where it speaks none of these.
 */
export function assemble(events: readonly StreamEvent[]): Assembled | null {
  const draft: Draft = { text: '', reasoning: '', tools: new Map(), finish: null, known: false };
  for (const { data } of events) {
    const event = parse(data);
    if (event === null) continue;
    chat(event, draft);
    responses(event, draft);
    messages(event, draft);
    gemini(event, draft);
  }
  const { text, reasoning, tools, finish } = draft;
  return draft.known ? { text, reasoning, tools: [...tools.values()], finish } : null;
}

/** OpenAI, chat completions: `choices[].delta`. */
function chat(event: Json, draft: Draft): void {
  for (const choice of list(event.choices)) {
    const delta = object(choice.delta);
    if (delta === null) continue;
    draft.known = true;
    draft.text += string(delta.content);
    draft.reasoning += string(delta.reasoning_content) || string(delta.reasoning);
    for (const call of list(delta.tool_calls)) {
      const named = object(call.function);
      const tool = toolOf(draft, `${key(choice.index)}.${key(call.index)}`, string(named?.name));
      tool.input += string(named?.arguments);
    }
    draft.finish = string(choice.finish_reason) || draft.finish;
  }
}

/** OpenAI, responses: events named `response.…`. */
function responses(event: Json, draft: Draft): void {
  const type = string(event.type);
  if (!type.startsWith('response.')) return;
  draft.known = true;
  if (type === 'response.output_text.delta') draft.text += string(event.delta);
  else if (/reasoning.*\.delta$/.test(type)) draft.reasoning += string(event.delta);
  else if (type === 'response.output_item.added') {
    const item = object(event.item);
    if (item?.type === 'function_call') toolOf(draft, string(item.id), string(item.name));
  } else if (type === 'response.function_call_arguments.delta')
    toolOf(draft, string(event.item_id), '').input += string(event.delta);
  else if (['response.completed', 'response.incomplete', 'response.failed'].includes(type))
    draft.finish = type.slice('response.'.length);
}

/** Anthropic, messages: blocks that begin, grow and end. */
function messages(event: Json, draft: Draft): void {
  const delta = object(event.delta);
  switch (event.type) {
    case 'content_block_start': {
      const block = object(event.content_block);
      draft.known = true;
      if (block?.type === 'tool_use') toolOf(draft, key(event.index), string(block.name));
      else draft.text += string(block?.text);
      return;
    }
    case 'content_block_delta':
      draft.known = true;
      draft.text += string(delta?.text);
      draft.reasoning += string(delta?.thinking);
      if (delta?.type === 'input_json_delta') toolOf(draft, key(event.index), '').input += string(delta.partial_json);
      return;
    case 'message_delta':
      draft.known = true;
      draft.finish = string(delta?.stop_reason) || draft.finish;
  }
}

/** Gemini: `candidates[].content.parts`. */
function gemini(event: Json, draft: Draft): void {
  for (const candidate of list(event.candidates)) {
    draft.known = true;
    for (const part of list(object(candidate.content)?.parts)) {
      if (part.thought === true) draft.reasoning += string(part.text);
      else draft.text += string(part.text);
      const call = object(part.functionCall);
      if (call !== null)
        toolOf(draft, `gemini.${String(draft.tools.size)}`, string(call.name)).input = JSON.stringify(call.args ?? {});
    }
    draft.finish = string(candidate.finishReason) || draft.finish;
  }
}

function toolOf(draft: Draft, id: string, name: string): { name: string; input: string } {
  const known = draft.tools.get(id) ?? { name, input: '' };
  if (known.name === '') known.name = name;
  draft.tools.set(id, known);
  return known;
}

function parse(data: string): Json | null {
  try {
    return object(JSON.parse(data));
  } catch {
    // `[DONE]`, or an event that was cut.
    return null;
  }
}

function object(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
}

function list(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.map(object).filter((one) => one !== null) : [];
}

function string(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function key(value: unknown): string {
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '0';
}
