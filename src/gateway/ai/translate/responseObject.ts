import type { Json } from '../translation.ts';
import type { FinishReason, Usage } from './sdk.ts';

/** The frame of an answer of OpenAI's responses, which repeats much of the request. */
export function responseObject(id: string, model: string, request: Json, state: Json): Json {
  const said = (name: string, otherwise: unknown): unknown => request[name] ?? otherwise;
  return {
    id,
    object: 'response',
    created_at: Math.floor(Date.now() / 1000),
    status: 'in_progress',
    background: false,
    error: null,
    incomplete_details: null,
    instructions: said('instructions', null),
    max_output_tokens: said('max_output_tokens', null),
    model,
    output: [],
    output_text: '',
    parallel_tool_calls: said('parallel_tool_calls', true),
    previous_response_id: null,
    reasoning: { effort: null, summary: null, ...(said('reasoning', {}) as Json) },
    service_tier: 'default',
    store: false,
    temperature: said('temperature', 1),
    text: said('text', { format: { type: 'text' } }),
    tool_choice: said('tool_choice', 'auto'),
    tools: said('tools', []),
    top_p: said('top_p', 1),
    truncation: 'disabled',
    ...(typeof request.user === 'string' ? { user: request.user } : {}),
    metadata: said('metadata', {}),
    ...state,
  };
}

/** How it ended. */
export function endState({ unified }: FinishReason): Json {
  if (unified === 'length') return { status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' } };
  if (unified === 'content-filter') return { status: 'incomplete', incomplete_details: { reason: 'content_filter' } };
  return { status: 'completed' };
}

/** What was used. */
export function responsesUsage({ inputTokens, outputTokens }: Usage): Json {
  const input = inputTokens.total ?? 0;
  const output = outputTokens.total ?? 0;
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: inputTokens.cacheRead ?? 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: outputTokens.reasoning ?? 0 },
    total_tokens: input + output,
  };
}

/** A message of text. */
export function messageItem(id: string, text: string, status = 'completed'): Json {
  return { id, type: 'message', status, role: 'assistant', content: [textPart(text)] };
}

export function textPart(text: string): Json {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}

/** Thinking; `sealed` is what the vendor wants to see again. */
export function reasoningItem(id: string, text: string, sealed: string | null): Json {
  const summary = text === '' ? [] : [{ type: 'summary_text', text }];
  return { id, type: 'reasoning', summary, ...(sealed === null ? {} : { encrypted_content: sealed }) };
}

export function callItem(id: string, callId: string, name: string, args: string, status = 'completed'): Json {
  return { id, type: 'function_call', status, call_id: callId, name, arguments: args };
}
