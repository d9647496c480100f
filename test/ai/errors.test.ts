import assert from 'node:assert/strict';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { bodyText, closeAll, lastExchange, until } from '../gateway/support.ts';
import { stage, vendors, type Stage } from './stage.ts';
import { events, namedEvents } from './vendors.ts';

const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Hi' }];

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
    for (const name of [vendors.anthropic.model, vendors.openai.model]) {
      const broken = await fetch(`${on.gateway.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: `{"model":"${name}", "messages": [}`,
      });
      assert.equal(broken.status, 400);
    }
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
