import assert from 'node:assert/strict';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import type { SimulationPlan } from '../../src/shared/simulation.ts';
import { bodyText, closeAll, gatewayWith, lastExchange, token, upstream, type GatewayFixture } from './support.ts';

const once = { kind: 'next', count: 1 } as const;
const messages = [{ role: 'user', content: 'Hi' }] as const;

describe('A rehearsed refusal', () => {
  afterEach(closeAll);
  let touched: number;

  async function gateway(provider: string): Promise<GatewayFixture> {
    touched = 0;
    const { url } = await upstream((request, response) => {
      touched++;
      request.resume();
      response.setHeader('Content-Type', 'application/json').end('{"object":"list","data":[],"choices":[]}');
    });
    return gatewayWith({ api: { provider, upstream: url } });
  }

  function openai({ url }: GatewayFixture): OpenAI {
    return new OpenAI({ baseURL: `${url}/api/v1`, apiKey: 'sk-own', maxRetries: 0 });
  }

  async function statuses({ url }: GatewayFixture, count: number, path = '/api/v1/models'): Promise<number[]> {
    const all: number[] = [];
    for (let call = 0; call < count; call++) {
      const response = await fetch(url + path);
      await response.arrayBuffer();
      all.push(response.status);
    }
    return all;
  }

  it('reaches the openai SDK as the error of the vendor, once, and then calls pass again', async () => {
    const fixture = await gateway('openai');
    await fixture.api.simulate('api', { cause: 'insufficient_funds', when: once });
    const client = openai(fixture);
    const call = client.chat.completions.create({ model: 'gpt-5', messages: [...messages] });
    await assert.rejects(call, (error) => {
      assert.ok(error instanceof OpenAI.RateLimitError);
      assert.equal(error.code, 'insufficient_quota');
      assert.equal(error.headers.get('x-tollgate-simulated'), 'openai:insufficient_funds');
      return true;
    });
    assert.equal(touched, 0);
    const exchange = await lastExchange(fixture);
    assert.equal(exchange.simulated, true);
    assert.equal(exchange.diagnosis?.cause, 'insufficient_funds');
    assert.equal(exchange.model, 'gpt-5');
    assert.match((await bodyText(fixture, exchange.id, 'response')) ?? '', /insufficient_quota/);
    await client.models.list();
    assert.equal(touched, 1);
    assert.equal((await lastExchange(fixture)).simulated, false);
    const rehearsed = await fixture.api.exchanges({ filter: 'is:simulated', limit: 10 });
    assert.deepEqual(
      rehearsed.rows.map(({ id }) => id),
      [exchange.id],
    );
    assert.match(await fixture.api.exportHar('is:simulated'), /"simulated":true/);
  });

  it('reaches the Anthropic SDK by its own class of error', async () => {
    const fixture = await gateway('anthropic');
    const client = new Anthropic({ baseURL: `${fixture.url}/api`, apiKey: 'sk-ant-own', maxRetries: 0 });
    const ask = () => client.messages.create({ model: 'claude', max_tokens: 5, messages: [...messages] });
    for (const [cause, expected] of [
      ['insufficient_funds', Anthropic.BadRequestError],
      ['rate_limit', Anthropic.RateLimitError],
      ['token_expired_or_invalid', Anthropic.AuthenticationError],
    ] as const) {
      await fixture.api.simulate('api', { cause, when: once });
      await assert.rejects(ask(), expected);
    }
    assert.equal(touched, 0);
  });

  it('comes before the stream, or in its middle where that is asked for', async () => {
    const fixture = await gateway('openrouter');
    const ask = async (): Promise<string> => {
      let text = '';
      const stream = await openai(fixture).chat.completions.create({
        model: 'm',
        messages: [...messages],
        stream: true,
      });
      try {
        for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
      } catch (error) {
        assert.ok(error instanceof OpenAI.APIError);
        return `${text}, then an error`;
      }
      return text;
    };
    await fixture.api.simulate('api', { cause: 'insufficient_funds', when: once });
    await assert.rejects(ask(), { status: 402 });
    await fixture.api.simulate('api', { cause: 'insufficient_funds', when: once, midStream: true });
    assert.equal(await ask(), 'Of, then an error');
    const { status, diagnosis } = await lastExchange(fixture);
    assert.equal(status, 200);
    assert.equal(diagnosis?.cause, 'insufficient_funds');
    assert.equal(touched, 0);
  });

  it('breaks off a stream of the Anthropic SDK', async () => {
    const fixture = await gateway('anthropic');
    await fixture.api.simulate('api', { cause: 'rate_limit', when: once, midStream: true });
    const client = new Anthropic({ baseURL: `${fixture.url}/api`, apiKey: 'sk-ant-own', maxRetries: 0 });
    const stream = client.messages.stream({ model: 'claude', max_tokens: 5, messages: [...messages] });
    let text = '';
    stream.on('text', (piece) => (text += piece));
    await assert.rejects(stream.finalMessage(), Anthropic.APIError);
    assert.equal(text, 'Of');
  });

  it('comes at every nth call, at random, or at the next few', async () => {
    const fixture = await gateway('openai');
    const plan = (when: SimulationPlan['when']) => fixture.api.simulate('api', { cause: 'rate_limit', when });
    await plan({ kind: 'every', nth: 3 });
    assert.deepEqual(await statuses(fixture, 7), [200, 200, 429, 200, 200, 429, 200]);
    await plan({ kind: 'random', probability: 1 });
    assert.deepEqual(await statuses(fixture, 2), [429, 429]);
    assert.equal((await fixture.api.apis())[0]?.simulation?.answered, 2);
    await plan({ kind: 'next', count: 2 });
    assert.deepEqual(await statuses(fixture, 3), [429, 429, 200]);
    assert.equal((await fixture.api.apis())[0]?.simulation, null);
  });

  it('leaves alone what does not match, and ends when it is told to', async () => {
    const fixture = await gateway('openai');
    const when = { kind: 'every', nth: 1 } as const;
    await fixture.api.simulate('api', { cause: 'rate_limit', when, match: { method: 'get', path: '/models' } });
    assert.deepEqual(await statuses(fixture, 1, '/api/v1/files'), [200]);
    assert.equal((await fetch(`${fixture.url}/api/v1/models`, { method: 'POST', body: '{}' })).status, 200);
    assert.deepEqual(await statuses(fixture, 1), [429]);
    await fixture.api.simulate('api', null);
    assert.deepEqual(await statuses(fixture, 1), [200]);
  });

  it('takes a long upload to its end before it answers', async () => {
    const fixture = await gateway('stripe');
    await fixture.api.simulate('api', { cause: 'card_declined', when: once });
    const body = 'x'.repeat(3_000_000);
    const response = await fetch(`${fixture.url}/api/v1/charges`, { method: 'POST', body });
    assert.equal(response.status, 402);
    assert.equal((await lastExchange(fixture)).requestSize, body.length);
  });

  it('is refused itself where nobody refuses so, or the plan makes no sense', async () => {
    const fixture = await gateway('openai');
    const control = async (...parameters: unknown[]): Promise<string> => {
      const headers = { authorization: `Bearer ${token}` };
      const body = JSON.stringify(parameters);
      const response = await fetch(`${fixture.url}/_tollgate/api/simulate`, { method: 'POST', headers, body });
      const answer = (await response.json()) as { error?: { code: string } } | null;
      return answer?.error?.code ?? 'done';
    };
    assert.equal(await control('api', { cause: 'card_declined', when: once }), 'simulation_unknown');
    assert.equal(await control('api', { cause: 'nonsense', when: once }), 'simulation_unknown');
    assert.equal(await control('api', { cause: 'rate_limit', when: { kind: 'every', nth: 0 } }), 'simulation_invalid');
    assert.equal(await control('api', { cause: 'rate_limit' }), 'simulation_invalid');
    assert.equal(await control('other', { cause: 'rate_limit', when: once }), 'unknown_api');
    assert.equal(await control('api', { cause: 'rate_limit', when: once }), 'done');
    assert.deepEqual(await statuses(fixture, 2), [429, 200]);
  });
});
