import assert from 'node:assert/strict';
import { createSseReader } from '../../src/gateway/ai/own/sseReader.ts';
import { ownDialects } from '../../src/gateway/ai/own/ownDialects.ts';
import { askedIn, streamWriter, writtenWhole } from '../../src/gateway/ai/translate/formats.ts';
import { targetOptions } from '../../src/gateway/ai/translate/targetOptions.ts';
import { translated } from '../../src/gateway/ai/translate/translated.ts';
import type { Json, TranslationJob } from '../../src/gateway/ai/translation.ts';
import { createTurns } from '../../src/gateway/ai/turns.ts';
import { anthropic, type Said } from './dialects.ts';

const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] };
const tools = [{ type: 'function', function: { name: 'weather', description: 'Tells it', parameters } }];
const call = (id: string) => ({ id, type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } });

/** Requests of OpenAI's format, by what is particular about them. */
const requests: Readonly<Record<string, Json>> = {
  'a question': { messages: [{ role: 'user', content: 'Hi' }] },
  settings: {
    messages: [{ role: 'user', content: 'Hi' }],
    ...{ temperature: 0.5, top_k: 7, stop: 'END', max_tokens: 77, user: 'u', seed: 3, presence_penalty: 1 },
  },
  'two who speak first': {
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'developer', content: [{ type: 'text', text: 'Use tools.' }] },
      { role: 'user', content: [{ type: 'text', text: 'a' }] },
      { role: 'user', content: 'b' },
      { role: 'assistant', content: 'So it begins: ' },
    ],
    top_p: 0.9,
  },
  'tools at once and their results': {
    tools,
    tool_choice: 'required',
    parallel_tool_calls: false,
    messages: [
      { role: 'user', content: 'Weather?' },
      { role: 'assistant', content: 'I look.', tool_calls: [call('a'), call('b')] },
      { role: 'tool', tool_call_id: 'a', content: 'cold' },
      { role: 'tool', tool_call_id: 'b', content: [{ type: 'text', text: 'warm' }] },
      { role: 'user', content: 'And?' },
    ],
  },
  'a tool by its name': {
    tools,
    tool_choice: { type: 'function', function: { name: 'weather' } },
    messages: [{ role: 'user', content: 'Hi' }],
  },
  'thinking with its signature': {
    messages: [
      { role: 'user', content: 'Hi' },
      {
        role: 'assistant',
        content: 'Yes?',
        reasoning_details: [{ type: 'reasoning.text', text: 'Hm', signature: 'SIGNED', index: 0 }],
      },
      { role: 'user', content: 'Go on' },
    ],
  },
  'images and files': {
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is it?' },
          { type: 'image_url', image_url: { url: `data:image/png;base64,${pixel}` } },
          { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
          { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' } },
        ],
      },
    ],
  },
};

/** Answers, by what is particular about them. */
const answers: Readonly<Record<string, Said>> = {
  'a text': { text: 'Hello, Ærø 🌊', input: 9, output: 5, cached: 3 },
  'one that was cut short': { text: 'Once upon', stop: 'length', input: 1, output: 1 },
  'thinking, a text and two calls': {
    ...{ text: 'I look.', thinking: 'Hm …', signature: 'SIGNED', stop: 'tool', input: 9, output: 5 },
    calls: [
      { id: 'a', name: 'weather', input: { city: 'Oslo' } },
      { id: 'b', name: 'now', input: {} },
    ],
  },
};

function jobFor(body: Json, format: TranslationJob['format'], fetch: typeof globalThis.fetch): TranslationJob {
  return {
    ...{ format, body, name: 'anthropic/claude-sonnet-4-5', strict: false, download: fetch, fetch },
    target: {
      dialect: 'anthropic',
      provider: 'anthropic',
      model: 'claude-sonnet-4-5',
      url: 'http://v/v1',
      output: 64_000,
    },
    turns: createTurns(),
    signal: new AbortController().signal,
  };
}

/** What the package of the AI SDK sends, and makes of an answer. */
async function byPackage(
  body: Json,
  format: TranslationJob['format'],
  said: Said,
): Promise<{ sent: Json; text: string; ignored: string[] }> {
  let sent: Json = {};
  const vendor = (_url: unknown, init: RequestInit = {}): Promise<Response> => {
    sent = JSON.parse(init.body as string) as Json;
    return Promise.resolve(respond(said, sent));
  };
  const found = await translated(jobFor(body, format, vendor));
  if (found.kind === 'refused') throw new Error(found.message);
  let text = '';
  if (found.kind === 'whole') text = JSON.stringify(found.body);
  else for await (const event of found.events) text += event;
  return { sent, text, ignored: [...found.ignored].sort() };
}

