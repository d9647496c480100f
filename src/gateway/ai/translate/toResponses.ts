import { randomUUID } from 'node:crypto';
import type { Json } from '../translation.ts';
import { drawnItem } from './drawn.ts';
import { sealed } from './remember.ts';
import { callItem, endState, messageItem, reasoningItem, responseObject, responsesUsage } from './responseObject.ts';
import type { Content, WholeAnswer } from './sdk.ts';

/** An answer in the format of OpenAI's responses. */
export function toResponses({ content, finishReason, usage }: WholeAnswer, model: string, request: Json): Json {
  const text = content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('');
  return responseObject(newId('resp'), model, request, {
    ...endState(finishReason),
    output: content.flatMap(item),
    output_text: text,
    usage: responsesUsage(usage),
  });
}

/** An id as OpenAI's look. */
export function newId(kind: string): string {
  return `${kind}_${randomUUID().replaceAll('-', '')}`;
}

function item(part: Content): readonly Json[] {
  if (part.type === 'text') return [messageItem(newId('msg'), part.text)];
  if (part.type === 'reasoning') return [reasoningItem(newId('rs'), part.text, sealed(part.providerMetadata))];
  if (part.type === 'file') return [drawnItem(newId('ig'), part)];
  if (part.type !== 'tool-call' || part.providerExecuted === true) return [];
  return [callItem(newId('fc'), part.toolCallId, part.toolName, part.input === '' ? '{}' : part.input)];
}
