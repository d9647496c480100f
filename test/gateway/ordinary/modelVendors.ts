import type { ServerResponse } from 'node:http';
import { prose } from './prose.ts';
import { json, stream, type Asked, type Answering } from './answering.ts';

/** OpenAI and what speaks like it (Mistral), in health: chats, streams, tools, embeddings, files, lists. */
export const openai: Answering = ({ path, body, random }, response) => {
  if (path.endsWith('/chat/completions')) chat(body, random, response);
  else if (path.endsWith('/responses')) responses(body, random, response);
  else if (path.endsWith('/embeddings')) {
    const input = Array.isArray(body.input) ? body.input : [body.input];
    const data = input.map((_, index) => ({ object: 'embedding', index, embedding: numbers(random) }));
    json(response, 200, {
      object: 'list',
      id: 'e',
      data,
      model: 'embed',
      usage: { prompt_tokens: 8, total_tokens: 8 },
    });
  } else if (path.endsWith('/moderations')) {
    const categories = { violence: false };
    json(response, 200, { id: 'modr', model: 'omni', results: [{ flagged: false, categories, category_scores: {} }] });
  } else if (path.endsWith('/images/generations'))
    json(response, 200, { created: 1, data: [{ b64_json: 'iVBORw0KGgo=' }] });
  else if (path.includes('/files')) files(path, random, response);
  else if (path.endsWith('/models/gone'))
    refuse(response, 404, "The model 'gone' does not exist or you do not have access to it.", 'model_not_found');
  else if (path.endsWith('/models'))
    json(response, 200, { object: 'list', data: [{ id: 'm', object: 'model', owned_by: prose(random) }] });
  else refuse(response, 404, `Invalid URL (POST ${path})`, null);
};

function refuse(response: ServerResponse, status: number, message: string, code: string | null): void {
  json(response, status, { error: { message, type: 'invalid_request_error', param: null, code } });
}

const usage = { prompt_tokens: 12, completion_tokens: 40, total_tokens: 52 };

function chat(body: Asked['body'], random: Asked['random'], response: ServerResponse): void {
  if (body.model === 'bad') {
    refuse(
      response,
      400,
      "Unsupported parameter: 'max_tokens' is not supported with this model.",
      'unsupported_parameter',
    );
    return;
  }
  if (body.model === 'long') {
    refuse(
      response,
      400,
      "This model's maximum context length is 8192 tokens. However, you requested 9001 tokens.",
      'context_length_exceeded',
    );
    return;
  }
  const head = { id: 'chatcmpl-1', created: 1_760_000_000, model: 'm', system_fingerprint: 'fp' };
  if (body.stream === true) {
    const pieces = prose(random).split(/(?<= )/);
    const events = pieces.map((content) => ({
      ...head,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }],
    }));
    const last = {
      ...head,
      object: 'chat.completion.chunk',
      choices: [{ index: 0, delta: {}, finish_reason: 'stop' }],
      usage,
    };
    stream(response, [...events, last].map((event) => `data: ${JSON.stringify(event)}\n\n`).concat('data: [DONE]\n\n'));
    return;
  }
  const call = {
    id: 'call_1',
    type: 'function',
    function: { name: 'pay', arguments: JSON.stringify({ why: prose(random) }) },
  };
  const message =
    Array.isArray(body.tools) && body.tools.length > 0
      ? { role: 'assistant', content: null, tool_calls: [call] }
      : { role: 'assistant', content: prose(random), refusal: null };
  const choices = [
    { index: 0, message, logprobs: null, finish_reason: 'tool_calls' in message ? 'tool_calls' : 'stop' },
  ];
  json(
    response,
    200,
    { ...head, object: 'chat.completion', choices, usage },
    { 'x-ratelimit-remaining-requests': '0' },
  );
}

function responses(body: Asked['body'], random: Asked['random'], response: ServerResponse): void {
  const content = [{ type: 'output_text', text: prose(random), annotations: [], logprobs: [] }];
  const output = [{ type: 'message', id: 'msg_1', status: 'completed', role: 'assistant', content }];
  const details = { cached_tokens: 0, reasoning_tokens: 0 };
  const whole = {
    id: 'resp_1',
    object: 'response',
    created_at: 1,
    status: 'completed',
    error: null,
    incomplete_details: null,
    model: 'm',
    output,
    tools: [],
    usage: {
      input_tokens: 9,
      input_tokens_details: details,
      output_tokens: 9,
      output_tokens_details: details,
      total_tokens: 18,
    },
  };
  if (body.stream !== true) {
    json(response, 200, whole);
    return;
  }
  const item = { type: 'message', id: 'msg_1', status: 'in_progress', role: 'assistant', content: [] };
  const events = [
    { type: 'response.created', sequence_number: 0, response: { ...whole, status: 'in_progress', output: [] } },
    { type: 'response.output_item.added', sequence_number: 1, output_index: 0, item },
    {
      type: 'response.output_text.delta',
      sequence_number: 2,
      item_id: 'msg_1',
      output_index: 0,
      content_index: 0,
      delta: prose(random),
    },
    { type: 'response.output_item.done', sequence_number: 3, output_index: 0, item: output[0] },
    { type: 'response.completed', sequence_number: 4, response: whole },
  ];
  stream(
    response,
    events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
  );
}

