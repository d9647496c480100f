import { isObject, textOf } from '../translate/fields.ts';
import type { Content, FinishReason, SpokenPart, Usage, WholeAnswer } from '../translate/sdk.ts';
import type { Json } from '../translation.ts';
import type { EventReader } from './dialect.ts';

/** Reads a message of Anthropic's (docs.anthropic.com/en/api/messages). */
export function anthropicWhole(json: Json): WholeAnswer {
  if (!Array.isArray(json.content)) throw new Error('It has no content.');
  return {
    content: (json.content as readonly unknown[]).filter(isObject).flatMap(contentOf),
    finishReason: reasonOf(json.stop_reason),
    usage: usageOf(isObject(json.usage) ? json.usage : {}),
    response: { id: textOf(json, 'id') },
  };
}

function contentOf(block: Json): readonly Content[] {
  switch (block.type) {
    case 'text':
      return [{ type: 'text', text: textOf(block, 'text') }];
    case 'thinking':
      return [
        {
          type: 'reasoning',
          text: textOf(block, 'thinking'),
          providerMetadata: { anthropic: { signature: textOf(block, 'signature') } },
        },
      ];
    case 'redacted_thinking':
      return [
        { type: 'reasoning', text: '', providerMetadata: { anthropic: { redactedData: textOf(block, 'data') } } },
      ];
    case 'tool_use':
      return [
        {
          type: 'tool-call',
          toolCallId: textOf(block, 'id'),
          toolName: textOf(block, 'name'),
          input: JSON.stringify(block.input ?? {}),
        },
      ];
    default:
      return [];
  }
}

/** Why it ended. */
function reasonOf(raw: unknown): FinishReason {
  const unified = reasons[String(raw)] ?? 'other';
  return { unified, raw: typeof raw === 'string' ? raw : undefined };
}

const reasons: Readonly<Record<string, FinishReason['unified']>> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  pause_turn: 'stop',
  tool_use: 'tool-calls',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  refusal: 'content-filter',
};

/** Anthropic counts what the cache read and took beside the rest. */
function usageOf(raw: Json): Usage {
  const count = (name: string): number => (typeof raw[name] === 'number' ? raw[name] : 0);
  const [cacheRead, cacheWrite] = [count('cache_read_input_tokens'), count('cache_creation_input_tokens')];
  const noCache = count('input_tokens');
  const details = isObject(raw.output_tokens_details) ? raw.output_tokens_details.thinking_tokens : undefined;
  const reasoning = typeof details === 'number' ? details : undefined;
  const total = count('output_tokens');
  return {
    inputTokens: { total: noCache + cacheRead + cacheWrite, noCache, cacheRead, cacheWrite },
    outputTokens: { total, text: reasoning === undefined ? undefined : total - reasoning, reasoning },
  };
}

interface Block {
  readonly type: string;
  readonly id: string;
  readonly name: string;
  input: string;
}

/** Reads the events of a message (docs.anthropic.com/en/docs/build-with-claude/streaming). */
export function anthropicStream(): EventReader {
  const blocks = new Map<unknown, Block>();
  let model: unknown = null;
  let usage: Json = {};
  let reason: unknown = null;

  const started = (index: unknown, block: Json): readonly SpokenPart[] => {
    const id = String(index);
    const type = textOf(block, 'type');
    const given = isObject(block.input) && Object.keys(block.input).length > 0 ? JSON.stringify(block.input) : '';
    blocks.set(index, { type, id: textOf(block, 'id'), name: textOf(block, 'name'), input: given });
    if (type === 'text') return [{ type: 'text-start', id }];
    if (type === 'thinking') return [{ type: 'reasoning-start', id }];
    if (type === 'redacted_thinking')
      return [
        { type: 'reasoning-start', id, providerMetadata: { anthropic: { redactedData: textOf(block, 'data') } } },
      ];
    return type === 'tool_use'
      ? [{ type: 'tool-input-start', id: textOf(block, 'id'), toolName: textOf(block, 'name') }]
      : [];
  };
  const further = (index: unknown, delta: Json): readonly SpokenPart[] => {
    const id = String(index);
    switch (delta.type) {
      case 'text_delta':
        return [{ type: 'text-delta', id, delta: textOf(delta, 'text') }];
      case 'thinking_delta':
        return [{ type: 'reasoning-delta', id, delta: textOf(delta, 'thinking') }];
      case 'signature_delta': {
        const providerMetadata = { anthropic: { signature: textOf(delta, 'signature') } };
        return [{ type: 'reasoning-delta', id, delta: '', providerMetadata }];
      }
      case 'input_json_delta': {
        const block = blocks.get(index);
        const piece = textOf(delta, 'partial_json');
        if (block?.type !== 'tool_use' || piece === '') return [];
        block.input += piece;
        return [{ type: 'tool-input-delta', id: block.id, delta: piece }];
      }
      default:
        return [];
    }
  };
  const stopped = (index: unknown): readonly SpokenPart[] => {
    const block = blocks.get(index);
    blocks.delete(index);
    const id = String(index);
    if (block?.type === 'text') return [{ type: 'text-end', id }];
    if (block?.type === 'thinking' || block?.type === 'redacted_thinking') return [{ type: 'reasoning-end', id }];
    if (block?.type !== 'tool_use') return [];
    return [{ type: 'tool-call', toolCallId: block.id, toolName: block.name, input: block.input || '{}' }];
  };

  return {
    get isComplete() {
      return reason !== null;
    },
    get told() {
      return { model, usage };
    },
    read: (data) => {
      const event = JSON.parse(data) as Json;
      switch (event.type) {
        case 'message_start': {
          const message = isObject(event.message) ? event.message : {};
          model = message.model;
          if (isObject(message.usage)) usage = message.usage;
          return [];
        }
        case 'content_block_start':
          return isObject(event.content_block) ? started(event.index, event.content_block) : [];
        case 'content_block_delta':
          return isObject(event.delta) ? further(event.index, event.delta) : [];
        case 'content_block_stop':
          return stopped(event.index);
        case 'message_delta':
          if (isObject(event.delta) && event.delta.stop_reason != null) reason = event.delta.stop_reason;
          if (isObject(event.usage)) usage = { ...usage, ...withoutGaps(event.usage) };
          return [];
        case 'error':
          throw new Error(isObject(event.error) ? textOf(event.error, 'message') : 'The provider failed.');
        default:
          return [];
      }
    },
    end: () => [{ type: 'finish', finishReason: reasonOf(reason), usage: usageOf(usage) }],
  };
}

function withoutGaps(json: Json): Json {
  return Object.fromEntries(Object.entries(json).filter(([, value]) => value != null));
}
