import assert from 'node:assert/strict';
import path from 'node:path';
import OpenAI from 'openai';
import type { RouteState } from '../../src/shared/modelRoute.ts';
import { bodyText, closeAll, gatewayWith, lastExchange } from '../gateway/support.ts';
import {
  aliases,
  down,
  hi,
  keyOf,
  outOfMoney,
  routeStage,
  speak,
  speakAnthropic,
  tooFast,
  wholeText,
  type RouteStage,
} from './routeStage.ts';

async function stateOf({ gateway }: RouteStage, name: string): Promise<RouteState | undefined> {
  return (await gateway.api.routes()).find((one) => one.name === name);
}

/** How each try of the newest exchange went. */
async function triesOf({ gateway }: RouteStage): Promise<readonly (readonly unknown[])[]> {
  const { attempts = [] } = await lastExchange(gateway);
  return attempts.map(({ api, credential, status, cause, outcome }) => [api, credential, status, cause, outcome]);
}

describe('An alias', function () {
  this.timeout(30_000);
  let on: RouteStage;
  before(async () => (on = await routeStage(aliases)));
  beforeEach(async () => {
    await on.gateway.api.resetRoutes(null);
    for (const one of Object.values(on.vendors)) one.received.length = 0;
    on.say('openai', speak);
    on.say('groq', speak);
    on.say('anthropic', speakAnthropic);
  });
  after(closeAll);

  it('stands for a model: its name is replaced, the client’s request is kept beside the upstream’s, and models list it', async () => {
    const { data, response } = await on.openai.chat.completions
      .create({ model: 'fast', messages: hi, top_p: 0.25 })
      .withResponse();
    assert.equal(data.choices[0]?.message.content, 'Hello');
    assert.equal(response.headers.get('x-tollgate-model'), 'openai/gpt-4.1');
    assert.ok(Number(response.headers.get('x-tollgate-cost-usd')) > 0);
    const { body } = on.vendors.openai.last();
    assert.deepEqual([body.model, body.temperature, body.top_p], ['gpt-4.1', 0.5, 0.25]);
    const exchange = await lastExchange(on.gateway);
    assert.deepEqual([exchange.route, exchange.model, exchange.attempts], ['fast', 'gpt-4.1', undefined]);
    assert.deepEqual(exchange.stages?.changes, [{ kind: 'alias', alias: 'fast', model: 'openai/gpt-4.1' }]);
    assert.match((await bodyText(on.gateway, exchange.id, 'clientRequest')) ?? '', /"model":"fast"/);
    assert.match((await bodyText(on.gateway, exchange.id, 'request')) ?? '', /"model":"gpt-4.1"/);
    assert.match((await bodyText(on.gateway, exchange.id, 'clientResponse')) ?? '', /Hello/);
    assert.ok((exchange.costUsd ?? 0) > 0);
    const listed = await on.openai.models.list();
    assert.equal(listed.data[0]?.id, 'fast');
  });

  it('goes to the next credential, then to a provider of another dialect, when money is gone; and straight there afterwards', async () => {
    on.say('openai', () => outOfMoney);
    const { data, response } = await on.openai.chat.completions.create({ model: 'smart', messages: hi }).withResponse();
    assert.equal(data.choices[0]?.message.content, 'Hello');
    assert.equal(response.headers.get('x-tollgate-model'), 'anthropic/claude-sonnet-4-5');
    assert.match(
      response.headers.get('x-tollgate-attempts') ?? '',
      /openai\/openai 429 refused, openai\/second 429 refused, anthropic/,
    );
    assert.deepEqual(on.vendors.openai.received.map(keyOf), ['sk-openai', 'sk-second']);
    assert.deepEqual(await triesOf(on), [
      ['openai', 'openai', 429, 'insufficient_funds', 'refused'],
      ['openai', 'second', 429, 'insufficient_funds', 'refused'],
      ['anthropic', 'anthropic', 200, null, 'answered'],
    ]);
    const exchange = await lastExchange(on.gateway);
    assert.deepEqual([exchange.api, exchange.model, exchange.status], ['anthropic', 'claude-sonnet-4-5', 200]);
    assert.equal(exchange.diagnosis?.cause, 'insufficient_funds');
    assert.deepEqual(exchange.diagnosis.relief, { api: 'anthropic', credential: null });
    const standing = new Map((await on.gateway.api.apis()).map(({ name, health }) => [name, health]));
    assert.deepEqual([standing.get('openai'), standing.get('anthropic')], ['refused', 'ok']);
    assert.match((await bodyText(on.gateway, exchange.id, 'request')) ?? '', /"max_tokens"/);
    assert.match((await bodyText(on.gateway, exchange.id, 'clientResponse')) ?? '', /chat\.completion/);
    const told = await wholeText(on, exchange);
    assert.match(
      told,
      /2\. openai.*second.*: refused after \d+ ms \(429 insufficient_funds\)\n {2}3\. anthropic.*: answered/,
    );
    assert.match(told, /- "smart" stood for anthropic\/claude-sonnet-4-5\n {2}- translated from chat to anthropic/);
    assert.match(
      told,
      /client sent ──\nPOST \/v1\/chat\/completions [^]*"smart"[^]*upstream was sent ──\nPOST [^]*\/messages /,
    );
    assert.match(
      told,
      /upstream answered ──\nHTTP\/1\.1 200[^]*"type": "message"[^]*client was answered ──\n[^]*chat\.completion/,
    );

    await on.openai.chat.completions.create({ model: 'smart', messages: hi });
    assert.equal(on.vendors.openai.received.length, 2);
    const state = await stateOf(on, 'smart');
    assert.deepEqual(
      state?.targets.map(({ coolDown }) => coolDown?.cause ?? null),
      ['insufficient_funds', 'insufficient_funds', null],
    );
    await on.gateway.api.resetRoutes('smart');
    on.say('openai', speak);
    await on.openai.chat.completions.create({ model: 'smart', messages: hi });
    assert.equal(on.vendors.openai.received.length, 3);
    await assert.rejects(on.gateway.api.resetRoutes('no'), { code: 'unknown_route' });
  });

  it('streams from whoever answers: nothing of a refusal reaches the client, nor of a stream that breaks before it speaks', async () => {
    on.say('openai', () => outOfMoney);
    on.say('groq', () => ({ stream: [': wait\n\n'], breaks: true }));
    let text = '';
    const stream = await on.openai.chat.completions.create({ model: 'three', messages: hi, stream: true });
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    assert.equal(text, 'Hello');
    assert.deepEqual(
      (await triesOf(on)).map(([api, , status]) => [api, status]),
      [
        ['openai', 429],
        ['groq', null],
        ['anthropic', 200],
      ],
    );
  });

  it('is what Anthropic’s SDK can ask for as well', async () => {
    on.say('anthropic', () => ({
      status: 400,
      json: {
        type: 'error',
        error: {
          type: 'invalid_request_error',
          message: 'Your credit balance is too low to access the Anthropic API.',
        },
      },
    }));
    const said = await on.anthropic.messages.create({
      model: 'credit',
      max_tokens: 9,
      messages: [{ role: 'user', content: 'Hi' }],
    });
    assert.deepEqual(
      said.content.map((block) => (block.type === 'text' ? block.text : '')),
      ['Hello'],
    );
    const streamed = on.anthropic.messages.stream({
      model: 'credit',
      max_tokens: 9,
      messages: [{ role: 'user', content: 'Hi' }],
    });
    assert.equal(await streamed.finalText(), 'Hello');
    assert.equal(on.vendors.anthropic.received.length, 1);
  });

  it('asks again who is down, and the next one when that does not help; a breaker spares further calls', async () => {
    on.say('openai', () => down);
    for (let call = 0; call < 3; call++) await on.openai.chat.completions.create({ model: 'broken', messages: hi });
    assert.equal(on.vendors.openai.received.length, 3);
    assert.equal(on.vendors.groq.received.length, 3);
    assert.deepEqual(
      (await triesOf(on)).map(([api, , , , outcome]) => [api, outcome]),
      [
        ['openai', 'skipped'],
        ['groq', 'answered'],
      ],
    );
    const state = await stateOf(on, 'broken');
    assert.equal(state?.targets[0]?.breaker?.failures, 3);
  });

  it('waits for a time that a vendor names where nothing else is left, and not longer than it may', async () => {
    let calls = 0;
    on.say('openai', (received) => (++calls === 1 ? tooFast(1) : speak(received)));
    await on.openai.chat.completions.create({ model: 'patient', messages: hi });
    assert.equal(calls, 2);
    assert.deepEqual(
      (await triesOf(on)).map(([, , status]) => status),
      [429, 200],
    );
    on.say('openai', () => tooFast(30));
    await on.gateway.api.resetRoutes(null);
    await assert.rejects(on.openai.chat.completions.create({ model: 'patient', messages: hi }), (caught: unknown) => {
      assert.ok(caught instanceof OpenAI.RateLimitError);
      return caught.headers.get('retry-after') === '30';
    });
  });

  it('does not repeat what is wrong with the request, and goes round a key that is not valid', async () => {
    on.say('openai', () => ({
      status: 400,
      json: { error: { message: 'Unknown parameter', type: 'invalid_request_error' } },
    }));
    await assert.rejects(on.openai.chat.completions.create({ model: 'keys', messages: hi }), { status: 400 });
    assert.equal(on.vendors.openai.received.length, 1);
    const invalid = {
      message: 'Incorrect API key provided: sk-op***.',
      type: 'invalid_request_error',
      code: 'invalid_api_key',
    };
    on.say('openai', (received) =>
      keyOf(received) === 'sk-second' ? speak(received) : { status: 401, json: { error: invalid } },
    );
    await on.openai.chat.completions.create({ model: 'keys', messages: hi });
    const state = await stateOf(on, 'keys');
    assert.equal(state?.targets[0]?.coolDown?.cause, 'token_expired_or_invalid');
  });

  it('gives an answer again from its cache, a stream as a stream, and tells what that spared', async () => {
    const ask = { model: 'cached', messages: hi, temperature: 0 };
    const first = await on.openai.chat.completions.create(ask).withResponse();
    assert.equal(first.response.headers.get('x-tollgate-cache'), 'miss');
    const { data, response } = await on.openai.chat.completions
      .create({ temperature: 0, messages: hi, model: 'cached' })
      .withResponse();
    assert.deepEqual(data, first.data);
    assert.deepEqual(
      ['x-tollgate-cache', 'x-tollgate-cost-usd', 'x-tollgate-model'].map((name) => response.headers.get(name)),
      ['hit', '0', 'openai/gpt-4.1'],
    );
    assert.equal(on.vendors.openai.received.length, 1);
    const exchange = await lastExchange(on.gateway);
    assert.deepEqual([exchange.cache, exchange.costUsd, exchange.usage, exchange.status], ['hit', 0, null, 200]);
    const hit = exchange.stages?.changes.find((one) => one.kind === 'cache');
    const { rows } = await on.gateway.api.exchanges({ filter: 'route:cached cache:hit', limit: 10 });
    assert.deepEqual(
      rows.map(({ id }) => id),
      [exchange.id],
    );
    assert.equal(hit?.saved?.tokens, 15);
    assert.ok((hit.saved.costUsd ?? 0) > 0);

    const texts: string[] = [];
    for (let call = 0; call < 2; call++) {
      let text = '';
      for await (const chunk of await on.openai.chat.completions.create({ ...ask, stream: true }))
        text += chunk.choices[0]?.delta.content ?? '';
      texts.push(text);
    }
    assert.deepEqual([texts, on.vendors.openai.received.length], [['Hello', 'Hello'], 2]);
    const said = { 'no-store': 'bypass', 'no-cache': 'miss', 'max-age=60': 'hit' };
    for (const [wish, state] of Object.entries(said)) {
      const { response: told } = await on.openai.chat.completions
        .create(ask, { headers: { 'cache-control': wish } })
        .withResponse();
      assert.equal(told.headers.get('x-tollgate-cache'), state);
    }
    const stats = await on.gateway.api.cacheStats();
    assert.deepEqual([stats.entries, stats.hits, stats.misses, stats.bypasses], [2, 3, 3, 1]);
    assert.deepEqual([stats.savedTokens, stats.savedUsd > 0], [30, true]);
  });

  it('never gives one caller what another got, nor what failed; and keeps answers over a restart', async () => {
    const ask = { model: 'cached', messages: [{ role: 'user' as const, content: 'Only mine' }] };
    await on.openai.chat.completions.create(ask);
    const other = new OpenAI({ baseURL: `${on.gateway.url}/v1`, apiKey: 'sk-own-key', maxRetries: 0 });
    const { response } = await other.chat.completions.create(ask).withResponse();
    assert.equal(response.headers.get('x-tollgate-cache'), 'miss');
    assert.equal(keyOf(on.vendors.openai.last()), 'sk-own-key');
    on.say('openai', () => ({ status: 400, json: { error: { message: 'No' } } }));
    const failing = { ...ask, messages: [{ role: 'user' as const, content: 'Fails' }] };
    for (let call = 0; call < 2; call++)
      await assert.rejects(on.openai.chat.completions.create(failing), { status: 400 });

    await on.gateway.api.exchanges({ filter: '', limit: 1 });
    const again = await gatewayWith(
      { openai: { provider: 'openai', upstream: on.vendors.openai.url }, anthropic: { provider: 'anthropic' } },
      {
        catalogue: { models: { cached: aliases.cached } },
        dataDirectory: path.join(on.gateway.directory, 'data'),
        secrets: { openai: { type: 'key', value: 'sk-openai' } },
      },
    );
    const client = new OpenAI({ baseURL: `${again.url}/v1`, apiKey: again.programKey, maxRetries: 0 });
    const { response: kept } = await client.chat.completions.create(ask).withResponse();
    assert.equal(kept.headers.get('x-tollgate-cache'), 'hit');
    assert.ok((await again.api.clearCache('cached')) > 0);
    assert.equal((await again.api.cacheStats()).entries, 0);
  });
});