function files(path: string, random: Asked['random'], response: ServerResponse): void {
  const file = {
    id: 'file-1',
    object: 'file',
    bytes: 120,
    created_at: 1,
    filename: 'invoices-unpaid.jsonl',
    purpose: 'batch',
    status: 'error',
    status_details: 'Your card was declined.',
  };
  if (path.endsWith('/content'))
    response.writeHead(200, { 'Content-Type': 'application/octet-stream' }).end(prose(random));
  else if (/\/files\/./.test(path)) json(response, 200, file);
  else
    json(
      response,
      200,
      path.includes('?') || path.endsWith('/files') ? { ...file, data: [file], has_more: false } : file,
    );
}

/** Anthropic in health. */
export const anthropic: Answering = ({ path, body, random }, response) => {
  if (path.endsWith('/count_tokens')) json(response, 200, { input_tokens: 402 });
  else if (path.includes('/batches/'))
    json(
      response,
      200,
      { id: 'b', type: 'message_batch', processing_status: 'in_progress', request_counts: { errored: 2, expired: 1 } },
      { 'retry-after': '10' },
    );
  else if (path.includes('/models/gone'))
    json(response, 404, {
      type: 'error',
      error: { type: 'not_found_error', message: 'model: gone' },
      request_id: 'req_1',
    });
  else if (path.includes('/models')) json(response, 200, { data: [{ id: 'claude', type: 'model' }], has_more: false });
  else messages(body, random, response);
};

function messages(body: Asked['body'], random: Asked['random'], response: ServerResponse): void {
  if (body.model === 'bad') {
    const message = 'max_tokens: 999999 > 8192, which is the maximum allowed number of output tokens';
    json(response, 400, { type: 'error', error: { type: 'invalid_request_error', message } });
    return;
  }
  const text = prose(random);
  const usage = { input_tokens: 10, output_tokens: 20 };
  const head = { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude', stop_sequence: null, usage };
  if (body.stream !== true) {
    const content = [{ type: 'text', text }];
    json(
      response,
      200,
      { ...head, content, stop_reason: 'end_turn' },
      { 'anthropic-ratelimit-requests-remaining': '0' },
    );
    return;
  }
  const events = [
    { type: 'message_start', message: { ...head, content: [], stop_reason: null } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'ping' },
    ...text.split(/(?<= )/).map((piece) => ({
      type: 'content_block_delta',
      index: 0,
      delta: { type: 'text_delta', text: piece },
    })),
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 20 } },
    { type: 'message_stop' },
  ];
  stream(
    response,
    events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
  );
}

/** The Gemini API in health. */
export const gemini: Answering = ({ path, random }, response) => {
  const usageMetadata = { promptTokenCount: 4, candidatesTokenCount: 9, totalTokenCount: 13 };
  const answer = (): object => ({
    candidates: [{ content: { role: 'model', parts: [{ text: prose(random) }] }, finishReason: 'STOP', index: 0 }],
    usageMetadata,
    modelVersion: 'gemini',
  });
  if (path.includes(':streamGenerateContent'))
    stream(
      response,
      Array.from({ length: 1 + random(4) }, () => `data: ${JSON.stringify(answer())}\r\n\r\n`),
    );
  else if (path.includes(':countTokens')) json(response, 200, { totalTokens: 429 });
  else if (path.includes('mbedContent')) json(response, 200, { embeddings: [{ values: numbers(random) }] });
  else if (path.includes('/models/gone'))
    json(response, 404, {
      error: { code: 404, message: 'models/gone is not found for API version v1beta', status: 'NOT_FOUND' },
    });
  else if (path.includes(':generateContent')) json(response, 200, answer());
  else json(response, 200, { models: [{ name: 'models/gemini', description: prose(random) }] });
};

function numbers(random: Asked['random']): readonly number[] {
  return Array.from({ length: 16 }, () => random(1000) / 1000);
}
