import { randomUUID } from 'node:crypto';
import type { Json } from '../translation.ts';
import { imageInChat } from './drawn.ts';
import { chatReason, chatUsage, extraContent, reasoningDetail } from './toChat.ts';
import type { FinishReason, Metadata, SpokenPart } from './sdk.ts';
import type { StreamWriter } from './streamWriter.ts';

/** A stream in the format of OpenAI's chat completions (platform.openai.com/docs/api-reference/chat-streaming). */
export function chatStream({
  model,
  includeUsage,
}: {
  readonly model: string;
  readonly includeUsage: boolean;
}): StreamWriter {
  const head = {
    id: `chatcmpl-${randomUUID()}`,
    object: 'chat.completion.chunk',
    created: Math.floor(Date.now() / 1000),
    model,
  };
  let opened = false;
  const calls = new Map<string, number>();
  /** Calls whose arguments have been told piece by piece. */
  const told = new Set<string>();
  let thoughts = 0;
  let images = 0;
  const chunk = (delta: Json, reason: FinishReason | null = null): string => {
    const first = opened ? {} : { role: 'assistant', content: '' };
    opened = true;
    const finish_reason = reason === null ? null : chatReason(reason);
    const choices = [{ index: 0, delta: { ...first, ...delta }, logprobs: null, finish_reason }];
    return event({ ...head, choices, ...(includeUsage ? { usage: null } : {}) });
  };
  const opening = (id: string, name: string, args: string, extra: Json = {}): string => {
    const index = calls.size;
    calls.set(id, index);
    return chunk({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: args }, ...extra }] });
  };
  const further = (id: string, args: string, extra: Json = {}): string =>
    chunk({ tool_calls: [{ index: calls.get(id) ?? 0, function: { arguments: args }, ...extra }] });

  const sealing = (metadata: Metadata | undefined): string =>
    metadata === undefined ? '' : chunk({ reasoning_details: [reasoningDetail('', metadata, thoughts)] });

  const write = (part: SpokenPart): string => {
    switch (part.type) {
      case 'text-delta':
        return part.delta === '' ? '' : chunk({ content: part.delta });
      case 'reasoning-delta':
        return (
          (part.delta === ''
            ? ''
            : chunk({
                reasoning_content: part.delta,
                reasoning_details: [reasoningDetail(part.delta, undefined, thoughts)],
              })) + sealing(part.providerMetadata)
        );
      case 'reasoning-end': {
        const seal = sealing(part.providerMetadata);
        thoughts++;
        return seal;
      }
      case 'tool-input-start':
        return opening(part.id, part.toolName, '', extraContent(part.providerMetadata));
      case 'tool-input-delta':
        if (!calls.has(part.id) || part.delta === '') return '';
        told.add(part.id);
        return further(part.id, part.delta);
      case 'tool-call': {
        const extra = extraContent(part.providerMetadata);
        const args = part.input === '' ? '{}' : part.input;
        if (!calls.has(part.toolCallId)) return opening(part.toolCallId, part.toolName, args, extra);
        if (!told.has(part.toolCallId)) return further(part.toolCallId, args, extra);
        return Object.keys(extra).length > 0 ? further(part.toolCallId, '', extra) : '';
      }
      case 'file':
        return chunk({ images: [{ ...imageInChat(part), index: images++ }] });
      case 'finish':
        return (
          chunk({}, part.finishReason) +
          (includeUsage ? event({ ...head, choices: [], usage: chatUsage(part.usage) }) : '')
        );
      case 'text-start':
      case 'text-end':
      case 'reasoning-start':
        return '';
    }
  };
  return { begin: () => '', write, end: () => 'data: [DONE]\n\n' };
}

function event(data: Json): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}