function respond(said: Said, body: Json): Response {
  const { json, stream } = anthropic.answer(said, { url: '', headers: {}, raw: '', body });
  if (stream === undefined) return Response.json(json);
  return new Response(stream.map(String).join(''), { headers: { 'Content-Type': 'text/event-stream' } });
}

/** What this gateway sends and makes of it without a package. */
async function byOwn(
  body: Json,
  format: TranslationJob['format'],
  said: Said,
): Promise<{ sent: Json; text: string; ignored: string[] }> {
  const job = jobFor(body, format, fetch);
  const dialect = ownDialects.anthropic;
  assert.ok(dialect !== undefined);
  const asked = askedIn(job);
  const { options, ignored } = targetOptions(asked, job);
  const made = dialect.request(options, { ...job.target, stream: asked.stream });
  assert.ok(made !== null, 'it is spoken here');
  const bytes = new Uint8Array(await respond(said, made.body).arrayBuffer());
  const left = [...ignored, ...made.ignored].sort();
  if (!asked.stream) {
    const whole = dialect.whole(JSON.parse(Buffer.from(bytes).toString()) as Json);
    return { sent: made.body, text: JSON.stringify(writtenWhole(job, asked, whole)), ignored: left };
  }
  const writer = streamWriter(job, asked);
  const events = dialect.stream();
  let text = writer.begin();
  const reader = createSseReader((data) => {
    for (const part of events.read(data)) text += writer.write(part);
  });
  // In pieces that keep to no border, not even of a letter.
  for (let at = 0; at < bytes.length; at += 7) reader.read(bytes.subarray(at, at + 7));
  reader.end();
  assert.ok(events.isComplete);
  for (const part of events.end()) text += writer.write(part);
  return { sent: made.body, text: text + writer.end(), ignored: left };
}

/** Without what is random, and without a wish of the package's that its pieces of arguments come unchecked. */
function comparable(value: unknown): unknown {
  const text = JSON.stringify(value)
    .replace(/(chatcmpl|msg|resp|rs|fc)[-_][0-9a-f-]{32,36}/g, '$1')
    .replace(/\\"created(?:_at)?\\":\d+/g, '')
    .replaceAll(',"eager_input_streaming":true', '');
  return JSON.parse(text);
}

describe('What is spoken without a package is what the package speaks:', function () {
  this.timeout(30_000);
  for (const [name, request] of Object.entries(requests))
    it(`${name}, sent to Anthropic`, async () => {
      const said: Said = { text: 'Hello', input: 1, output: 1 };
      for (const stream of [false, true]) {
        const body = { model: 'm', max_completion_tokens: 500, stream, ...request };
        const [one, other] = [await byOwn(body, 'chat', said), await byPackage(body, 'chat', said)];
        assert.deepEqual(comparable(one.sent), comparable(other.sent));
        assert.deepEqual(one.ignored, other.ignored);
      }
    });

  for (const [name, said] of Object.entries(answers))
    it(`${name}, told by Anthropic to callers of each format, whole and streamed`, async () => {
      for (const stream of [false, true]) {
        const chat = { model: 'm', max_tokens: 9, stream, stream_options: { include_usage: true } };
        const { messages } = requests['a question'] ?? {};
        for (const [format, body] of [
          ['chat', { ...chat, messages }],
          ['responses', { model: 'm', max_output_tokens: 9, stream, input: 'Hi' }],
        ] as const) {
          const [one, other] = [await byOwn(body, format, said), await byPackage(body, format, said)];
          assert.deepEqual(comparable(one.text), comparable(other.text));
        }
      }
    });

  it('what needs to know the model’s generation is left to the package', () => {
    const { messages } = requests['a question'] ?? {};
    const format = { type: 'json_schema', json_schema: { name: 'x', schema: parameters, strict: true } };
    for (const more of [{ reasoning_effort: 'high' }, { response_format: format }, { temperature: 2 }]) {
      const job = jobFor({ messages, max_tokens: 9, ...more }, 'chat', fetch);
      const { options } = targetOptions(askedIn(job), job);
      assert.equal(ownDialects.anthropic?.request(options, { ...job.target, stream: false }), null);
    }
  });
});
