import assert from 'node:assert/strict';
import type Anthropic from '@anthropic-ai/sdk';
import type OpenAI from 'openai';
import { closeAll, upstream } from '../gateway/support.ts';
import { stage, vendors, type Stage } from './stage.ts';

type Json = Readonly<Record<string, unknown>>;

const tool = {
  type: 'function' as const,
  function: { name: 'weather', parameters: { type: 'object', properties: {} } },
};
const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const user = (content: OpenAI.ChatCompletionUserMessageParam['content']): OpenAI.ChatCompletionMessageParam[] => [
  { role: 'user', content },
];

describe('What a translation keeps:', function () {
  this.timeout(30_000);
  let on: Stage;
  before(async () => (on = await stage()));
  after(closeAll);

  const sentTo = (name: 'anthropic' | 'gemini' | 'mistral' | 'cohere' | 'groq' | 'openai'): Json =>
    on.vendors[name].last().body;

  it('Anthropic’s thinking and its signature, through clients that keep unknown fields and such that drop them', async () => {
    const { model } = vendors.anthropic;
    on.say('anthropic', {
      ...{ text: '', thinking: 'Let me see.', signature: 'SIGNED', stop: 'tool', input: 9, output: 9 },
      calls: [{ id: 'toolu_1', name: 'weather', input: {} }],
    });
    const ask = { model, messages: user('Hi'), tools: [tool], reasoning_effort: 'high' as const };
    const first = await on.openai.chat.completions.create(ask);
    assert.equal((first.choices[0]?.message as unknown as Json).reasoning_content, 'Let me see.');
    assert.deepEqual(sentTo('anthropic').thinking, { type: 'enabled', budget_tokens: 24_576 });
    const { content = null, tool_calls: calls = [] } = first.choices[0]?.message ?? {};
    const result = { role: 'tool' as const, tool_call_id: 'toolu_1', content: 'fine' };
    for (const message of [first.choices[0]?.message, { role: 'assistant' as const, content, tool_calls: calls }]) {
      assert.ok(message !== undefined);
      await on.openai.chat.completions.create({ ...ask, messages: [...user('Hi'), message, result] });
      const turns = sentTo('anthropic').messages as readonly { content: readonly Json[] }[];
      assert.deepEqual(turns[1]?.content[0], { type: 'thinking', thinking: 'Let me see.', signature: 'SIGNED' });
    }
  });

  it('Anthropic’s signature through a stream of OpenAI’s format and through responses', async () => {
    const { model } = vendors.anthropic;
    on.say('anthropic', {
      ...{ text: '', thinking: 'Once more.', signature: 'STREAMED', stop: 'tool', input: 9, output: 9 },
      calls: [{ id: 'toolu_2', name: 'weather', input: {} }],
    });
    const details: Json[] = [];
    for await (const chunk of await on.openai.chat.completions.create({
      model,
      messages: user('Hi'),
      tools: [tool],
      stream: true,
    })) {
      const delta = (chunk.choices[0]?.delta ?? {}) as Json;
      if (Array.isArray(delta.reasoning_details)) details.push(...(delta.reasoning_details as Json[]));
    }
    assert.ok(details.some(({ signature }) => signature === 'STREAMED'));
    const call = { id: 'toolu_2', type: 'function' as const, function: { name: 'weather', arguments: '{}' } };
    const assistant = { role: 'assistant', content: null, tool_calls: [call] } as const;
    const result = { role: 'tool' as const, tool_call_id: 'toolu_2', content: 'fine' };
    const kept = { ...assistant, reasoning_details: details } as unknown as OpenAI.ChatCompletionMessageParam;
    for (const message of [kept, { ...assistant, tool_calls: [call] }]) {
      await on.openai.chat.completions.create({
        model,
        messages: [...user('Hi'), message, result],
        tools: [tool],
        reasoning_effort: 'low',
      });
      const turns = sentTo('anthropic').messages as readonly { content: readonly Json[] }[];
      assert.deepEqual(turns[1]?.content[0], { type: 'thinking', thinking: 'Once more.', signature: 'STREAMED' });
    }
    const response = await on.openai.responses.create({ model, input: 'Hi', reasoning: { effort: 'low' } });
    const input = [
      { role: 'user', content: 'Hi' },
      ...response.output,
      { type: 'function_call_output', call_id: 'toolu_2', output: 'fine' },
    ];
    await on.openai.responses.create({
      model,
      input: input as OpenAI.Responses.ResponseInput,
      reasoning: { effort: 'low' },
    });
    const turns = sentTo('anthropic').messages as readonly { content: readonly Json[] }[];
    assert.deepEqual(turns[1]?.content[0], { type: 'thinking', thinking: 'Once more.', signature: 'STREAMED' });
  });

  it('Gemini’s thought signatures, on the call, remembered, and in Anthropic’s format', async () => {
    const { model } = vendors.gemini;
    on.say('gemini', {
      text: '',
      stop: 'tool',
      input: 9,
      output: 9,
      calls: [{ id: 'g1', name: 'weather', input: {}, signature: 'THOUGHT' }],
    });
    const ask = { model, messages: user('Hi'), tools: [tool] };
    const first = await on.openai.chat.completions.create(ask);
    const message = first.choices[0]?.message;
    const [call] = message?.tool_calls ?? [];
    assert.ok(message !== undefined && call?.type === 'function');
    assert.deepEqual((call as unknown as Json).extra_content, { google: { thought_signature: 'THOUGHT' } });
    const result = { role: 'tool' as const, tool_call_id: call.id, content: 'fine' };
    const bare = {
      role: 'assistant' as const,
      content: null,
      tool_calls: [{ id: call.id, type: 'function' as const, function: call.function }],
    };
    for (const one of [message, bare]) {
      await on.openai.chat.completions.create({ ...ask, messages: [...user('Hi'), one, result] });
      const contents = sentTo('gemini').contents as readonly { parts: readonly Json[] }[];
      assert.equal(contents[1]?.parts[0]?.thoughtSignature, 'THOUGHT');
    }
    const asked: Anthropic.MessageParam[] = [{ role: 'user', content: 'Hi' }];
    const tools = [{ name: 'weather', input_schema: { type: 'object' as const } }];
    const said = await on.anthropic.messages.stream({ model, max_tokens: 99, messages: asked, tools }).finalMessage();
    const use = said.content.find((block) => block.type === 'tool_use');
    assert.ok(use !== undefined);
    asked.push(
      { role: 'assistant', content: said.content },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: use.id, content: 'fine' }] },
    );
    await on.anthropic.messages.create({ model, max_tokens: 99, messages: asked, tools });
    const contents = sentTo('gemini').contents as readonly { parts: readonly Json[] }[];
    assert.equal(contents[1]?.parts[0]?.thoughtSignature, 'THOUGHT');
  });

  it('images and files, as data and by link', async () => {
    const { url } = await upstream((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'image/png' }).end(Buffer.from(pixel, 'base64'));
    });
    on.say('anthropic', { text: 'A pixel', input: 1, output: 1 });
    on.say('gemini', { text: 'A pixel', input: 1, output: 1 });
    const pdf = {
      filename: 'a.pdf',
      file_data: `data:application/pdf;base64,${Buffer.from('%PDF-1.4').toString('base64')}`,
    };
    const content: OpenAI.ChatCompletionContentPart[] = [
      { type: 'text', text: 'What is it?' },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${pixel}` } },
      { type: 'image_url', image_url: { url: `${url}/pixel.png` } },
      { type: 'file', file: pdf },
    ];
    await on.openai.chat.completions.create({ model: vendors.anthropic.model, messages: user(content) });
    const [turn] = sentTo('anthropic').messages as readonly { content: readonly Json[] }[];
    assert.deepEqual(turn?.content[1], {
      type: 'image',
      source: { type: 'base64', media_type: 'image/png', data: pixel },
    });
    assert.deepEqual(turn.content[2], { type: 'image', source: { type: 'url', url: `${url}/pixel.png` } });
    assert.equal(turn.content[3]?.type, 'document');
    await on.openai.chat.completions.create({ model: vendors.gemini.model, messages: user(content) });
    const [first] = sentTo('gemini').contents as readonly { parts: readonly Json[] }[];
    const inline = first?.parts.map((part) => part.inlineData as Json | undefined);
    assert.deepEqual(
      inline?.map((one) => one?.mimeType),
      [undefined, 'image/png', 'image/png', 'application/pdf'],
    );
    assert.equal(inline[2]?.data, pixel);
    const block = {
      type: 'image' as const,
      source: { type: 'base64' as const, media_type: 'image/png' as const, data: pixel },
    };
    on.say('groq', { text: 'A pixel', input: 1, output: 1 });
    await on.anthropic.messages.create({
      model: vendors.groq.model,
      max_tokens: 9,
      messages: [{ role: 'user', content: [block] }],
    });
    const [message] = sentTo('groq').messages as readonly { content: readonly Json[] }[];
    assert.deepEqual(message?.content[0], { type: 'image_url', image_url: { url: `data:image/png;base64,${pixel}` } });
  });

  it('structured output, stops, seeds and limits, each in its vendor’s words', async () => {
    const schema = {
      type: 'object',
      properties: { city: { type: 'string' } },
      required: ['city'],
      additionalProperties: false,
    };
    const ask = {
      messages: user('Hi'),
      response_format: { type: 'json_schema' as const, json_schema: { name: 'place', schema, strict: true } },
      stop: ['END'],
      max_completion_tokens: 77,
      temperature: 0.5,
      top_p: 0.9,
    };
    for (const name of ['anthropic', 'gemini', 'mistral', 'cohere'] as const)
      on.say(name, { text: '{"city":"Oslo"}', input: 1, output: 1 });
    await on.openai.chat.completions.create({ ...ask, top_p: null, model: vendors.anthropic.model });
    assert.deepEqual(sentTo('anthropic').stop_sequences, ['END']);
    assert.equal(sentTo('anthropic').max_tokens, 77);
    assert.match(JSON.stringify(sentTo('anthropic')), /"city"/);
    await on.openai.chat.completions.create({ ...ask, model: vendors.gemini.model, seed: 7 });
    const config = sentTo('gemini').generationConfig as Json;
    assert.deepEqual(
      [config.stopSequences, config.maxOutputTokens, config.seed, config.responseMimeType],
      [['END'], 77, 7, 'application/json'],
    );
    const { response } = await on.openai.chat.completions
      .create({ ...ask, seed: 7, model: vendors.mistral.model })
      .withResponse();
    assert.deepEqual([sentTo('mistral').random_seed, sentTo('mistral').max_tokens], [7, 77]);
    assert.equal(response.headers.get('x-tollgate-ignored') ?? '', sentTo('mistral').stop === undefined ? 'stop' : '');
    await on.openai.chat.completions.create({ ...ask, seed: 7, model: vendors.cohere.model });
    assert.deepEqual([sentTo('cohere').stop_sequences, sentTo('cohere').seed, sentTo('cohere').p], [['END'], 7, 0.9]);
  });

  it('an answer that was cut short says so to each client', async () => {
    const { model } = vendors.gemini;
    on.say('gemini', { text: 'Once upon', stop: 'length', input: 1, output: 1 });
    const chat = await on.openai.chat.completions.create({ model, messages: user('Hi') });
    assert.equal(chat.choices[0]?.finish_reason, 'length');
    const response = await on.openai.responses.create({ model, input: 'Hi' });
    assert.deepEqual([response.status, response.incomplete_details?.reason], ['incomplete', 'max_output_tokens']);
    const message = await on.anthropic.messages.create({
      model,
      max_tokens: 9,
      messages: [{ role: 'user', content: 'Hi' }],
    });
    assert.equal(message.stop_reason, 'max_tokens');
  });

  it('names what a vendor cannot honour, and refuses it where strictness is asked for', async () => {
    const { model } = vendors.anthropic;
    on.say('anthropic', { text: 'Hello', input: 1, output: 1 });
    const ask = { model, messages: user('Hi'), seed: 4, logit_bias: { 5: 1 }, n: 1, presence_penalty: 1 };
    const { response } = await on.openai.chat.completions.create(ask).withResponse();
    const ignored = response.headers.get('x-tollgate-ignored')?.split(', ').sort();
    assert.deepEqual(ignored, ['logit_bias', 'presence_penalty', 'seed']);
    const streamed = await on.openai.chat.completions.create({ ...ask, stream: true }).withResponse();
    assert.match(streamed.response.headers.get('x-tollgate-ignored') ?? '', /seed/);
    for await (const chunk of streamed.data) assert.ok(chunk.object);
    const calls = on.vendors.anthropic.received.length;
    const headers = { 'x-tollgate-strict': 'true' };
    await assert.rejects(on.openai.chat.completions.create(ask, { headers }), {
      status: 400,
      code: 'unsupported_field',
      message: /seed/,
    });
    assert.equal(on.vendors.anthropic.received.length, calls);
    await on.openai.chat.completions.create({ model, messages: user('Hi') }, { headers });
    await assert.rejects(on.openai.responses.create({ model, input: 'Hi', previous_response_id: 'resp_1' }), {
      status: 400,
      param: 'previous_response_id',
    });
  });
});
