import { answerOther, strictOther } from './openaiOthers.ts';
import type { Received } from './vendors.ts';
import { events, namedEvents, type Answer } from './vendors.ts';

/** One answer that every vendor can give in its own way: thinking, a text, and two calls of tools at once. */
export interface Said {
  readonly text: string;
  readonly thinking?: string;
  readonly signature?: string;
  readonly calls?: readonly {
    readonly id: string;
    readonly name: string;
    readonly input: object;
    readonly signature?: string;
  }[];
  readonly stop?: 'stop' | 'length' | 'tool';
  readonly input: number;
  readonly output: number;
  readonly cached?: number;
}

export type Json = Readonly<Record<string, unknown>>;

/** What is wrong with a request by the vendor's own description; null where nothing is. */
type Strict = (received: Received) => string | null;

/** A vendor's dialect: its strictness, and how it says something. */
export interface Spoken {
  readonly strict: Strict;
  readonly answer: (said: Said, received: Received) => Answer;
}

/** The fields that a vendor does not know. */
export function unknownKeys(body: Json, allowed: readonly string[]): string | null {
  const unknown = Object.keys(body).filter((key) => !allowed.includes(key));
  return unknown.length === 0 ? null : `unknown fields ${unknown.join(', ')}`;
}

/** https://docs.anthropic.com/en/api/messages: roles take turns, results stand first in the turn after their calls. */
export const anthropic: Spoken = {
  strict: ({ url, headers, body }) => {
    if (url !== '/v1/messages') return `path ${url}`;
    if (headers['x-api-key'] !== 'sk-vendor') return 'no key';
    if (headers['anthropic-version'] === undefined) return 'no version';
    const keys = [
      'model',
      'max_tokens',
      'messages',
      'system',
      'stream',
      'temperature',
      'top_p',
      'top_k',
      'stop_sequences',
      'tools',
      'tool_choice',
      'thinking',
      'metadata',
      'output_config',
      'output_format',
    ];
    const wrong = unknownKeys(body, keys);
    if (wrong !== null) return wrong;
    if (typeof body.max_tokens !== 'number') return 'max_tokens is required';
    const sent = body.messages as readonly { role: string; content: string | readonly Json[] }[];
    const messages = sent.map(
      ({ role, content }) =>
        ({
          role,
          content: typeof content === 'string' ? [{ type: 'text', text: content }] : content,
        }) as const satisfies { role: string; content: readonly Json[] },
    );
    let open = new Set<unknown>();
    for (const [index, { role, content }] of messages.entries()) {
      if (role !== (index % 2 === 0 ? 'user' : 'assistant')) return `messages.${String(index)}: roles must alternate`;
      if (role === 'user') {
        const results = content.filter(({ type }) => type === 'tool_result').map(({ tool_use_id: id }) => id);
        if (results.length !== open.size || results.some((id) => !open.has(id)))
          return 'each tool_use must have its tool_result in the next message';
        const firstOther = content.findIndex(({ type }) => type !== 'tool_result');
        if (firstOther !== -1 && firstOther < results.length) return 'tool_result blocks must come first';
      } else {
        open = new Set(content.filter(({ type }) => type === 'tool_use').map(({ id }) => id));
        const thinks = content.findIndex(({ type }) => type === 'thinking');
        if (thinks > 0) return 'thinking must come first';
        if (thinks === 0 && typeof content[0]?.signature !== 'string') return 'thinking needs its signature';
      }
    }
    return null;
  },
  answer: (said, { body }) => {
    const usage = {
      input_tokens: said.input - (said.cached ?? 0),
      cache_read_input_tokens: said.cached ?? 0,
      cache_creation_input_tokens: 0,
    };
    const reason = { stop: 'end_turn', length: 'max_tokens', tool: 'tool_use' }[said.stop ?? 'stop'];
    const blocks: Json[] = [
      ...(said.thinking === undefined
        ? []
        : [{ type: 'thinking', thinking: said.thinking, signature: said.signature }]),
      ...(said.text === '' ? [] : [{ type: 'text', text: said.text }]),
      ...(said.calls ?? []).map(({ id, name, input }) => ({ type: 'tool_use', id, name, input })),
    ];
    const message = { id: 'msg_1', type: 'message', role: 'assistant', model: String(body.model), stop_sequence: null };
    if (body.stream !== true)
      return {
        json: { ...message, content: blocks, stop_reason: reason, usage: { ...usage, output_tokens: said.output } },
      };
    const deltas = blocks.flatMap((block, index) => {
      const at = (type: string, more: Json) => ({ type, index, ...more });
      const delta = (inner: Json) => at('content_block_delta', { delta: inner });
      const end = at('content_block_stop', {});
      if (block.type === 'thinking')
        return [
          at('content_block_start', { content_block: { type: 'thinking', thinking: '', signature: '' } }),
          delta({ type: 'thinking_delta', thinking: block.thinking }),
          delta({ type: 'signature_delta', signature: block.signature }),
          end,
        ];
      if (block.type === 'text') {
        const text = String(block.text);
        const pieces = [text.slice(0, 2), text.slice(2)].map((piece) => delta({ type: 'text_delta', text: piece }));
        return [at('content_block_start', { content_block: { type: 'text', text: '' } }), ...pieces, end];
      }
      const args = JSON.stringify(block.input);
      const pieces = [args.slice(0, 4), args.slice(4)].map((piece) =>
        delta({ type: 'input_json_delta', partial_json: piece }),
      );
      return [at('content_block_start', { content_block: { ...block, input: {} } }), ...pieces, end];
    });
    return {
      stream: namedEvents(
        {
          type: 'message_start',
          message: { ...message, content: [], stop_reason: null, usage: { ...usage, output_tokens: 1 } },
        },
        { type: 'ping' },
        ...deltas,
        {
          type: 'message_delta',
          delta: { stop_reason: reason, stop_sequence: null },
          usage: { output_tokens: said.output },
        },
        { type: 'message_stop' },
      ),
    };
  },
};

