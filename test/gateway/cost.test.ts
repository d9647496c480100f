import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { closeAll, gatewayWith, lastExchange, until, upstream, type GatewayFixture } from './support.ts';

describe('What a call cost:', () => {
  afterEach(closeAll);

  it('an OpenAI completion, by the price list of its model', async () => {
    const gateway = await gatewayTo('openai', json(completion));
    await openai(gateway).chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: 'Hi' }],
    });
    const { usage, costUsd, costEstimated } = await lastExchange(gateway);
    assert.deepEqual(usage, {
      model: 'gpt-4o-mini-2024-07-18',
      inputTokens: 1000,
      outputTokens: 500,
      cacheReadTokens: 0,
      cacheWriteTokens: 0,
      reasoningTokens: 100,
    });
    assert.equal(costUsd?.toFixed(6), '0.000450');
    assert.equal(costEstimated, true);
  });

  it('an OpenAI stream that ends with its usage', async () => {
    const gateway = await gatewayTo('openai', stream(streamed));
    const events = await openai(gateway).chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
      stream_options: { include_usage: true },
    });
    for await (const event of events) assert.ok(event.id !== '');
    assert.equal((await lastExchange(gateway)).costUsd?.toFixed(6), '0.000450');
  });

  it('an Anthropic stream, whose beginning and end tell each a part', async () => {
    const gateway = await gatewayTo('anthropic', stream(anthropicStream));
    const client = new Anthropic({ baseURL: `${gateway.url}/anthropic`, apiKey: 'k', maxRetries: 0 });
    const events = client.messages.stream({
      model: 'claude-sonnet-4-20250514',
      max_tokens: 900,
      messages: [{ role: 'user', content: 'Hi' }],
    });
    await events.finalMessage();
    const { usage, costUsd } = await lastExchange(gateway);
    assert.deepEqual(
      [usage?.inputTokens, usage?.outputTokens, usage?.cacheReadTokens, usage?.cacheWriteTokens],
      [600, 200, 400, 100],
    );
    // 100 at 3 USD a million, 400 at 0.30, 100 at 3.75, and 200 out at 15.
    assert.equal(costUsd?.toFixed(6), '0.003795');
  });

  it('OpenRouter tells it, which counts before any list', async () => {
    const gateway = await gatewayTo(
      'openrouter',
      json({ ...completion, usage: { ...completion.usage, cost: 0.0123 } }),
    );
    await fetch(`${gateway.url}/openrouter/api/v1/chat/completions`, post({ model: 'openai/gpt-4o-mini' }));
    const { costUsd, costEstimated } = await lastExchange(gateway);
    assert.deepEqual({ costUsd, costEstimated }, { costUsd: 0.0123, costEstimated: false });
  });

  it('an OpenAI stream that was not asked for its usage, by the length of what it says', async () => {
    const gateway = await gatewayTo('openai', stream([streamed[0] ?? '', 'data: [DONE]\n\n']));
    const events = await openai(gateway).chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: 'word '.repeat(800) }],
      stream: true,
    });
    for await (const event of events) assert.ok(event.id !== '');
    const { usage, costUsd, costEstimated } = await lastExchange(gateway);
    assert.deepEqual([usage?.guessed, usage?.outputTokens, costEstimated], [true, 2, true]);
    assert.ok((usage?.inputTokens ?? 0) > 1000 && (usage?.inputTokens ?? 0) < 1050);
    assert.ok((costUsd ?? 0) > 0.00015 && (costUsd ?? 0) < 0.00017);
  });

  it('a stream too long to be kept whole', async () => {
    const filler = streamed.slice(0, 1).map((event) => event.replace('Hello', 'x'.repeat(100_000)));
    const pieces = [...Array.from({ length: 15 }, () => filler).flat(), ...streamed];
    const gateway = await gatewayTo('openai', stream(pieces));
    await fetch(`${gateway.url}/openai/v1/chat/completions`, post({ model: 'gpt-4o-mini' })).then((answer) =>
      answer.text(),
    );
    const { costUsd, usage, response } = await lastExchange(gateway);
    assert.equal(response?.body.truncated, true);
    assert.equal(usage?.model, 'gpt-4o-mini-2024-07-18');
    assert.equal(costUsd?.toFixed(6), '0.000450');
  });

  it('a model that nobody knows has tokens and no cost', async () => {
    const gateway = await gatewayTo('openai', json({ ...completion, model: 'ours' }));
    await fetch(`${gateway.url}/openai/v1/chat/completions`, post({ model: 'ours' }));
    const { costUsd, usage, costEstimated } = await lastExchange(gateway);
    assert.deepEqual([costUsd, usage?.outputTokens, costEstimated], [null, 500, false]);
  });

  it('is added up by API, line and model, and stays when the log is cleared', async () => {
    const gateway = await gatewayTo('openai', json(completion));
    const began = Date.now();
    for (let call = 0; call < 3; call++)
      await fetch(`${gateway.url}/openai/v1/chat/completions`, post({ model: 'gpt-4o-mini' }));
    const query = { since: began - 1, by: 'model' } as const;
    const spending = await until(async () => {
      const [all] = await gateway.api.spending(query);
      return all?.calls === 3 && all;
    });
    assert.equal(spending.key, 'gpt-4o-mini');
    assert.equal(spending.tokens, 4500);
    assert.equal(spending.costUsd.toFixed(6), '0.001350');
    assert.equal((await gateway.api.spending({ since: 0, by: 'line' }))[0]?.key, null);
    assert.deepEqual(await gateway.api.spending({ since: Date.now() + 1, by: 'api' }), []);
    const byLog = await gateway.api.exchanges({ filter: 'cost>0.0004 tokens:1500', limit: 10 });
    assert.equal(byLog.total, 3);
    await gateway.api.clear();
    assert.equal((await gateway.api.spending({ since: 0, by: 'api' }))[0]?.calls, 3);
  });

  it('a rehearsed refusal costs nothing', async () => {
    const gateway = await gatewayTo('openai', json(completion));
    await gateway.api.simulate('openai', { cause: 'insufficient_funds', when: { kind: 'next', count: 1 } });
    await fetch(`${gateway.url}/openai/v1/chat/completions`, post({ model: 'gpt-4o-mini' }));
    assert.equal((await lastExchange(gateway)).costUsd, 0);
    assert.deepEqual(await gateway.api.spending({ since: 0, by: 'api' }), []);
  });
});

