import type { Provider } from '../shared/provider.ts';
import type { Answer, Scene } from './answer.ts';

/**
 * The same refusal as a stream that begins well and breaks off with an error, as the vendor's dialect has it. Null for
 * a dialect whose streams end otherwise, and for an answer without an `error` object.
 */
export function midStream(provider: Provider | null, answer: Answer, scene: Scene): Answer | null {
  const error = errorOf(answer.body);
  if (error === null) return null;
  const body = events(provider, error, answer.body, scene);
  if (body === null) return null;
  return {
    status: 200,
    body,
    headers: { 'Content-Type': 'text/event-stream; charset=utf-8', 'Cache-Control': 'no-cache' },
  };
}

function events(provider: Provider | null, error: object, whole: unknown, scene: Scene): string | null {
  switch (provider?.dialect) {
    case 'anthropic':
      return anthropicEvents(whole, scene);
    case 'openai':
      if (scene.path.endsWith('/responses')) return responseEvents(error, scene);
      return provider.id === 'openrouter' ? openrouterEvents(error, scene) : openaiEvents(error, scene);
    case 'gemini':
    case 'stripe':
    case 'other':
    case undefined:
      return null;
  }
}

/** https://docs.anthropic.com/en/docs/build-with-claude/streaming, error events */
function anthropicEvents(whole: unknown, { id, model }: Scene): string {
  const message = {
    id: `msg_${id.slice(0, 24)}`,
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage: { input_tokens: 12, output_tokens: 1 },
  };
  return [
    ['message_start', { type: 'message_start', message }],
    ['content_block_start', { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }],
    ['content_block_delta', { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Of' } }],
    ['error', whole],
  ]
    .map(([name, data]) => `event: ${String(name)}\ndata: ${JSON.stringify(data)}\n\n`)
    .join('');
}

/** OpenAI's client takes a chunk with `error` for a failure of the stream. */
function openaiEvents(error: object, scene: Scene): string {
  return data(chunk(scene, { role: 'assistant', content: 'Of' }, null)) + data({ error });
}

/** https://openrouter.ai/docs/api_reference/errors-and-debugging: `error` beside `finish_reason: "error"`. */
function openrouterEvents(error: object, scene: Scene): string {
  return (
    ': OPENROUTER PROCESSING\n\n' +
    data(chunk(scene, { role: 'assistant', content: 'Of' }, null)) +
    data({ ...chunk(scene, { content: '' }, 'error'), error })
  );
}

/** https://platform.openai.com/docs/api-reference/responses-streaming */
function responseEvents(error: object, { id, now, model }: Scene): string {
  const response = { id: `resp_${id}`, object: 'response', created_at: Math.floor(now / 1000), model, output: [] };
  const created = {
    type: 'response.created',
    sequence_number: 0,
    response: { ...response, status: 'in_progress', error: null },
  };
  const failed = { type: 'response.failed', sequence_number: 1, response: { ...response, status: 'failed', error } };
  return `event: response.created\n${data(created)}event: response.failed\n${data(failed)}`;
}

function chunk({ id, now, model }: Scene, delta: object, finish: string | null): object {
  return {
    id: `chatcmpl-${id}`,
    object: 'chat.completion.chunk',
    created: Math.floor(now / 1000),
    model,
    choices: [{ index: 0, delta, finish_reason: finish }],
  };
}

function data(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

function errorOf(body: unknown): object | null {
  if (typeof body !== 'object' || body === null || !('error' in body)) return null;
  return typeof body.error === 'object' ? body.error : null;
}
