import { randomUUID } from 'node:crypto';
import { isObject, textOf } from '../translate/fields.ts';
import type { Content, FinishReason, Metadata, SpokenPart, Usage, WholeAnswer } from '../translate/sdk.ts';
import type { Json } from '../translation.ts';
import type { EventReader } from './dialect.ts';

/** Reads an answer of OpenAI's chat completions (platform.openai.com/docs/api-reference/chat/object). */
export function openaiWhole(json: Json): WholeAnswer {
  const choice = firstChoice(json);
  const message = isObject(choice?.message) ? choice.message : null;
  if (choice === null || message === null) throw new Error('It has no choices.');
  const refusal = textOf(message, 'refusal');
  const created = typeof json.created === 'number' ? { timestamp: new Date(json.created * 1000) } : {};
  return {
    content: [
      ...pieces(message).map(({ thinks, text }): Content => ({ type: thinks ? 'reasoning' : 'text', text })),
      ...listOf(message.tool_calls).map((call): Content => {
        const inner = isObject(call.function) ? call.function : {};
        const id = textOf(call, 'id') || newCallId();
        return {
          ...signatureOf(call),
          type: 'tool-call',
          toolCallId: id,
          toolName: textOf(inner, 'name'),
          input: textOf(inner, 'arguments'),
        };
      }),
      ...listOf(message.annotations).flatMap((one): readonly Content[] => {
        const cited = isObject(one.url_citation) ? one.url_citation : null;
        if (cited === null) return [];
        return [
          { type: 'source', sourceType: 'url', id: '', url: textOf(cited, 'url'), title: textOf(cited, 'title') },
        ];
      }),
    ],
    finishReason: reasonOf(choice.finish_reason, refusal !== ''),
    usage: usageOf(json.usage),
    response: { ...(typeof json.id === 'string' ? { id: json.id } : {}), ...created },
  };
}

/** Reads the chunks of a stream (platform.openai.com/docs/api-reference/chat-streaming). */
export function openaiStream(): EventReader {
  let model: unknown = null;
  let usage: unknown = null;
  let reason: unknown = null;
  let refused = false;
  let open: 'text' | 'reasoning' | null = null;
  const calls = createCalls();

  const closing = (): readonly SpokenPart[] => {
    const kind = open;
    open = null;
    return kind === null ? [] : [{ type: `${kind}-end`, id: kind }];
  };
  const told = (kind: 'text' | 'reasoning', delta: string): readonly SpokenPart[] => {
    const begins = open === kind ? [] : [...closing(), { type: `${kind}-start` as const, id: kind }];
    open = kind;
    return [...begins, { type: `${kind}-delta`, id: kind, delta }];
  };
  const read = (data: string): readonly SpokenPart[] => {
    const chunk = JSON.parse(data) as Json;
    if (chunk.error != null) {
      const { error } = chunk;
      throw new Error(isObject(error) ? textOf(error, 'message') : JSON.stringify(error));
    }
    model ??= chunk.model;
    if (chunk.usage != null) usage = chunk.usage;
    const choice = firstChoice(chunk);
    if (choice?.finish_reason != null) reason = choice.finish_reason;
    const delta = isObject(choice?.delta) ? choice.delta : null;
    if (delta === null) return [];
    if (textOf(delta, 'refusal') !== '') refused = true;
    const parts: SpokenPart[] = pieces(delta).flatMap(({ thinks, text }) => told(thinks ? 'reasoning' : 'text', text));
    const started = listOf(delta.tool_calls);
    if (started.length === 0) return parts;
    if (open === 'reasoning') parts.push(...closing());
    for (const call of started) parts.push(...calls.read(call));
    return parts;
  };
  return {
    get isComplete() {
      return reason !== null;
    },
    get told() {
      return { model, usage };
    },
    read,
    end: () => [
      ...closing(),
      ...calls.end(),
      { type: 'finish', finishReason: reasonOf(reason, refused), usage: usageOf(usage) },
    ],
  };
}

interface Call {
  readonly id: string;
  readonly name: string;
  input: string;
  metadata: { readonly providerMetadata?: Metadata };
}