const chatKeys = [
  'model',
  'messages',
  'stream',
  'stream_options',
  'temperature',
  'top_p',
  'max_tokens',
  'stop',
  'tools',
  'tool_choice',
  'parallel_tool_calls',
  'response_format',
  'presence_penalty',
  'frequency_penalty',
];

function chatAnswer(said: Said, body: Json, prefix: string): Answer {
  const calls = (said.calls ?? []).map(({ id, name, input }, index) => ({
    index,
    id,
    type: 'function',
    function: { name, arguments: JSON.stringify(input) },
  }));
  const reason = { stop: 'stop', length: 'length', tool: 'tool_calls' }[said.stop ?? 'stop'];
  const usage = {
    prompt_tokens: said.input,
    completion_tokens: said.output,
    total_tokens: said.input + said.output,
    ...(said.cached === undefined ? {} : { prompt_tokens_details: { cached_tokens: said.cached } }),
  };
  const head = { id: `${prefix}-1`, created: 1_700_000_000, model: String(body.model) };
  if (body.stream !== true) {
    const message = {
      role: 'assistant',
      content: said.text,
      ...(said.thinking === undefined ? {} : { reasoning_content: said.thinking }),
      ...(calls.length === 0 ? {} : { tool_calls: calls }),
    };
    return {
      json: { ...head, object: 'chat.completion', choices: [{ index: 0, message, finish_reason: reason }], usage },
    };
  }
  const chunk = (delta: Json, finish: string | null = null, more: Json = {}) => ({
    ...head,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason: finish }],
    ...more,
  });
  const asked = (body.stream_options as Json | undefined)?.include_usage === true;
  const always = prefix === 'mistral';
  return {
    stream: events(
      chunk({ role: 'assistant', content: '' }),
      ...(said.thinking === undefined ? [] : [chunk({ reasoning_content: said.thinking })]),
      ...(said.text === '' ? [] : [chunk({ content: said.text.slice(0, 2) }), chunk({ content: said.text.slice(2) })]),
      ...calls.map((call) => chunk({ tool_calls: [call] })),
      chunk({}, reason, always ? { usage } : {}),
      ...(asked && !always ? [{ ...head, object: 'chat.completion.chunk', choices: [], usage }] : []),
      '[DONE]',
    ),
  };
}

/** https://docs.mistral.ai/api: unknown fields are refused, ids of calls have nine letters and digits. */
export const mistral: Spoken = {
  strict: ({ url, headers, body }) => {
    if (url !== '/v1/chat/completions') return `path ${url}`;
    if (headers.authorization !== 'Bearer sk-vendor') return 'no key';
    const wrong = unknownKeys(body, [
      ...chatKeys.filter((key) => key !== 'stream_options'),
      'random_seed',
      'safe_prompt',
      'document_image_limit',
      'document_page_limit',
      'reasoning_effort',
    ]);
    if (wrong !== null) return wrong;
    for (const message of body.messages as readonly Json[])
      if (!['system', 'user', 'assistant', 'tool'].includes(String(message.role)))
        return `role ${String(message.role)}`;
    return null;
  },
  answer: (said, { body }) => chatAnswer(said, body, 'mistral'),
};

/** What vendors with OpenAI's dialect take at least (platform.openai.com/docs/api-reference/chat). */
export const openai: Spoken = {
  strict: (received) => {
    const { url, headers, body } = received;
    if (headers.authorization !== 'Bearer sk-vendor') return 'no key';
    const other = strictOther(received);
    if (other !== undefined) return other;
    if (!url.endsWith('/chat/completions')) return `path ${url}`;
    return unknownKeys(body, [
      ...chatKeys,
      'max_completion_tokens',
      'n',
      'seed',
      'user',
      'reasoning_effort',
      'store',
      'logprobs',
      'metadata',
    ]);
  },
  answer: (said, received) =>
    strictOther(received) === undefined ? chatAnswer(said, received.body, 'chatcmpl') : answerOther(received),
};
