import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import path from 'node:path';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { startGateway } from '../../src/gateway/gateway.ts';
import { defaultSettings } from '../../src/shared/settings.ts';
import {
  closeAll,
  closeLater,
  gatewayWith,
  lastExchange,
  token,
  until,
  upstream,
  type GatewayFixture,
} from './support.ts';

const call = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }] } as const;

describe('A budget', () => {
  afterEach(closeAll);

  it('that is spent has calls refused with what one needs to know, on the line of the call', async () => {
    const { gateway, calls } = await gatewayTo({ usd: 0.005, per: 'day', over: 'refuse' });
    const client = openai(gateway);
    for (let count = 0; count < 2; count++) {
      await client.chat.completions.create({ ...call, messages: [...call.messages] });
      await spent(gateway, 0.003 * (count + 1));
    }
    const refused = await fetch(`${gateway.url}/openai/v1/chat/completions`, post(call));
    assert.equal(refused.status, 402);
    assert.equal(refused.headers.get('content-type'), 'application/problem+json');
    const problem = (await refused.json()) as Record<string, unknown>;
    assert.equal(problem.code, 'budget_exceeded');
    assert.equal(problem.status, 402);
    assert.equal(problem.spentUsd, 0.006);
    assert.equal(problem.limitUsd, 0.005);
    const resetsAt = new Date(String(problem.resetsAt));
    assert.ok(resetsAt.getTime() > Date.now() && resetsAt.getHours() === 0 && resetsAt.getMinutes() === 0);
    assert.match(String(problem.detail), /^openai spent 0\.006 of the 0\.005 USD budgeted for today/);
    assert.match(String(problem.hint), /"apis\.openai\.budget" in tollgate\.jsonc/);
    assert.equal(calls(), 2);
    const exchange = await lastExchange(gateway);
    assert.deepEqual(
      [exchange.diagnosis?.cause, exchange.diagnosis?.responsibleParty, exchange.diagnosis?.rule, exchange.costUsd],
      ['spend_limit_or_budget_reached', 'caller', 'ownBudget', null],
    );
    assert.equal(exchange.diagnosis?.facts.budget, 'api');
    assert.equal(exchange.diagnosis.facts.limit, 0.005);
    assert.equal(exchange.diagnosis.facts.resetAt, resetsAt.getTime());
    await assert.rejects(client.chat.completions.create({ ...call, messages: [...call.messages] }), {
      status: 402,
      message: /openai spent 0\.006/,
    });
  });

  it('that is spent still lets look-ups pass, and calls again once it is raised or only warns', async () => {
    const { gateway, calls } = await gatewayTo({ usd: 0.001, per: 'week', over: 'refuse' });
    await fetch(`${gateway.url}/openai/v1/chat/completions`, post(call));
    await spent(gateway, 0.003);
    assert.equal((await fetch(`${gateway.url}/openai/v1/models`)).status, 200);
    assert.equal((await fetch(`${gateway.url}/openai/v1/chat/completions`, post(call))).status, 402);
    await declare(gateway, (text) => text.replace('"refuse"', '"warn"'));
    await until(async () => {
      return (await fetch(`${gateway.url}/openai/v1/chat/completions`, post(call))).status === 200 ? true : undefined;
    }, 'calls to pass');
    assert.equal(calls(), 2);
    assert.deepEqual(await gateway.api.openFindings(), []);
    const [api] = await gateway.api.apis();
    assert.deepEqual(
      api?.spending.budgets.map(({ per, over, scope, usd }) => ({ per, over, scope, usd })),
      [{ per: 'week', over: 'warn', scope: 'api', usd: 0.001 }],
    );
  });

  it('for all counts every API, and an answer of any', async () => {
    const openaiUpstream = await upstream(answer(completion));
    const anthropicUpstream = await upstream(answer(message));
    const gateway = await gatewayWith({
      openai: { provider: 'openai', upstream: openaiUpstream.url },
      anthropic: { provider: 'anthropic', upstream: anthropicUpstream.url },
    });
    await declare(gateway, (text) =>
      text.replace(/^\{/, '{"budget": {"usd": 0.01, "per": "month", "over": "refuse"},'),
    );
    await until(async () => (await gateway.api.apis())[0]?.spending.budgets[0], 'the budget');
    await openai(gateway).chat.completions.create({ ...call, messages: [...call.messages] });
    const client = new Anthropic({ baseURL: `${gateway.url}/anthropic`, apiKey: 'k', maxRetries: 0 });
    const ask = {
      model: 'claude-sonnet-4-20250514',
      max_tokens: 9,
      messages: [{ role: 'user', content: 'Hi' }],
    } as const;
    await client.messages.create({ ...ask, messages: [...ask.messages] });
    await until(async () => {
      const [api] = await gateway.api.apis();
      return (api?.spending.budgets[0]?.spentUsd ?? 0) > 0.01 ? true : undefined;
    }, 'the spending');
    await assert.rejects(client.messages.create({ ...ask, messages: [...ask.messages] }), { status: 402 });
    assert.equal((await lastExchange(gateway)).diagnosis?.facts.budget, 'all');
  });

  it('knows what was spent before a restart and after the log was cleared', async () => {
    const { gateway } = await gatewayTo({ usd: 0.002, per: 'month', over: 'refuse' });
    await fetch(`${gateway.url}/openai/v1/chat/completions`, post(call));
    await spent(gateway, 0.003);
    await gateway.api.clear();
    await gateway.close();
    const again = await startGateway(
      {
        catalogueFile: gateway.catalogueFile,
        dataDirectory: path.join(gateway.directory, 'data'),
        port: 0,
        whenPortTaken: 'another',
        token,
        settings: defaultSettings,
        environment: {},
      },
      { secrets: () => Promise.resolve({}), saveSecret: () => Promise.resolve() },
    );
    closeLater(() => again.close());
    assert.equal((await fetch(`${again.url}/openai/v1/chat/completions`, post(call))).status, 402);
  });

  it('counts calls under way by what those before have cost', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let count = 0;
    const { gateway } = await gatewayTo({ usd: 0.01, per: 'day', over: 'refuse' }, (request, response) => {
      request.resume();
      if (++count === 1) answer(completion)(request, response);
      else void held.then(() => answer(completion)(request, response));
    });
    await fetch(`${gateway.url}/openai/v1/chat/completions`, post(call));
    await spent(gateway, 0.003);
    const statuses = Array.from({ length: 6 }, async () => {
      const { status } = await fetch(`${gateway.url}/openai/v1/chat/completions`, post(call));
      return status;
    });
    await until(async () => Promise.resolve(count >= 3 ? true : undefined), 'two to be under way');
    release();
    // 0.003 is spent; with two more at 0.003 each, 0.001 is left, which a third may exceed.
    assert.deepEqual((await Promise.all(statuses)).sort(), [200, 200, 402, 402, 402, 402]);
  });
});

