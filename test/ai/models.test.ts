import assert from 'node:assert/strict';
import { addFilledProviderTo, addLocalTo, addProviderTo, blanksIn } from '../../src/extension/commands/providerText.ts';
import { providers } from '../../src/providers/index.ts';
import { findLocalServers } from '../../src/gateway/ai/localServers.ts';
import { readModelBook } from '../../src/gateway/ai/modelBook.ts';
import { parseCatalogue } from '../../src/gateway/parseCatalogue.ts';
import type { AddableProvider } from '../../src/shared/models.ts';
import { closeAll, gatewayWith, until, upstream } from '../gateway/support.ts';

describe('The list of models', () => {
  const book = readModelBook(null);

  it('has at least 100 providers and 1,500 models, each with a name of its own and sane numbers', () => {
    assert.ok(book.providers.length >= 100);
    let all = 0;
    for (const { id, url } of book.providers) {
      assert.ok(URL.canParse(url), id);
      const models = book.models(id);
      all += models.length;
      assert.equal(new Set(models.map((one) => one.id)).size, models.length, id);
      for (const { price, context } of models) {
        // A price for a single token in the place of one for a million would be far below, or far above.
        if (price !== null)
          assert.ok(price.input < 1000 && price.output < 2000 && price.input + price.output > 0.001, id);
        assert.ok(context === null || context >= 256, id);
      }
    }
    assert.ok(all >= 1500);
    assert.match(book.date, /^\d{4}-\d\d-\d\d$/);
  });

  it('agrees with what Tollgate knows of the same providers', () => {
    for (const { id, upstream: known } of providers) {
      const listed = book.provider(id);
      if (listed !== null) assert.equal(new URL(listed.url).host, new URL(known).host, id);
    }
  });
});

describe('Models of a gateway:', function () {
  this.timeout(20_000);
  afterEach(closeAll);

  it('a refreshed list is kept, and counts from then on', async () => {
    const { url } = await upstream((_request, response) => {
      const cost = { input: 1, output: 2, cache_read: 0.1 };
      const one = {
        id: 'brand-new',
        reasoning: true,
        modalities: { input: ['text', 'image'], output: ['text'] },
        cost,
        limit: { context: 9000, output: 900 },
      };
      const list = {
        togetherai: { name: 'Together', npm: '@ai-sdk/togetherai', models: { 'brand-new': one } },
        newcomer: {
          name: 'Newcomer',
          api: 'https://api.newcomer.example/v1',
          env: ['NEW_KEY'],
          models: { m: { id: 'm' } },
        },
      };
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(list));
    });
    const gateway = await gatewayWith(
      { together: { provider: 'together' } },
      { environment: { TOLLGATE_MODELS_URL: url } },
    );
    const refreshed = await gateway.api.refreshModels();
    assert.deepEqual([refreshed.providers, refreshed.models], [2, 2]);
    const models = await gateway.api.models();
    const found = models.find(({ name }) => name === 'together/brand-new');
    assert.deepEqual(found?.price, { input: 1, output: 2, cacheRead: 0.1 });
    assert.ok(found.reasoning && models.some(({ name }) => name === 'newcomer/m') && models.length > 1500);
  });

  it('a list that cannot be had is told, and the old one stays', async () => {
    const { url } = await upstream((_request, response) => void response.writeHead(200).end('no json'));
    const gateway = await gatewayWith({}, { environment: { TOLLGATE_MODELS_URL: url } });
    await assert.rejects(gateway.api.refreshModels(), { code: 'models_invalid' });
    assert.ok((await gateway.api.models()).length > 1500);
  });

  it('an added provider is tried with its key', async () => {
    const asked: unknown[] = [];
    const { url } = await upstream((request, response) => {
      asked.push([request.url, request.headers.authorization]);
      const good = request.headers.authorization === 'Bearer good';
      const body = good ? { data: [] } : { error: { message: 'Wrong key' } };
      response.writeHead(good ? 200 : 401, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    });
    const secrets = { groq: { type: 'key', value: 'good' } } as const;
    const gateway = await gatewayWith({ groq: { provider: 'groq', upstream: url } }, { secrets });
    assert.equal((await gateway.api.checkModels('groq')).state, 'works');
    await gateway.api.setSecret('groq', { type: 'key', value: 'bad' });
    const check = await gateway.api.checkModels('groq');
    assert.equal(check.state, 'refused');
    assert.match(check.message, /Wrong key/);
    assert.deepEqual(asked[0], ['/openai/v1/models', 'Bearer good']);
    const [status] = await until(async () => gateway.api.apis());
    assert.ok((status?.models ?? 0) > 3);
  });

  it('servers on this machine are found by their ports, and told apart from others there', async () => {
    const models = (owner: string) => ({ object: 'list', data: [{ id: 'tiny', owned_by: owner }] });
    const serve = async (body: object): Promise<number> => {
      const { url } = await upstream((_request, response) => void response.writeHead(200).end(JSON.stringify(body)));
      return Number(new URL(url).port);
    };
    const ports = [
      { provider: 'ollama', title: 'Ollama', port: await serve(models('library')), owner: null },
      { provider: 'vllm', title: 'vLLM', port: await serve(models('vllm')), owner: /^vllm$/ },
      { provider: 'llamacpp', title: 'llama.cpp', port: await serve({ hello: 'world' }), owner: /^llamacpp$/ },
      { provider: 'lmstudio', title: 'LM Studio', port: 9, owner: null },
    ];
    const found = await findLocalServers(fetch, ports);
    assert.deepEqual(
      found.map(({ provider, models: ids }) => [provider, ids]),
      [
        ['ollama', ['tiny']],
        ['vllm', ['tiny']],
      ],
    );
  });
});

describe('A provider in tollgate.jsonc', () => {
  const book = readModelBook(null);
  const addable = (id: string, known: boolean): AddableProvider => {
    const provider = book.provider(id);
    assert.ok(provider !== null);
    return { ...provider, models: 0, known };
  };

  it('is named where Tollgate knows it, and written out where it does not; comments stay', () => {
    const before = '{\n  // Ours\n  "apis": {}\n}\n';
    const groq = addProviderTo(before, 'groq', addable('groq', true), 'https://api.groq.com/openai/v1');
    const both = addProviderTo(groq, 'wandb', addable('wandb', false), 'https://api.inference.wandb.ai/v1');
    assert.match(both, /\/\/ Ours/);
    const { catalogue, problems } = parseCatalogue(both);
    assert.deepEqual(problems, []);
    assert.deepEqual(catalogue?.apis.groq, { provider: 'groq' });
    assert.equal(catalogue.apis.wandb?.upstream, 'https://api.inference.wandb.ai/v1');
  });

  it('has its blanks filled, and a local one its models', () => {
    const azure = addable('azure-openai', true);
    assert.deepEqual(blanksIn(azure.url), ['YOUR-RESOURCE']);
    const text = addFilledProviderTo(null, 'azure-openai', azure, azure.url.replace('YOUR-RESOURCE', 'mine'));
    const local = { provider: 'ollama', title: 'Ollama', url: 'http://127.0.0.1:11434', models: ['llama3.2'] };
    const { catalogue, problems } = parseCatalogue(addLocalTo(text, 'ollama', local));
    assert.deepEqual(problems, []);
    assert.deepEqual(catalogue?.apis['azure-openai'], {
      provider: 'azure-openai',
      upstream: 'https://mine.openai.azure.com',
    });
    assert.deepEqual(Object.keys(catalogue.apis.ollama?.ai?.models ?? {}), ['llama3.2']);
  });
});
