import { randomUUID } from 'node:crypto';
import { isObject, textOf } from '../translate/fields.ts';
import type { Content, FinishReason, Metadata, SpokenPart, Usage, WholeAnswer } from '../translate/sdk.ts';
import type { Json } from '../translation.ts';
import type { EventReader } from './dialect.ts';

/** Reads an answer of Gemini's (ai.google.dev/api/generate-content#GenerateContentResponse). */
export function geminiWhole(json: Json): WholeAnswer {
  const candidate = candidateOf(json);
  const blocked = blockReason(json);
  if (candidate === null && blocked === null) throw new Error('It has no candidates.');
  const content: Content[] = [];
  for (const part of partsOf(candidate)) {
    const metadata = signatureOf(part);
    if (isObject(part.functionCall)) content.push({ ...callOf(part.functionCall), ...metadata });
    else if (isObject(part.inlineData)) {
      content.push(drawn(part.inlineData));
    } else if (textOf(part, 'text') !== '')
      content.push({ type: part.thought === true ? 'reasoning' : 'text', text: textOf(part, 'text'), ...metadata });
    else {
      // A signature may come by itself, for what was said before.
      const last = content.at(-1);
      if (last !== undefined && part.text === '') Object.assign(last, metadata);
    }
  }
  const calls = content.some(({ type }) => type === 'tool-call');
  return {
    content,
    finishReason: reasonOf(candidate?.finishReason ?? null, blocked, calls),
    usage: usageOf(json.usageMetadata),
    response: typeof json.responseId === 'string' ? { id: json.responseId } : {},
  };
}

/** Reads the chunks of a stream, each of which is a part of an answer. */
export function geminiStream(): EventReader {
  let model: unknown = null;
  let usage: unknown = null;
  let reason: unknown = null;
  let blocked: string | null = null;
  let calls = false;
  let open: { readonly type: 'text' | 'reasoning'; readonly id: string } | null = null;
  let count = 0;

  const closing = (): readonly SpokenPart[] => {
    const block = open;
    open = null;
    return block === null ? [] : [{ type: `${block.type}-end`, id: block.id }];
  };
  const told = (type: 'text' | 'reasoning', delta: string, metadata: Signed): readonly SpokenPart[] => {
    const parts: SpokenPart[] = [];
    if (open?.type !== type) {
      parts.push(...closing());
      open = { type, id: String(count++) };
      parts.push({ type: `${type}-start`, id: open.id, ...metadata });
    }
    parts.push({ type: `${type}-delta`, id: open.id, delta, ...metadata });
    return parts;
  };
  const heard = (part: Json): readonly SpokenPart[] => {
    const metadata = signatureOf(part);
    if (isObject(part.functionCall)) {
      const call = callOf(part.functionCall);
      const { toolCallId: id, toolName, input } = call;
      calls = true;
      const given = part.functionCall.args == null ? [] : [{ type: 'tool-input-delta' as const, id, delta: input }];
      return [{ type: 'tool-input-start', id, toolName, ...metadata }, ...given, { ...call, ...metadata }];
    }
    if (isObject(part.inlineData)) return [...closing(), drawn(part.inlineData)];
    if (textOf(part, 'text') !== '')
      return told(part.thought === true ? 'reasoning' : 'text', textOf(part, 'text'), metadata);
    return open?.type === 'text' && metadata.providerMetadata !== undefined
      ? [{ type: 'text-delta', id: open.id, delta: '', ...metadata }]
      : [];
  };
  return {
    get isComplete() {
      return reason !== null || blocked !== null;
    },
    get told() {
      return { modelVersion: model, usageMetadata: usage };
    },
    read: (data) => {
      const chunk = JSON.parse(data) as Json;
      if (isObject(chunk.error)) throw new Error(textOf(chunk.error, 'message'));
      model ??= chunk.modelVersion;
      if (chunk.usageMetadata != null) usage = chunk.usageMetadata;
      blocked ??= blockReason(chunk);
      const candidate = candidateOf(chunk);
      if (blocked !== null || candidate === null) return [];
      const parts = partsOf(candidate).flatMap(heard);
      if (candidate.finishReason != null) reason = candidate.finishReason;
      return parts;
    },
    end: () => [
      ...closing(),
      { type: 'finish', finishReason: reasonOf(reason, blocked, calls), usage: usageOf(usage) },
    ],
  };
}

interface Signed {
  readonly providerMetadata?: Metadata;
}

function candidateOf(json: Json): Json | null {
  const first: unknown = Array.isArray(json.candidates) ? json.candidates[0] : undefined;
  return isObject(first) ? first : null;
}

function partsOf(candidate: Json | null): readonly Json[] {
  const content = isObject(candidate?.content) ? candidate.content : {};
  return Array.isArray(content.parts) ? (content.parts as readonly unknown[]).filter(isObject) : [];
}

function drawn({ mimeType, data }: Json): Extract<SpokenPart, { type: 'file' }> {
  return { type: 'file', mediaType: String(mimeType), data: String(data) };
}

function callOf(call: Json): Extract<Content, { type: 'tool-call' }> {
  const { args } = call;
  const toolCallId = textOf(call, 'id') || `call_${randomUUID().replaceAll('-', '')}`;
  const input = typeof args === 'string' ? args : JSON.stringify(args ?? {});
  return { type: 'tool-call', toolCallId, toolName: textOf(call, 'name'), input };
}

function signatureOf(part: Json): Signed {
  const thoughtSignature = textOf(part, 'thoughtSignature');
  return thoughtSignature === '' ? {} : { providerMetadata: { google: { thoughtSignature } } };
}

/** Why the prompt was not let in; null where it was. */
function blockReason(json: Json): string | null {
  const reason = isObject(json.promptFeedback) ? textOf(json.promptFeedback, 'blockReason') : '';
  return reason === '' || /^BLOCK(?:ED)?_REASON_UNSPECIFIED$/.test(reason) ? null : reason;
}

function reasonOf(raw: unknown, blocked: string | null, calls: boolean): FinishReason {
  if (raw === null) return { unified: blocked === null ? 'other' : 'content-filter', raw: blocked ?? undefined };
  const known = (typeof raw === 'string' ? reasons[raw] : undefined) ?? 'other';
  return {
    unified: known === 'stop' && calls ? 'tool-calls' : known,
    raw: typeof raw === 'string' ? raw : undefined,
  };
}

const reasons: Readonly<Record<string, FinishReason['unified']>> = {
  STOP: 'stop',
  MAX_TOKENS: 'length',
  CONTINUATION: 'length',
  IMAGE_SAFETY: 'content-filter',
  RECITATION: 'content-filter',
  SAFETY: 'content-filter',
  BLOCKLIST: 'content-filter',
  PROHIBITED_CONTENT: 'content-filter',
  SPII: 'content-filter',
  MALFORMED_FUNCTION_CALL: 'error',
};

/** Thoughts are counted beside what was said, what a cache had within the prompt. */
function usageOf(raw: unknown): Usage {
  const count = (name: string): number | undefined => {
    if (!isObject(raw)) return undefined;
    return typeof raw[name] === 'number' ? raw[name] : 0;
  };
  const [input, cacheRead] = [count('promptTokenCount'), count('cachedContentTokenCount')];
  const [text, reasoning] = [count('candidatesTokenCount'), count('thoughtsTokenCount')];
  return {
    inputTokens: {
      total: input,
      noCache: input === undefined ? undefined : input - (cacheRead ?? 0),
      cacheRead,
      cacheWrite: undefined,
    },
    outputTokens: { total: text === undefined ? undefined : text + (reasoning ?? 0), text, reasoning },
  };
}
