import { randomUUID } from 'node:crypto';
import type { Json } from '../translation.ts';
import { chatReason, chatUsage, extraContent, reasoningDetail } from './toChat.ts';
import type { FinishReason, SpokenPart } from './sdk.ts';

/** A stream in the format of OpenAI's chat completions (platform.openai.com/docs/api-reference/chat-streaming). */
export async function* chatStream(
  parts: AsyncIterable<SpokenPart>,
  { model, includeUsage }: { readonly model: string; readonly includeUsage: boolean },
): AsyncGenerator<string> {
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

  for await (const part of parts) {
    switch (part.type) {
      case 'text-delta':
        if (part.delta !== '') yield chunk({ content: part.delta });
        break;
      case 'reasoning-delta':
        if (part.delta !== '')
          yield chunk({
            reasoning_content: part.delta,
            reasoning_details: [reasoningDetail(part.delta, undefined, thoughts)],
          });
        if (part.providerMetadata !== undefined)
          yield chunk({ reasoning_details: [reasoningDetail('', part.providerMetadata, thoughts)] });
        break;
      case 'reasoning-end':
        if (part.providerMetadata !== undefined)
          yield chunk({ reasoning_details: [reasoningDetail('', part.providerMetadata, thoughts)] });
        thoughts++;
        break;
      case 'tool-input-start':
        yield opening(part.id, part.toolName, '', extraContent(part.providerMetadata));
        break;
      case 'tool-input-delta':
        if (!calls.has(part.id) || part.delta === '') break;
        told.add(part.id);
        yield further(part.id, part.delta);
        break;
      case 'tool-call': {
        const extra = extraContent(part.providerMetadata);
        const args = part.input === '' ? '{}' : part.input;
        if (!calls.has(part.toolCallId)) yield opening(part.toolCallId, part.toolName, args, extra);
        else if (!told.has(part.toolCallId)) yield further(part.toolCallId, args, extra);
        else if (Object.keys(extra).length > 0) yield further(part.toolCallId, '', extra);
        break;
      }
      case 'finish':
        yield chunk({}, part.finishReason);
        if (includeUsage) yield event({ ...head, choices: [], usage: chatUsage(part.usage) });
        break;
      case 'text-start':
      case 'text-end':
      case 'reasoning-start':
        break;
    }
  }
  yield 'data: [DONE]\n\n';
}

function event(data: Json): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}
