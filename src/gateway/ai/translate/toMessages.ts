import { randomUUID } from 'node:crypto';
import type { Json } from '../translation.ts';
import { blockOf } from './drawn.ts';
import { parsed } from './fields.ts';
import { sealed } from './remember.ts';
import type { Content, FinishReason, Usage, WholeAnswer } from './sdk.ts';

/** An answer in the format of Anthropic's messages. */
export function toMessages({ content, finishReason, usage, response }: WholeAnswer, model: string): Json {
  return {
    id: response?.id ?? `msg_${randomUUID().replaceAll('-', '')}`,
    type: 'message',
    role: 'assistant',
    model,
    content: content.flatMap(block),
    stop_reason: stopReason(finishReason),
    stop_sequence: null,
    stop_details: null,
    container: null,
    usage: { ...messagesUsage(usage), cache_creation: null, inference_geo: null, service_tier: null },
  };
}

function block(part: Content): readonly Json[] {
  switch (part.type) {
    case 'text':
      return [{ type: 'text', text: part.text, citations: null }];
    case 'reasoning': {
      const redacted = part.providerMetadata?.anthropic?.redactedData;
      if (typeof redacted === 'string') return [{ type: 'redacted_thinking', data: redacted }];
      return [{ type: 'thinking', thinking: part.text, signature: sealed(part.providerMetadata) ?? '' }];
    }
    case 'tool-call':
      if (part.providerExecuted === true) return [];
      return [
        {
          type: 'tool_use',
          id: part.toolCallId,
          name: part.toolName,
          input: part.input === '' ? {} : parsed(part.input),
          caller: { type: 'direct' },
        },
      ];
    case 'file':
      return [blockOf(part)];
    case 'source':
    case 'tool-result':
    case 'tool-approval-request':
      return [];
  }
}

/** Why it ended, in Anthropic's words. */
export function stopReason({ unified }: FinishReason): string {
  switch (unified) {
    case 'tool-calls':
      return 'tool_use';
    case 'length':
      return 'max_tokens';
    case 'content-filter':
      return 'refusal';
    case 'stop':
    case 'error':
    case 'other':
      return 'end_turn';
  }
}

/** What was used, as Anthropic counts: what a cache had stands beside the input. */
export function messagesUsage({ inputTokens, outputTokens }: Usage): Json {
  const cached = inputTokens.cacheRead ?? 0;
  const written = inputTokens.cacheWrite ?? 0;
  return {
    input_tokens: inputTokens.noCache ?? Math.max(0, (inputTokens.total ?? 0) - cached - written),
    output_tokens: outputTokens.total ?? 0,
    cache_read_input_tokens: cached,
    cache_creation_input_tokens: written,
    output_tokens_details: outputTokens.reasoning === undefined ? null : { thinking_tokens: outputTokens.reasoning },
    server_tool_use: null,
  };
}