/** Calls of tools that come piece by piece, at once or one after the other. */
function createCalls(): { read(delta: Json): readonly SpokenPart[]; end(): readonly SpokenPart[] } {
  const calls = new Map<unknown, Call>();
  /** Some tell the name after the beginning of the arguments. */
  const nameless = new Map<unknown, Json>();
  let newest: unknown = null;
  const keyOf = (delta: Json): unknown => {
    // Google's endpoint in this format has no indices.
    if (typeof delta.index === 'number') return delta.index;
    return textOf(delta, 'id') || newest;
  };
  return {
    read: (delta) => {
      const key = keyOf(delta);
      newest = key;
      const inner = isObject(delta.function) ? delta.function : {};
      const piece = textOf(inner, 'arguments');
      const known = calls.get(key);
      if (known !== undefined) {
        known.input += piece;
        return piece === '' ? [] : [{ type: 'tool-input-delta', id: known.id, delta: piece }];
      }
      const before = nameless.get(key) ?? {};
      const name = textOf(inner, 'name');
      const given = textOf(before, 'input') + piece;
      const id = textOf(before, 'id') || textOf(delta, 'id');
      if (name === '') {
        nameless.set(key, { id, input: given });
        return [];
      }
      const call: Call = { id: id || newCallId(), name, input: given, metadata: signatureOf(delta) };
      calls.set(key, call);
      const begins: SpokenPart = { type: 'tool-input-start', id: call.id, toolName: name };
      return given === '' ? [begins] : [begins, { type: 'tool-input-delta', id: call.id, delta: given }];
    },
    end: () =>
      [...calls.values()].map(({ id, name, input, metadata }) => ({
        type: 'tool-call',
        toolCallId: id,
        toolName: name,
        input: input === '' ? '{}' : input,
        ...metadata,
      })),
  };
}

function firstChoice(json: Json): Json | null {
  const first: unknown = Array.isArray(json.choices) ? json.choices[0] : undefined;
  return isObject(first) ? first : null;
}

/** What a message or a piece of one says, in order; Mistral and those like it have their content in parts. */
function pieces(message: Json): readonly { readonly thinks: boolean; readonly text: string }[] {
  const { content } = message;
  const said = [
    { thinks: true, text: textOf(message, 'reasoning_content') || textOf(message, 'reasoning') },
    ...(typeof content === 'string' ? [{ thinks: false, text: content }] : listOf(content).map(pieceOf)),
    { thinks: false, text: textOf(message, 'refusal') },
  ];
  return said.filter(({ text }) => text !== '');
}

function pieceOf(part: Json): { readonly thinks: boolean; readonly text: string } {
  if (part.type !== 'thinking') return { thinks: false, text: part.type === 'text' ? textOf(part, 'text') : '' };
  return {
    thinks: true,
    text: listOf(part.thinking)
      .map((one) => textOf(one, 'text'))
      .join(''),
  };
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as readonly unknown[]).filter(isObject) : [];
}

/** Gemini's signature, where Google's endpoint in OpenAI's format puts it. */
function signatureOf({ extra_content: extra }: Json): { readonly providerMetadata?: Metadata } {
  const google = isObject(extra) && isObject(extra.google) ? extra.google : {};
  const thoughtSignature = textOf(google, 'thought_signature');
  return thoughtSignature === '' ? {} : { providerMetadata: { google: { thoughtSignature } } };
}

function newCallId(): string {
  return `call_${randomUUID().replaceAll('-', '')}`;
}

/** Why it ended; a refusal ends as if it were an answer. */
function reasonOf(raw: unknown, refused: boolean): FinishReason {
  const known = reasons[String(raw)] ?? 'other';
  return {
    unified: known === 'stop' && refused ? 'content-filter' : known,
    raw: typeof raw === 'string' ? raw : undefined,
  };
}

const reasons: Readonly<Record<string, FinishReason['unified']>> = {
  stop: 'stop',
  length: 'length',
  content_filter: 'content-filter',
  function_call: 'tool-calls',
  tool_calls: 'tool-calls',
};

/** What a cache had is part of the input, thinking part of the output. */
function usageOf(raw: unknown): Usage {
  const usage = isObject(raw) ? raw : {};
  const count = (json: unknown, name: string): number | undefined =>
    isObject(json) && typeof json[name] === 'number' ? json[name] : undefined;
  const known = isObject(raw) ? 0 : undefined;
  const input = count(usage, 'prompt_tokens') ?? known;
  const output = count(usage, 'completion_tokens') ?? known;
  const cacheRead = count(usage.prompt_tokens_details, 'cached_tokens') ?? known;
  const cacheWrite = count(usage.prompt_tokens_details, 'cache_write_tokens');
  const reasoning = count(usage.completion_tokens_details, 'reasoning_tokens') ?? known;
  return {
    inputTokens: {
      total: input,
      noCache: input === undefined ? undefined : input - (cacheRead ?? 0) - (cacheWrite ?? 0),
      cacheRead,
      cacheWrite,
    },
    outputTokens: {
      total: output,
      text: output === undefined ? undefined : Math.max(0, output - (reasoning ?? 0)),
      reasoning,
    },
  };
}
