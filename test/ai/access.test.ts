import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import OpenAI from 'openai';
import { closeAll, lastExchange, until } from '../gateway/support.ts';
import { stage, vendors, type Stage } from './stage.ts';

const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Hi' }];
const description = `openapi: 3.1.0
info: { title: Chat, version: 1.0.0 }
servers: [{ url: /v1 }]
paths: { /chat/completions: { post: { operationId: chat, responses: { '200': { description: Done. } } } } }
`;

describe('A call in a common format', function () {
  this.timeout(30_000);
  let on: Stage;
  beforeEach(async () => {
    on = await stage({ openai: { routes: 'strict' }, gemini: { routes: 'strict' } });
  });
  afterEach(closeAll);

  /** Publishes a description of an API. */
  const publish = async (name: string, text: string): Promise<void> => {
    await on.gateway.api.importDescription(name, { kind: 'text', text, name: `${name}.yaml` });
    await until(async () => (await on.gateway.api.apis()).find((one) => one.name === name)?.lifecycle, 'the draft');
    await on.gateway.api.publishDescription(name);
  };
  const declare = async (more: object): Promise<void> => {
    const catalogue = JSON.parse(await readFile(on.gateway.catalogueFile, 'utf8')) as { apis: Record<string, object> };
    const apis = Object.fromEntries(
      Object.entries(catalogue.apis).map(([name, api]) => [name, { ...api, access: { subscription: 'auto' } }]),
    );
    const terms = { teams: { web: {} }, applications: { shop: { team: 'web' } } };
    await writeFile(on.gateway.catalogueFile, JSON.stringify({ ...catalogue, apis, ...terms, ...more }));
    await until(async () => (await on.gateway.api.access()).applications.length > 0, 'the application');
  };
  const keyOf = async (...apis: readonly string[]): Promise<string> => {
    for (const api of apis) await on.gateway.api.requestSubscription({ application: 'shop', api });
    return (await on.gateway.api.issueKey({ application: 'shop', name: 'ci' })).secret;
  };
  const ask = (client: OpenAI, model: string): Promise<unknown> => client.chat.completions.create({ model, messages });

  it('is held to the API’s published version: 404 for what it lacks, a notice where it ends, 410 where it ended', async () => {
    await publish('openai', description);
    assert.ok(await ask(on.openai, vendors.openai.model));
    const embeddings = on.openai.embeddings.create({ model: 'openai/text-embedding-3-small', input: 'Hi' });
    await assert.rejects(embeddings, {
      status: 404,
      code: 'unknown_path',
      message: /describes no path \/v1\/embeddings/,
    });
    await on.gateway.api.deprecateVersion('openai', '1.0.0', { since: '2026-01-02T03:04:05Z', sunset: '2027-01-31' });
    const { response } = await on.openai.chat.completions
      .create({ model: vendors.openai.model, messages })
      .withResponse();
    assert.equal(response.headers.get('deprecation'), '@1767323045');
    await on.gateway.api.retireVersion('openai', '1.0.0', { successor: 'https://example.com/v2' });
    await assert.rejects(ask(on.openai, vendors.openai.model), { status: 410, code: 'api_retired' });
  });

  it('is so where it is translated, too', async () => {
    await publish('gemini', description.replace('/chat/completions', '/v1beta/models').replace('/v1 }', '/ }'));
    await until(
      async () =>
        ask(on.openai, vendors.gemini.model).then(
          () => false,
          () => true,
        ),
      'the description',
    );
    await assert.rejects(ask(on.openai, vendors.gemini.model), { status: 404, code: 'unknown_path' });
    await on.gateway.api.retireVersion('gemini', '1.0.0', {});
    await assert.rejects(ask(on.openai, vendors.gemini.model), { status: 410, code: 'api_retired' });
    await on.gateway.api.retireVersion('gemini', '1.0.0', null);
    assert.equal(on.vendors.gemini.received.length, 0);
  });

  it('is refused without a subscription as every call is, and passes with a key in the SDK’s place for it', async () => {
    await declare({});
    for (const { model } of [vendors.openai, vendors.gemini])
      await assert.rejects(ask(on.openai, model), { status: 401, code: 'key_missing' });
    const apiKey = await keyOf('gemini');
    const client = new OpenAI({ baseURL: `${on.gateway.url}/v1`, apiKey, maxRetries: 0 });
    assert.ok(await ask(client, vendors.gemini.model));
    await assert.rejects(ask(client, vendors.openai.model), { status: 403, code: 'not_subscribed' });
    assert.ok(!JSON.stringify(on.vendors.gemini.received).includes(apiKey));
    assert.equal((await lastExchange(on.gateway)).diagnosis?.rule, 'ownAccess');
  });

  it('is charged by tokens and money to its model, by the vendor’s name or with its API’s', async () => {
    const per = { per: 'total', over: 'refuse' } as const;
    await declare({
      budgets: {
        tokens: { model: 'gemini-2.5-flash', tokens: 30, reserve: { tokens: 15 }, ...per },
        calls: { model: 'openai/gpt-4.1', calls: 1, ...per },
        money: { application: 'shop', usd: 1, ...per },
      },
    });
    const apiKey = await keyOf('gemini', 'openai');
    const client = new OpenAI({ baseURL: `${on.gateway.url}/v1`, apiKey, maxRetries: 0 });
    const spent = async (source: string, amount: number): Promise<void> =>
      until(async () => {
        const limit = (await on.gateway.api.access()).limits.find((one) => one.source === source);
        return limit !== undefined && limit.spent >= amount && limit.reserved === 0;
      }, `${source} to be charged`).then(() => undefined);
    await ask(client, vendors.gemini.model);
    await spent('tokens', 15);
    await ask(client, vendors.gemini.model);
    await spent('tokens', 30);
    await assert.rejects(ask(client, vendors.gemini.model), { status: 402, code: 'budget_exceeded' });
    await ask(client, vendors.openai.model);
    await assert.rejects(ask(client, vendors.openai.model), { status: 402, code: 'budget_exceeded' });
    await spent('money', 1e-6);
    // Called by its own path, it is the same model.
    const direct = await fetch(`${on.gateway.url}/gemini/v1beta/models/gemini-2.5-flash:generateContent`, {
      ...{ method: 'POST', body: '{}', headers: { 'x-goog-api-key': apiKey } },
    });
    assert.equal(direct.status, 402);
  });
});