const completion = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-4o-mini-2024-07-18',
  choices: [
    { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'The "usage": {"a": 1} of it.' } },
  ],
  usage: {
    prompt_tokens: 1000,
    completion_tokens: 500,
    total_tokens: 1500,
    completion_tokens_details: { reasoning_tokens: 100 },
  },
};

const chunk = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: 'gpt-4o-mini-2024-07-18' };
const streamed = [
  { ...chunk, choices: [{ index: 0, delta: { content: 'Hello' } }], usage: null },
  { ...chunk, choices: [], usage: completion.usage },
]
  .map((event) => `data: ${JSON.stringify(event)}\n\n`)
  .concat('data: [DONE]\n\n');

const anthropicStream = [
  {
    type: 'message_start',
    message: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'claude-sonnet-4-20250514',
      content: [],
      usage: { input_tokens: 100, cache_read_input_tokens: 400, cache_creation_input_tokens: 100, output_tokens: 1 },
    },
  },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hello' } },
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 200 } },
  { type: 'message_stop' },
].map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);

function json(body: object): RequestListener {
  return (request, response) => {
    request.resume();
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  };
}

function stream(pieces: readonly string[]): RequestListener {
  return (request, response) => {
    request.resume();
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (const piece of pieces) response.write(piece);
    response.end();
  };
}

function post(body: object): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

function openai(gateway: GatewayFixture): OpenAI {
  return new OpenAI({ baseURL: `${gateway.url}/openai/v1`, apiKey: 'k', maxRetries: 0 });
}

async function gatewayTo(provider: string, listener: RequestListener): Promise<GatewayFixture> {
  const { url } = await upstream(listener);
  return gatewayWith({ [provider]: { provider, upstream: url } });
}
