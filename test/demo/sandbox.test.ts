import assert from 'node:assert/strict';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { startSandbox, type Sandbox } from './sandbox/sandbox.ts';
import { firstRefreshToken } from './sandbox/tokens.ts';

describe('The sandbox', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox(0);
  });
  afterEach(() => sandbox.close());

  const control = (action: string): Promise<Response> => fetch(`${sandbox.url}/_sandbox/${action}`, { method: 'POST' });
  const openai = (prefix: string): OpenAI =>
    new OpenAI({ baseURL: `${sandbox.url}${prefix}`, apiKey: 'sandbox', maxRetries: 0 });
  const chat = { model: 'm', messages: [{ role: 'user' as const, content: 'Hello?' }] };

  it('says on every answer that it is one', async () => {
    for (const path of ['/_sandbox', '/openrouter/api/v1/chat/completions', '/nothing']) {
      const response = await fetch(sandbox.url + path, { method: 'POST' });
      assert.match(response.headers.get('x-tollgate-sandbox') ?? '', /made up/);
    }
  });

  it('refuses an OpenRouter call above the balance with both numbers, and answers one within it', async () => {
    const client = openai('/openrouter/api/v1');
    const refusal = await refusalOf(client.chat.completions.create({ ...chat, max_tokens: 4096 }));
    assert.equal(refusal.status, 402);
    assert.match(refusal.message, /requested up to 4096 tokens, but can only afford 412/);
    const answer = await client.chat.completions.create({ ...chat, max_tokens: 412 });
    assert.match(answer.choices[0]?.message.content ?? '', /sandbox/);
  });

  it('tells balance and price, so that one can see what a call would need', async () => {
    const json = async (path: string): Promise<unknown> => (await fetch(sandbox.url + path)).json();
    const left = async (): Promise<string> => {
      const { data } = (await json('/openrouter/api/v1/credits')) as { data: Record<string, number> };
      return ((data.total_credits ?? 0) - (data.total_usage ?? 0)).toFixed(3);
    };
    assert.equal(await left(), '0.412');
    const { data } = (await json('/openrouter/api/v1/models/vendor/model/endpoints')) as { data: { id: string } };
    assert.equal(data.id, 'vendor/model');
    await control('topup');
    assert.equal(await left(), '50.000');
    assert.match(JSON.stringify(await json('/openrouter/api/v1/key')), /"limit":null/);
  });

  it('tells the balance of DeepSeek', async () => {
    const available = async (): Promise<unknown> =>
      ((await (await fetch(`${sandbox.url}/deepseek/user/balance`)).json()) as { is_available: boolean }).is_available;
    assert.equal(await available(), false);
    await control('topup');
    assert.equal(await available(), true);
  });

  it('lets the OpenRouter balance fall with use', async () => {
    const client = openai('/openrouter/api/v1');
    for (let call = 0; call < 5; call += 1) await client.chat.completions.create({ ...chat, max_tokens: 412 });
    const refusal = await refusalOf(client.chat.completions.create({ ...chat, max_tokens: 412 }));
    assert.match(refusal.message, /can only afford 262/);
  });

  it('streams what is affordable', async () => {
    const stream = await openai('/openrouter/api/v1').chat.completions.create({
      ...chat,
      max_tokens: 100,
      stream: true,
    });
    let said = '';
    for await (const chunk of stream) said += chunk.choices[0]?.delta.content ?? '';
    assert.match(said, /200\.$/);
  });

  it('hides want of credit behind the status that each vendor uses, until it is topped up', async () => {
    const anthropic = new Anthropic({ baseURL: `${sandbox.url}/anthropic`, apiKey: 'sandbox', maxRetries: 0 });
    const ask = {
      openai: () => openai('/openai/v1').chat.completions.create(chat),
      deepseek: () => openai('/deepseek').chat.completions.create(chat),
      anthropic: () => anthropic.messages.create({ ...chat, max_tokens: 10 }),
    };
    assert.equal((await refusalOf(ask.openai())).code, 'insufficient_quota');
    assert.equal((await refusalOf(ask.deepseek())).status, 402);
    const refusal = await ask.anthropic().catch((error: unknown) => error);
    assert.ok(refusal instanceof Anthropic.BadRequestError);
    await control('topup');
    await Promise.all([ask.openai(), ask.deepseek(), ask.anthropic()]);
  });

  it('refuses the large Gemini model for the day and answers the small one', async () => {
    const generate = (model: string): Promise<Response> =>
      fetch(`${sandbox.url}/gemini/v1beta/models/${model}:generateContent`, { method: 'POST', body: '{}' });
    assert.equal((await generate('gemini-2.5-pro')).status, 429);
    assert.equal((await generate('gemini-2.5-flash')).status, 200);
  });

  it('declines the Stripe test cards that are meant to be', async () => {
    const pay = (method: string): Promise<Response> =>
      fetch(`${sandbox.url}/stripe/v1/payment_intents`, {
        method: 'POST',
        body: new URLSearchParams({ amount: '100', payment_method: method }),
      });
    assert.equal((await pay('pm_card_visa_chargeDeclined')).status, 402);
    assert.equal((await pay('pm_card_visa')).status, 200);
  });

  it('rotates refresh tokens, lets access tokens end, and kills a sign-in whose token was used twice', async () => {
    const first = await refresh(firstRefreshToken);
    const orders = (token: unknown): Promise<Response> =>
      fetch(`${sandbox.url}/orders/v1/orders`, { headers: { authorization: `Bearer ${String(token)}` } });
    assert.equal((await orders(first.access_token)).status, 200);
    await control('expire');
    const expired = await orders(first.access_token);
    assert.equal(expired.status, 401);
    assert.match(expired.headers.get('www-authenticate') ?? '', /invalid_token/);
    const second = await refresh(String(first.refresh_token));
    assert.equal((await orders(second.access_token)).status, 200);
    assert.equal((await refresh(firstRefreshToken)).error, 'invalid_grant');
    assert.equal((await refresh(String(second.refresh_token))).error, 'invalid_grant');
    await control('reset');
    assert.equal(typeof (await refresh(firstRefreshToken)).access_token, 'string');
  });

  async function refresh(token: string): Promise<Record<string, unknown>> {
    const response = await fetch(`${sandbox.url}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token }),
    });
    return (await response.json()) as Record<string, unknown>;
  }
});

async function refusalOf(call: Promise<unknown>): Promise<InstanceType<typeof OpenAI.APIError>> {
  const error = await call.then(
    () => assert.fail('The call was answered.'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof OpenAI.APIError);
  return error;
}
