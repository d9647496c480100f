import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { plain } from '../../src/shared/text.ts';
import { closeAll, gatewayWith, lastExchange, upstream } from './support.ts';

const key = 'sk-or-v1-00112233445566778899aabbccddeeff';
const secrets = { llm: { type: 'key', value: key } } as const;

/** An upstream that answers GETs by path, 404 else, and remembers what it was asked. */
async function vendor(answers: Readonly<Record<string, readonly [number, unknown]>>) {
  const asked: IncomingMessage[] = [];
  const { url } = await upstream((request, response) => {
    request.resume();
    asked.push(request);
    const [status, body] = answers[request.url ?? ''] ?? [404, { error: 'Not Found' }];
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  return { url, asked };
}

const credits = [200, { data: { total_credits: 10, total_usage: 9.58 } }] as const;
const uncapped = [200, { data: { limit: null, limit_remaining: null, usage: 9.58 } }] as const;

describe('Verifying an account', function () {
  this.timeout(20_000);
  afterEach(closeAll);

  it('asks the vendor’s endpoints with the stored credential, and leaves no trace in log or store', async () => {
    const { url, asked } = await vendor({ '/api/v1/credits': credits, '/api/v1/key': uncapped });
    const gateway = await gatewayWith({ llm: { provider: 'openrouter', upstream: url } }, { secrets });
    const report = await gateway.api.verifyAccount('llm');
    assert.equal(report.state, 'funded');
    assert.equal(plain(report.sentence), '0.42 USD left.');
    assert.deepEqual(report.figures, { amount: 0.42, unit: 'USD', used: 9.58 });
    assert.equal(report.page, 'https://openrouter.ai/settings/credits');
    assert.deepEqual(asked.map((request) => request.url).sort(), ['/api/v1/credits', '/api/v1/key']);
    for (const { headers } of asked) assert.equal(headers.authorization, `Bearer ${key}`);

    assert.equal((await gateway.api.exchanges({ filter: '', limit: 5 })).total, 0);
    assert.equal((await gateway.api.apis())[0]?.calls, 0);
    assert.ok(!JSON.stringify(report).includes(key));
    for (const file of await readdir(path.join(gateway.directory, 'data'))) {
      if (!/\.(?:db|db-wal|json|log)$/.test(file)) continue;
      assert.ok(!(await readFile(path.join(gateway.directory, 'data', file), 'latin1')).includes(key), file);
    }
  });

  it('says what the call in question needs, by the price of its model', async () => {
    const answers = {
      '/api/v1/credits': credits,
      '/api/v1/key': uncapped,
      '/api/v1/models/vendor/model/endpoints': [
        200,
        { data: { endpoints: [{ pricing: { completion: '0.0004' } }, { pricing: { completion: '0.0002' } }] } },
      ],
      '/api/v1/chat/completions': [
        402,
        { error: { code: 402, message: 'Requested up to 6550 tokens, but can only afford 2100 with your credits.' } },
      ],
    } as const;
    const { url } = await vendor(answers);
    const gateway = await gatewayWith({ llm: { provider: 'openrouter', upstream: url } }, { secrets });
    const body = JSON.stringify({ model: 'vendor/model', max_tokens: 6550, messages: [] });
    const headers = { 'content-type': 'application/json' };
    await fetch(`${gateway.url}/llm/api/v1/chat/completions`, { method: 'POST', headers, body });
    const refused = await lastExchange(gateway);
    const report = await gateway.api.verifyAccount('llm', refused.id);
    assert.equal(report.need?.toFixed(2), '1.31');
    assert.equal(report.figures.amount, 0.42);
  });

  it('says how long an answer the balance can pay, by the vendor’s price or else by the price list', async () => {
    const endpoints = [{ pricing: { completion: '0.0002', prompt: '0.0001' } }];
    const refusal = [402, { error: { code: 402, message: 'Insufficient credits' } }] as const;
    const { url } = await vendor({
      '/api/v1/credits': credits,
      '/api/v1/key': uncapped,
      '/api/v1/models/vendor/model/endpoints': [200, { data: { endpoints } }],
      '/api/v1/chat/completions': refusal,
    });
    const gateway = await gatewayWith({ llm: { provider: 'openrouter', upstream: url } }, { secrets });
    const ask = async (model: string) => {
      const body = JSON.stringify({ model, messages: [{ role: 'user', content: 'x'.repeat(300) }] });
      await fetch(`${gateway.url}/llm/api/v1/chat/completions`, { method: 'POST', body });
      const refused = await lastExchange(gateway);
      return { size: body.length, report: await gateway.api.verifyAccount('llm', refused.id) };
    };
    const { size, report } = await ask('vendor/model');
    assert.equal(report.affordableTokens, Math.floor((0.42 - (size / 3) * 0.0001) / 0.0002));
    const listed = (await ask('openai/gpt-4o')).report.affordableTokens ?? 0;
    assert.ok(listed > 40_000 && listed < 42_000, String(listed));
    assert.equal((await ask('vendor/unheard-of')).report.affordableTokens, null);
  });

  it('lets the key’s own limit count, and does not take it for the account’s funds', async () => {
    const spent = [200, { data: { limit: 5, limit_remaining: 0, usage: 40 } }] as const;
    const capped = await vendor({ '/api/v1/credits': credits, '/api/v1/key': spent });
    const blind = await vendor({
      '/api/v1/credits': [403, { error: 'Only management keys can do this.' }],
      '/api/v1/key': [200, { data: { limit: 5, limit_remaining: 4, usage: 1 } }],
    });
    const gateway = await gatewayWith(
      {
        llm: { provider: 'openrouter', upstream: capped.url },
        blind: { provider: 'openrouter', upstream: blind.url, credential: { type: 'key', env: 'BLIND' } },
      },
      { secrets, environment: { BLIND: 'sk-blind-0123456789' } },
    );
    const used = await gateway.api.verifyAccount('llm');
    assert.deepEqual([used.state, plain(used.sentence)], ['unfunded', 'All of 5.00 USD is used up.']);
    const unknown = await gateway.api.verifyAccount('blind');
    assert.deepEqual([unknown.state, unknown.why], ['unknown', 'key_may_not_ask']);
    assert.match(plain(unknown.sentence), /says nothing about funds/);
  });

  it('writes once what the upstream’s path and the endpoint’s have in common', async () => {
    const { url, asked } = await vendor({ '/relay/api/v1/credits': credits, '/relay/api/v1/key': uncapped });
    const gateway = await gatewayWith(
      { llm: { provider: 'openrouter', upstream: `${url}/relay/api/v1`, headers: { 'x-team': 'blue' } } },
      { secrets },
    );
    assert.equal((await gateway.api.verifyAccount('llm')).state, 'funded');
    assert.equal(asked[0]?.headers['x-team'], 'blue');
  });

  it('asks a relay of one’s own in the relays’ ways, and nobody else with its key', async () => {
    const { url, asked } = await vendor({ '/key/info': [200, { info: { spend: 3, max_budget: 4 } }] });
    const credential = { type: 'key', env: 'RELAY_KEY' };
    const gateway = await gatewayWith(
      { relay: { provider: 'xai', upstream: url, credential }, own: { upstream: url, credential } },
      { environment: { RELAY_KEY: 'sk-relay-0123456789', XAI_MANAGEMENT_API_KEY: 'not-for-relays' } },
    );
    for (const name of ['relay', 'own']) {
      const report = await gateway.api.verifyAccount(name);
      assert.equal(plain(report.sentence), '1.00 of 4.00 USD left.');
    }
    assert.ok(asked.every(({ headers }) => headers.authorization === 'Bearer sk-relay-0123456789'));
  });

  it('says plainly what cannot be found out, without asking anybody', async () => {
    const gateway = await gatewayWith(
      {
        claude: { provider: 'anthropic' },
        gpt: { provider: 'openai', credential: { type: 'key', env: 'GPT' } },
        llm: { provider: 'openrouter' },
      },
      { environment: { GPT: 'sk-gpt-0123456789' } },
    );
    const claude = await gateway.api.verifyAccount('claude');
    assert.deepEqual([claude.state, claude.why], ['unknown', 'no_endpoint']);
    assert.equal(plain(claude.sentence), 'Anthropic cannot be checked by API. Look at its billing page.');
    assert.match(claude.page ?? '', /^https:\/\/console\.anthropic\.com\//);
    const gpt = await gateway.api.verifyAccount('gpt');
    assert.deepEqual([gpt.state, gpt.why], ['unknown', 'key_may_not_ask']);
    assert.match(plain(gpt.sentence), /OPENAI_ADMIN_KEY/);
    assert.equal((await gateway.api.verifyAccount('llm')).why, 'no_credential');
    await assert.rejects(gateway.api.verifyAccount('nobody'), { code: 'unknown_api' });
  });

  it('tells one who is not there, nor well, from one who refuses, and follows no redirect', async () => {
    const elsewhere = await vendor({ '/api/v1/credits': credits });
    const moved = await upstream((request, response) => {
      response.writeHead(302, { location: `${elsewhere.url}${request.url ?? ''}` }).end();
    });
    const ill = await upstream((_request, response) => void response.writeHead(503).end('<html>'));
    const gone = await upstream(() => undefined);
    await new Promise((resolve) => gone.server.close(resolve));
    const credential = { type: 'key', env: 'KEY' };
    const gateway = await gatewayWith(
      Object.fromEntries(
        Object.entries({ moved, ill, gone }).map(([name, { url }]) => [
          name,
          { provider: 'openrouter', upstream: url, credential },
        ]),
      ),
      { environment: { KEY: key } },
    );
    const why = async (name: string): Promise<unknown> => (await gateway.api.verifyAccount(name)).why;
    assert.deepEqual([await why('moved'), await why('ill'), await why('gone')], ['unreadable', 'busy', 'unreachable']);
    assert.equal(elsewhere.asked.length, 0);
  });
});
