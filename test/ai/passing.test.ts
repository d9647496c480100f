import assert from 'node:assert/strict';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { bodyText, closeAll, lastExchange, until } from '../gateway/support.ts';
import { stage, vendors, type Stage } from './stage.ts';
import { events, namedEvents } from './vendors.ts';

const { model } = vendors.openai;
const bare = 'gpt-4.1';
const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Hi' }];

describe('Calls in the vendor’s own dialect:', function () {
  this.timeout(30_000);
  let on: Stage;
  before(async () => {
    on = await stage({ openai: { ai: { models: { 'my-own': { price: { input: 2, output: 8 } } } } } });
  });
  after(closeAll);

  const post = (path: string, body: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    fetch(`${on.gateway.url}/v1${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${on.gateway.programKey}`, 'content-type': 'application/json', ...headers },
      body,
    });

  it('go out byte for byte but for the model’s name, and come back byte for byte', async () => {
    const odd = `{ "messages":[{"role":"user","content":"say \\"model\\": \\u0041"}],\n "metadata": {"model":"x"},  "model" : "${model}" ,"temperature":1.0 }`;
    const answer = '{"id":"a", "choices" : [], "usage":{"prompt_tokens":3,"completion_tokens":1}}';
    on.say('openai', () => ({ json: JSON.parse(answer) as unknown }));
    const response = await post('/chat/completions', odd);
    assert.equal(on.vendors.openai.last().raw, odd.replace(`"${model}"`, `"${bare}"`));
    assert.equal(await response.text(), JSON.stringify(JSON.parse(answer)));
    assert.equal(response.headers.get('x-tollgate-cost-usd'), '0.000014');
  });

  it('streams tell their usage for the log, and the client hears of it only where it asked', async () => {
    on.say('openai', { text: 'Hello', input: 1000, output: 200, cached: 400 });
    const seen: unknown[] = [];
    for await (const chunk of await on.openai.chat.completions.create({ model, messages, stream: true }))
      seen.push(chunk.choices.length, chunk.usage ?? null);
    assert.deepEqual(on.vendors.openai.last().body.stream_options, { include_usage: true });
    assert.ok(!seen.includes(0) && seen.filter((one) => typeof one === 'object' && one !== null).length === 0);
    const exchange = await until(async () => {
      const last = await lastExchange(on.gateway);
      return last.usage?.outputTokens === 200 && last;
    });
    // 600 fresh at 2, 400 cached at 0.5, 200 out at 8 dollars a million.
    assert.equal(exchange.costUsd?.toFixed(10), '0.0030000000');
    const asked = await on.openai.chat.completions.create({
      model,
      messages,
      stream: true,
      stream_options: { include_usage: true },
    });
    let usage: OpenAI.CompletionUsage | null | undefined = null;
    for await (const chunk of asked) usage = chunk.usage ?? usage;
    assert.equal(usage?.prompt_tokens, 1000);
  });

  it('a stream is passed on untouched where its usage was asked for', async () => {
    on.say('openai', { text: 'Hello', input: 1, output: 1 });
    const direct = await (
      await fetch(`${on.vendors.openai.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: 'Bearer sk-vendor', 'content-type': 'application/json' },
        body: JSON.stringify({ model: bare, messages, stream: true, stream_options: { include_usage: true } }),
      })
    ).text();
    const passed = await post(
      '/chat/completions',
      JSON.stringify({ model, messages, stream: true, stream_options: { include_usage: true } }),
    );
    assert.equal(await passed.text(), direct);
  });

  it('responses, embeddings, images and speech reach their vendor', async () => {
    on.say('openai', ({ url }) => {
      if (url === '/v1/embeddings')
        return {
          json: {
            object: 'list',
            data: [{ object: 'embedding', index: 0, embedding: [1, 2] }],
            usage: { prompt_tokens: 5, total_tokens: 5 },
          },
        };
      return { json: { url } };
    });
    for (const path of ['/responses', '/images/generations', '/moderations']) {
      const response = await post(path, JSON.stringify({ model, input: 'x' }));
      // The strict mock knows of chat only, and says which path it saw.
      assert.match(await response.text(), new RegExp(path));
    }
    const form = new FormData();
    form.set('file', new Blob(['RIFF'], { type: 'audio/wav' }), 'a.wav');
    form.set('model', model);
    await fetch(`${on.gateway.url}/v1/audio/transcriptions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${on.gateway.programKey}` },
      body: form,
    });
    assert.equal(on.vendors.openai.last().url, '/v1/audio/transcriptions');
    assert.match(on.vendors.openai.last().raw, /name="model"\r\n\r\ngpt-4\.1\r\n/);
  });

  it('the Anthropic SDK reaches Anthropic as if directly', async () => {
    on.say('anthropic', { text: 'Hello', thinking: 'Hm', signature: 'S', input: 9, output: 5 });
    const ask = {
      model: vendors.anthropic.model,
      max_tokens: 99,
      messages: [{ role: 'user' as const, content: 'Hi' }],
    };
    const whole = await on.anthropic.messages.create(ask).withResponse();
    assert.equal(whole.data.content.length, 2);
    assert.equal(whole.response.headers.get('x-tollgate-cost-usd'), '0.000102');
    const streamed = await on.anthropic.messages.stream(ask).finalMessage();
    assert.equal(streamed.content[0]?.type === 'thinking' && streamed.content[0].signature, 'S');
    assert.equal(on.vendors.anthropic.last().body.model, 'claude-sonnet-4-5');
  });

  it('prices are told where they are known, and nothing is told to be free', async () => {
    on.say('openai', { text: 'Hello', input: 1_000_000, output: 1 });
    const told = async (name: string): Promise<string | null> =>
      (await on.openai.chat.completions.create({ model: name, messages }).withResponse()).response.headers.get(
        'x-tollgate-cost-usd',
      );
    assert.equal(await told('openai/my-own'), '2.000008');
    assert.equal(await told('openai/never-heard-of'), 'unpriced');
  });

  it('a caller with a key of its own pays with that', async () => {
    const own = new OpenAI({ baseURL: `${on.gateway.url}/v1`, apiKey: 'sk-mine', maxRetries: 0 });
    await assert.rejects(own.chat.completions.create({ model, messages }), /Strict: no key/);
    assert.equal(on.vendors.openai.last().headers.authorization, 'Bearer sk-mine');
    const translated = own.chat.completions.create({ model: vendors.anthropic.model, messages });
    await assert.rejects(translated, /Strict: no key/);
    assert.equal(on.vendors.anthropic.last().headers['x-api-key'], 'sk-mine');
    assert.equal(on.vendors.anthropic.last().headers.authorization, undefined);
  });

  it('models are listed as their credentials are in hand, for both SDKs', async () => {
    const ids: string[] = [];
    for await (const one of on.openai.models.list()) ids.push(one.id);
    assert.ok(
      ids.includes('openai/gpt-4.1') && ids.includes('openai/my-own') && !ids.some((id) => id.startsWith('deepseek/')),
    );
    const all = (await (await fetch(`${on.gateway.url}/v1/models?all=1`)).json()) as {
      data: { id: string; owned_by: string }[];
    };
    assert.ok(all.data.length >= 1500 && new Set(all.data.map((one) => one.owned_by)).size >= 40);
    const some: string[] = [];
    for await (const one of on.anthropic.models.list()) some.push(one.id);
    assert.ok(some.includes(vendors.anthropic.model));
    const one = await on.openai.models.retrieve(vendors.anthropic.model);
    assert.equal(one.owned_by, 'anthropic');
  });
});

describe('Errors come back as the caller reads them:', function () {
  this.timeout(30_000);
  let on: Stage;
  before(async () => (on = await stage()));
  after(closeAll);

  it('what Anthropic refuses, to OpenAI’s SDK, with its status, when to come back, and a diagnosis', async () => {
    const error = { type: 'rate_limit_error', message: 'Slow down.' };
    on.say('anthropic', () => ({ status: 429, headers: { 'retry-after': '7' }, json: { type: 'error', error } }));
    const call = on.openai.chat.completions.create({ model: vendors.anthropic.model, messages });
    await assert.rejects(call, (caught: unknown) => {
      assert.ok(caught instanceof OpenAI.RateLimitError);
      assert.deepEqual([caught.status, caught.type, caught.headers.get('retry-after')], [429, 'rate_limit_error', '7']);
      return caught.message.includes('Slow down');
    });
    const exchange = await until(async () => {
      const last = await lastExchange(on.gateway);
      return last.status === 429 && last.diagnosis !== null && last;
    });
    assert.equal(exchange.diagnosis?.cause, 'rate_limit');
    assert.match((await bodyText(on.gateway, exchange.id, 'response')) ?? '', /"type":"error"/);
  });

  it('an account without credit, which Anthropic refuses with 400, streamed', async () => {
    const error = {
      type: 'invalid_request_error',
      message: 'Your credit balance is too low to access the Anthropic API.',
    };
    on.say('anthropic', () => ({ status: 400, json: { type: 'error', error } }));
    const call = on.openai.chat.completions.create({ model: vendors.anthropic.model, messages, stream: true });
    await assert.rejects(call, { status: 400, message: /credit balance/ });
    const exchange = await until(async () => {
      const last = await lastExchange(on.gateway);
      return last.status === 400 && last.diagnosis !== null && last;
    });
    assert.equal(exchange.diagnosis?.cause, 'insufficient_funds');
  });

  it('what Gemini and OpenAI refuse, to Anthropic’s SDK', async () => {
    on.say('gemini', () => ({
      status: 403,
      json: { error: { code: 403, message: 'No.', status: 'PERMISSION_DENIED' } },
    }));
    const ask = { max_tokens: 9, messages: [{ role: 'user' as const, content: 'Hi' }] };
    const denied = on.anthropic.messages.create({ ...ask, model: vendors.gemini.model });
    await assert.rejects(
      denied,
      (caught: unknown) => caught instanceof Anthropic.PermissionDeniedError && caught.type === 'permission_error',
    );
    on.say('groq', () => ({ status: 503, json: { error: { message: 'Busy.' } } }));
    await assert.rejects(on.anthropic.messages.create({ ...ask, model: vendors.groq.model }), {
      status: 503,
      type: 'overloaded_error',
    });
  });

  it('an overload of Anthropic’s is a 503 for others', async () => {
    on.say('anthropic', () => ({
      status: 529,
      json: { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    }));
    await assert.rejects(on.openai.chat.completions.create({ model: vendors.anthropic.model, messages }), {
      status: 503,
    });
  });

  it('a stream that breaks off does not look complete', async () => {
    on.say('anthropic', () => ({
      stream: namedEvents(
        {
          type: 'message_start',
          message: {
            id: 'm',
            type: 'message',
            role: 'assistant',
            model: 'm',
            content: [],
            stop_reason: null,
            usage: { input_tokens: 3, output_tokens: 1 },
          },
        },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hal' } },
      ),
      breaks: true,
    }));
    let text = '';
    const read = async (): Promise<void> => {
      for await (const chunk of await on.openai.chat.completions.create({
        model: vendors.anthropic.model,
        messages,
        stream: true,
      }))
        text += chunk.choices[0]?.delta.content ?? '';
    };
    await assert.rejects(read());
    assert.equal(text, 'Hal');
  });

  it('a refusal within a stream', async () => {
    on.say('groq', () => ({ stream: events({ error: { message: 'Out of order.', type: 'server_error' } }) }));
    const ask = { model: vendors.groq.model, max_tokens: 9, messages: [{ role: 'user' as const, content: 'Hi' }] };
    await assert.rejects(on.anthropic.messages.stream(ask).finalMessage(), /Out of order|could not be read/);
  });

  it('what this gateway refuses itself', async () => {
    const unknown = on.openai.chat.completions.create({ model: 'nobody/nothing', messages });
    await assert.rejects(unknown, {
      status: 404,
      code: 'not_found',
      type: 'not_found_error',
      message: /nobody\/nothing/,
    });
    const undeclared = on.anthropic.messages.create({
      model: 'deepseek/deepseek-chat',
      max_tokens: 9,
      messages: [{ role: 'user', content: 'Hi' }],
    });
    await assert.rejects(undeclared, { status: 404, type: 'not_found_error', message: /Add Provider/ });
    await on.gateway.api.setSecret('groq', null);
    const keyless = on.openai.chat.completions.create({ model: vendors.groq.model, messages });
    await assert.rejects(keyless, { status: 400, message: /Strict: no key/ });
  });
});

describe('Money for a stream that was left:', function () {
  this.timeout(30_000);
  after(closeAll);

  it('is counted for what came', async () => {
    const on = await stage();
    const text = 'word '.repeat(400);
    on.say('anthropic', () => ({
      stream: namedEvents(
        {
          type: 'message_start',
          message: {
            id: 'm',
            type: 'message',
            role: 'assistant',
            model: 'claude-sonnet-4-5',
            content: [],
            stop_reason: null,
            usage: { input_tokens: 1000, output_tokens: 1 },
          },
        },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } },
      ),
      breaks: true,
    }));
    const read = async (): Promise<void> => {
      for await (const chunk of await on.openai.chat.completions.create({
        model: vendors.anthropic.model,
        messages,
        stream: true,
      }))
        assert.ok(chunk.id);
    };
    await assert.rejects(read());
    const exchange = await lastExchange(on.gateway);
    assert.deepEqual(
      [exchange.state, exchange.usage?.inputTokens, exchange.usage?.outputTokens],
      ['failed', 1000, 500],
    );
    // 1,000 in at 3, 500 out at 15 dollars a million.
    assert.equal(exchange.costUsd?.toFixed(6), '0.010500');
  });
});
