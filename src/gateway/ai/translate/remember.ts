import type { Json } from '../translation.ts';
import type { Turns } from '../turns.ts';
import { isObject, textOf } from './fields.ts';
import type { AssistantPart, Content, Metadata } from './sdk.ts';

type ReasoningPart = Extract<AssistantPart, { type: 'reasoning' }>;

/** Marks what a vendor wants to see again, where it travels in a field that another vendor's format has for its own. */
const mark = 'tollgate:';

/** Metadata as a text that clients keep; null where there is none. A signature of Anthropic's own stays what it is. */
export function sealed(metadata: Metadata | undefined): string | null {
  const signature = metadata?.anthropic?.signature;
  if (typeof signature === 'string') return signature;
  if (metadata === undefined || Object.keys(metadata).length === 0) return null;
  return mark + Buffer.from(JSON.stringify(metadata)).toString('base64');
}

/** The metadata behind such a text; a text without the mark is Anthropic's signature. */
export function unsealed(text: string): Metadata {
  if (!text.startsWith(mark)) return { anthropic: { signature: text } };
  try {
    return JSON.parse(Buffer.from(text.slice(mark.length), 'base64').toString('utf8')) as Metadata;
  } catch {
    return {};
  }
}

/**
 * Thinking that stands in a message of OpenAI's format: in `reasoning_details`, as OpenRouter has them
 * (openrouter.ai/docs/use-cases/reasoning-tokens), else what is remembered for the calls, else the bare text.
 */
export function reasoningBefore(message: Json, calls: readonly Json[], turns: Turns): ReasoningPart[] {
  const details = Array.isArray(message.reasoning_details) ? (message.reasoning_details as readonly unknown[]) : [];
  if (details.length > 0) return told(details.filter(isObject));
  for (const call of calls) {
    const kept = turns.find(textOf(call, 'id'))?.reasoning ?? [];
    if (kept.length > 0)
      return kept.map(({ text, metadata }) => ({ type: 'reasoning', text, ...options(metadata as Metadata | null) }));
  }
  const text = textOf(message, 'reasoning_content') || textOf(message, 'reasoning');
  return text === '' ? [] : [{ type: 'reasoning', text }];
}

/** A stream tells the text and the signature of one thought apart; clients put them after each other. */
function told(details: readonly Json[]): ReasoningPart[] {
  const thoughts = new Map<unknown, { text: string; signature: string }>();
  for (const one of details) {
    const index = one.index ?? thoughts.size;
    const known = thoughts.get(index) ?? { text: '', signature: '' };
    thoughts.set(index, {
      text: known.text + textOf(one, 'text'),
      signature: textOf(one, 'signature') || known.signature,
    });
  }
  return [...thoughts.values()].map(({ text, signature }) => reasoningPart(text, signature));
}

/** A piece of thinking with its signature; empty for none. */
export function reasoningPart(text: string, signature: string): ReasoningPart {
  return { type: 'reasoning', text, ...(signature === '' ? {} : options(unsealed(signature))) };
}

/** A tool call with what belongs to it: told as Google tells it in OpenAI's format, or remembered. */
export function withMetadata(
  part: Extract<AssistantPart, { type: 'tool-call' }>,
  call: Json,
  turns: Turns,
): AssistantPart {
  const extra = isObject(call.extra_content) && isObject(call.extra_content.google) ? call.extra_content.google : {};
  const signature = textOf(extra, 'thought_signature');
  const told: Metadata | null = signature === '' ? null : { google: { thoughtSignature: signature } };
  return {
    ...part,
    ...options(told ?? (turns.find(part.toolCallId)?.metadata as Metadata | null | undefined) ?? null),
  };
}

function options(metadata: Metadata | null): { readonly providerOptions?: Metadata } {
  return metadata === null ? {} : { providerOptions: metadata };
}

/** Remembers the calls of an answer with the thinking before them. */
export function remember(content: readonly Content[], turns: Turns): void {
  const reasoning = content.flatMap((part) =>
    part.type === 'reasoning' ? [{ text: part.text, metadata: part.providerMetadata ?? null }] : [],
  );
  for (const part of content)
    if (part.type === 'tool-call') {
      const metadata = part.providerMetadata ?? null;
      if (metadata !== null || reasoning.length > 0) turns.keep(part.toolCallId, { metadata, reasoning });
    }
}

/** Gemini's thought signature of a call; null where it has none. */
export function thoughtSignature(metadata: Metadata | undefined): string | null {
  for (const one of Object.values(metadata ?? {})) {
    const signature = (one as Json).thoughtSignature;
    if (typeof signature === 'string') return signature;
  }
  return null;
}
