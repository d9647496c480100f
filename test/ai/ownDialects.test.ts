import assert from 'node:assert/strict';
import { ownDialects } from '../../src/gateway/ai/own/ownDialects.ts';
import { askedIn } from '../../src/gateway/ai/translate/formats.ts';
import { targetOptions } from '../../src/gateway/ai/translate/targetOptions.ts';
import type { Json } from '../../src/gateway/ai/translation.ts';
import { byOwn, byPackage, comparable, jobFor, type Place } from './bothWays.ts';
import type { Said } from './dialects.ts';

const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const parameters = {
  type: 'object',
  properties: {
    city: { type: 'string', description: 'Which', minLength: 1 },
    unit: { type: ['string', 'null'], enum: ['c', 'f'] },
    days: { type: 'array', items: { anyOf: [{ type: 'integer' }, { type: 'null' }] } },
    more: { type: 'object', properties: {} },
  },
  required: ['city'],
  additionalProperties: false,
};
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

/** Requests that hold for some. */
Object.assign(requests, {
  'a file that is given': {
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is it?' },
          { type: 'image_url', image_url: { url: `data:image/png;base64,${pixel}` } },
          { type: 'file', file: { filename: 'a.pdf', file_data: 'data:application/pdf;base64,JVBERi0=' } },
        ],
      },
    ],
  },
  'a schema to keep to': {
    messages: [{ role: 'user', content: 'Hi' }],
    response_format: { type: 'json_schema', json_schema: { name: 'x', schema: parameters, strict: true } },
  },
  'how much to think': { messages: [{ role: 'user', content: 'Hi' }], reasoning_effort: 'low', temperature: 0.3 },
});

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

const claude: Place = { dialect: 'anthropic', provider: 'anthropic', model: 'claude-sonnet-4-5' };
const flash: Place = { dialect: 'gemini', provider: 'gemini', model: 'gemini-2.5-flash' };
const gemini3: Place = { dialect: 'gemini', provider: 'gemini', model: 'gemini-3-pro-preview' };
const deepseek: Place = { dialect: 'openai', provider: 'deepseek', model: 'deepseek-chat' };
const gpt4: Place = { dialect: 'openai', provider: 'openai', model: 'gpt-4.1' };
const gpt5: Place = { dialect: 'openai', provider: 'openai', model: 'gpt-5.1' };
const everywhere = [claude, flash, gemini3, deepseek, gpt4, gpt5];

/** What is not asked of everybody here: it has to be fetched first, or depends on the model. */
const left: Readonly<Record<string, readonly Place[]>> = {
  'images and files': [flash, gemini3, deepseek],
  'a schema to keep to': [claude],
  'how much to think': [claude, gpt4],
};

describe('What is spoken without a package is what the package speaks:', function () {
  this.timeout(30_000);
  for (const place of everywhere) {
    for (const [name, request] of Object.entries(requests))
      if (left[name]?.includes(place) !== true)
        it(`${name}, sent to ${place.model}`, async () => {
          const said: Said = { text: 'Hello', input: 1, output: 1 };
          for (const stream of [false, true]) {
            const body = { model: 'm', max_completion_tokens: 500, stream, ...request };
            const call = { body, format: 'chat' as const, place };
            const [one, other] = [await byOwn(call, said), await byPackage(call, said)];
            assert.deepEqual(comparable(one.sent), comparable(other.sent));
            assert.deepEqual(one.ignored, other.ignored);
          }
        });

    for (const [name, { thinking, ...rest }] of Object.entries(answers))
      it(`${name}, told by ${place.model} to callers of each format, whole and streamed`, async () => {
        // OpenAI keeps its thoughts to itself.
        const said = thinking === undefined || place.provider === 'openai' ? rest : { ...rest, thinking };
        for (const stream of [false, true]) {
          const chat = { model: 'm', max_tokens: 9, stream, stream_options: { include_usage: true } };
          const { messages } = requests['a question'] ?? {};
          for (const [format, body] of [
            ['chat', { ...chat, messages }],
            ['responses', { model: 'm', max_output_tokens: 9, stream, input: 'Hi' }],
            ['messages', { model: 'm', max_tokens: 9, stream, messages }],
          ] as const) {
            const call = { body, format, place };
            const [one, other] = [await byOwn(call, said), await byPackage(call, said)];
            assert.deepEqual(comparable(one.text), comparable(other.text));
          }
        }
      });
  }

  it('what needs to know the model’s generation, or a link to be followed, is left to the package', () => {
    const { messages } = requests['a question'] ?? {};
    const format = { type: 'json_schema', json_schema: { name: 'x', schema: parameters, strict: true } };
    const referring = { type: 'json_schema', json_schema: { name: 'x', schema: { $ref: '#/$defs/a', $defs: {} } } };
    const gemini4 = { ...flash, model: 'gemini-4-pro' };
    for (const [place, more] of [
      [claude, { reasoning_effort: 'high' }],
      [claude, { response_format: format }],
      [claude, { temperature: 2 }],
      [flash, { response_format: referring }],
      [flash, requests['images and files'] ?? {}],
      [gemini4, {}],
      [deepseek, requests['images and files'] ?? {}],
      [{ ...gpt5, model: 'gpt-6-sol' }, { reasoning_effort: 'high' }],
    ] as const) {
      const body = { messages, max_tokens: 9, ...more };
      const job = jobFor({ body, format: 'chat', place }, fetch);
      const { options } = targetOptions(askedIn(job), job);
      assert.equal(ownDialects[place.dialect]?.request(options, { ...job.target, stream: false }), null);
    }
  });
});
