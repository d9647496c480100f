import assert from 'node:assert/strict';
import OpenAI, { toFile } from 'openai';
import { closeAll, lastExchange, until } from '../gateway/support.ts';
import { answerOther, sound } from './openaiOthers.ts';
import { stage, vendors, type Stage } from './stage.ts';

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

  it('responses, embeddings, images and moderations reach their vendor', async () => {
    on.say('openai', ({ url }) => ({ json: { url } }));
    for (const path of ['/embeddings', '/images/generations', '/moderations']) {
      const response = await post(path, JSON.stringify({ model }));
      assert.equal(await response.text(), JSON.stringify({ url: `/v1${path}` }));
    }
    // The strict mock says which path it saw where it does not know it.
    assert.match(await (await post('/responses', JSON.stringify({ model, input: 'x' }))).text(), /\/v1\/responses/);
  });

  it('speech, transcriptions and edited images, byte for byte', async () => {
    on.say('openai', answerOther);
    const spoken = await on.openai.audio.speech.create({
      model: 'openai/gpt-4o-mini-tts',
      voice: 'alloy',
      input: 'Hi',
    });
    assert.equal(spoken.headers.get('content-type'), 'audio/mpeg');
    assert.deepEqual(Buffer.from(await spoken.arrayBuffer()), sound);
    const file = await toFile(sound, 'a.wav', { type: 'audio/wav' });
    const heard = await on.openai.audio.transcriptions.create({ model, file });
    assert.match(heard.text, /^[0-9a-f]{8}$/);
    assert.match(on.vendors.openai.last().raw, /name="model"\r\n\r\ngpt-4\.1\r\n/);
    await on.openai.audio.translations.create({ model, file });
    assert.equal(on.vendors.openai.last().url, '/v1/audio/translations');
    const image = await toFile(sound, 'a.png', { type: 'image/png' });
    const edited = await on.openai.images.edit({ model: 'openai/gpt-image-1', prompt: 'Larger', image });
    assert.equal(edited.data?.[0]?.b64_json, 'aW1hZ2U=');
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
