import { createHash } from 'node:crypto';
import { unknownKeys, type Json } from './dialects.ts';
import type { Answer, Received } from './vendors.ts';

/** What OpenAI takes beside conversations, by path (github.com/openai/openai-openapi). */
const fields: Readonly<Record<string, readonly string[]>> = {
  '/v1/embeddings': ['model', 'input', 'dimensions', 'encoding_format', 'user'],
  '/v1/images/generations': ['model', 'prompt', 'n', 'size', 'quality', 'output_format', 'background', 'user', 'style'],
  '/v1/audio/speech': ['model', 'input', 'voice', 'instructions', 'response_format', 'speed', 'stream_format'],
  '/v1/moderations': ['model', 'input'],
};
/** What it takes as a form, and the fields that such a form has to have. */
const forms: Readonly<Record<string, readonly string[]>> = {
  '/v1/images/edits': ['image', 'prompt', 'model'],
  '/v1/audio/transcriptions': ['file', 'model'],
  '/v1/audio/translations': ['file', 'model'],
};

/** What is wrong with a request for one of these; null where nothing is, undefined for another path. */
export function strictOther({ url, headers, body, raw }: Received): string | null | undefined {
  const wanted = fields[url];
  if (wanted !== undefined) return unknownKeys(body, wanted);
  const parts = forms[url];
  if (parts === undefined) return undefined;
  const boundary = /^multipart\/form-data; ?boundary=(?:"([^"]+)"|(\S+))$/.exec(headers['content-type'] ?? '');
  if (boundary === null) return 'not a form';
  if (!raw.trimEnd().endsWith(`--${boundary[1] ?? boundary[2] ?? ''}--`)) return 'the form has no end';
  const missing = parts.filter((name) => !new RegExp(`name="${name}(?:\\[\\])?"`).test(raw));
  return missing.length === 0 ? null : `no field ${missing.join(', ')}`;
}

/** Bytes that are no text in any coding, as sound is. */
export const sound = Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 37) % 256));

/** What OpenAI answers to them. */
export function answerOther({ url, body, raw }: Received): Answer {
  if (url === '/v1/embeddings') return { json: embeddings(body) };
  if (url === '/v1/audio/speech') return { headers: { 'Content-Type': 'audio/mpeg' }, bytes: sound };
  if (url.startsWith('/v1/audio/'))
    return {
      json: {
        text: createHash('md5').update(raw).digest('hex').slice(0, 8),
        usage: {
          type: 'tokens',
          input_tokens: 14,
          input_token_details: { text_tokens: 4, audio_tokens: 10 },
          output_tokens: 45,
          total_tokens: 59,
        },
      },
    };
  if (url === '/v1/moderations') return { json: { id: 'modr-1', model: body.model, results: [] } };
  return {
    json: {
      created: 1_713_833_628,
      data: [{ b64_json: 'aW1hZ2U=' }],
      ...{ background: 'opaque', output_format: 'png', size: '1024x1024', quality: 'medium' },
      usage: {
        total_tokens: 1106,
        input_tokens: 50,
        output_tokens: 1056,
        input_tokens_details: { text_tokens: 10, image_tokens: 40 },
      },
    },
  };
}

function embeddings(body: Json): Json {
  const inputs = [body.input].flat();
  const numbers = [0.25, -0.5, 1];
  const coded = Buffer.from(new Float32Array(numbers).buffer).toString('base64');
  const embedding = body.encoding_format === 'base64' ? coded : numbers;
  return {
    object: 'list',
    data: inputs.map((_, index) => ({ object: 'embedding', index, embedding })),
    model: body.model,
    usage: { prompt_tokens: 8, total_tokens: 8 },
  };
}