const completion = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'gpt-4o-mini',
  choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: 'Hello' } }],
  // At 0.15 and 0.60 USD a million: 0.003 USD.
  usage: { prompt_tokens: 12_000, completion_tokens: 2000, total_tokens: 14_000 },
};
const message = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-4-20250514',
  content: [{ type: 'text', text: 'Hello' }],
  usage: { input_tokens: 1000, output_tokens: 500 },
};

function answer(body: object): RequestListener {
  return (request, response) => {
    request.resume();
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
  };
}

function post(body: object): RequestInit {
  return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

function openai(gateway: GatewayFixture): OpenAI {
  return new OpenAI({ baseURL: `${gateway.url}/openai/v1`, apiKey: 'k', maxRetries: 0 });
}

async function gatewayTo(
  budget: object,
  listener: RequestListener = answer(completion),
): Promise<{ readonly gateway: GatewayFixture; readonly calls: () => number }> {
  let calls = 0;
  const { url } = await upstream((request, response) => {
    if (request.method === 'POST') calls++;
    if (request.method === 'POST') listener(request, response);
    else response.end('{}');
  });
  const gateway = await gatewayWith({ openai: { provider: 'openai', upstream: url, budget } });
  return { gateway, calls: () => calls };
}

/** Resolves once that much is counted. */
async function spent(gateway: GatewayFixture, usd: number): Promise<void> {
  await until(async () => {
    const [api] = await gateway.api.apis();
    return (api?.spending.todayUsd ?? 0) >= usd - 1e-9 ? true : undefined;
  }, 'the spending');
}

async function declare(gateway: GatewayFixture, edit: (text: string) => string): Promise<void> {
  await writeFile(gateway.catalogueFile, edit(await readFile(gateway.catalogueFile, 'utf8')));
}
