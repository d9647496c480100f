import { randomUUID } from 'node:crypto';
import type { Json } from '../translation.ts';
import { blockOf } from './drawn.ts';
import { sealed } from './remember.ts';
import type { Metadata, SpokenPart } from './sdk.ts';
import type { StreamWriter } from './streamWriter.ts';
import { messagesUsage, stopReason } from './toMessages.ts';

/** A stream in the format of Anthropic's messages (docs.anthropic.com/en/docs/build-with-claude/streaming). */
export function messagesStream(model: string): StreamWriter {
  const message = { id: `msg_${randomUUID().replaceAll('-', '')}`, type: 'message', role: 'assistant', model };
  const none = { total: undefined, noCache: undefined, cacheRead: undefined, cacheWrite: undefined };
  const nothing = messagesUsage({ inputTokens: none, outputTokens: { total: 0, text: 0, reasoning: undefined } });
  const usage = { ...nothing, cache_creation: null, inference_geo: null, service_tier: null };
  const ends = { stop_reason: null, stop_sequence: null, stop_details: null, container: null };
  const start = { ...message, content: [], ...ends, usage };
  let index = -1;
  /** The block that is open: Anthropic's have no gaps and do not overlap. */
  let open = null as string | null;
  let metadata: Metadata | undefined;
  const told = new Set<string>();
  /** The arguments of the call that is open, as far as they came. */
  let input = '';
  /** What came between the pieces of a call: OpenAI's calls may come in turns, Anthropic's blocks may not. */
  let held: SpokenPart[] = [];

  const begin = (id: string, block: Json): string => {
    open = id;
    index++;
    return event('content_block_start', { index, content_block: block });
  };
  const delta = (inner: Json): string => event('content_block_delta', { index, delta: inner });
  const close = (): string => {
    if (open === null) return '';
    const signature = open.startsWith('thinking ') ? sealed(metadata) : null;
    metadata = undefined;
    open = null;
    const seal = signature === null ? '' : delta({ type: 'signature_delta', signature });
    return seal + event('content_block_stop', { index });
  };

  const put = (part: SpokenPart): string => {
    let out = '';
    switch (part.type) {
      case 'text-start':
        out += close();
        out += begin(`text ${part.id}`, { type: 'text', text: '', citations: null });
        break;
      case 'text-delta':
        if (open !== `text ${part.id}`) {
          out += close();
          out += begin(`text ${part.id}`, { type: 'text', text: '', citations: null });
        }
        if (part.delta !== '') out += delta({ type: 'text_delta', text: part.delta });
        break;
      case 'reasoning-start': {
        out += close();
        const redacted = part.providerMetadata?.anthropic?.redactedData;
        if (typeof redacted === 'string') out += begin('redacted', { type: 'redacted_thinking', data: redacted });
        else out += begin(`thinking ${part.id}`, { type: 'thinking', thinking: '', signature: '' });
        metadata = part.providerMetadata;
        break;
      }
      case 'reasoning-delta':
        metadata = part.providerMetadata ?? metadata;
        if (part.delta !== '') out += delta({ type: 'thinking_delta', thinking: part.delta });
        break;
      case 'reasoning-end':
        metadata = part.providerMetadata ?? metadata;
        out += close();
        break;
      case 'tool-input-start':
        out += close();
        input = '';
        out += begin(`tool ${part.id}`, { type: 'tool_use', id: part.id, name: part.toolName, input: {}, ...direct });
        break;
      case 'tool-input-delta':
        if (open !== `tool ${part.id}` || part.delta === '') break;
        told.add(part.id);
        input += part.delta;
        out += delta({ type: 'input_json_delta', partial_json: part.delta });
        break;
      case 'tool-call':
        if (open !== `tool ${part.toolCallId}` && !told.has(part.toolCallId)) {
          out += close();
          out += begin(`tool ${part.toolCallId}`, {
            type: 'tool_use',
            id: part.toolCallId,
            name: part.toolName,
            input: {},
            ...direct,
          });
        }
        if (!told.has(part.toolCallId))
          out += delta({ type: 'input_json_delta', partial_json: part.input === '' ? '{}' : part.input });
        if (open === `tool ${part.toolCallId}`) out += close();
        told.add(part.toolCallId);
        break;
      case 'text-end':
        if (open === `text ${part.id}`) out += close();
        break;
      case 'file':
        out += close();
        out += begin('drawn', blockOf(part));
        out += close();
        break;
      case 'finish':
        out += close();
        out += event('message_delta', {
          delta: { ...ends, stop_reason: stopReason(part.finishReason) },
          usage: messagesUsage(part.usage),
        });
        break;
    }
    return out;
  };
  const isUnfinished = (): boolean => open?.startsWith('tool ') === true && !isJson(input);
  const hasToWait = (part: SpokenPart): boolean => {
    if (part.type === 'finish') return false;
    const id = part.type === 'tool-input-delta' ? part.id : part.type === 'tool-call' ? part.toolCallId : null;
    return (id === null || open !== `tool ${id}`) && isUnfinished();
  };
  const write = (part: SpokenPart): string => {
    if (hasToWait(part)) {
      held.push(part);
      return '';
    }
    if (held.length === 0) return put(part);
    const isEnd = part.type === 'finish';
    let out = isEnd ? '' : put(part);
    if (!isEnd && isUnfinished()) return out;
    const waited = held;
    held = [];
    for (const one of waited) out += isEnd ? put(one) : write(one);
    return isEnd ? out + put(part) : out;
  };
  return {
    begin: () => event('message_start', { message: start }),
    write,
    end: () => close() + event('message_stop', {}),
  };
}

/** Whoever calls a tool, it is not another tool. */
const direct = { caller: { type: 'direct' } };

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function event(type: string, data: Json): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
}
