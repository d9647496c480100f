import assert from 'node:assert/strict';
import type { Exchange } from '../../src/shared/exchange.ts';
import type { Secret } from '../../src/shared/secret.ts';
import { plain } from '../../src/shared/text.ts';
import type { Step, StepName, Troubleshooting } from '../../src/shared/troubleshooting.ts';
import { troubleshoot } from '../../src/troubleshoot/troubleshoot.ts';
import { closeAll, gatewayWith, lastExchange, token, upstream, type GatewayFixture } from './support.ts';

const key = 'sk-or-v1-00112233445566778899aabbccddeeff';
const secrets = { llm: { type: 'key', value: key } } as const;
const refusal = {
  error: {
    code: 402,
    message: 'This request requires more credits. You requested up to 4096 tokens, but can only afford 412.',
    metadata: { limit_source: 'openrouter_credits' },
  },
};

/** An OpenRouter that has 0.42 USD left and refuses calls with more than 1000 tokens. */
async function vendor(): Promise<string> {
  const { url } = await upstream((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      const answer = (status: number, json: object): void => {
        response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_0123' });
        response.end(JSON.stringify(json));
      };
      if (request.url === '/api/v1/credits') answer(200, { data: { total_credits: 10, total_usage: 9.58 } });
      else if (request.url === '/api/v1/key')
        answer(200, { data: { limit: null, limit_remaining: null, usage: 9.58 } });
      else if (request.method === 'GET') answer(404, {});
      else if ((JSON.parse(body) as { max_tokens: number }).max_tokens > 1000) answer(402, refusal);
      else answer(200, { choices: [] });
    });
  });
  return url;
}

async function ask(gateway: GatewayFixture, body: object, authorization = `Bearer ${token}`): Promise<Exchange> {
  await fetch(`${gateway.url}/llm/api/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify(body),
  }).then((response) => response.text());
  return lastExchange(gateway);
}

async function walk(
  gateway: GatewayFixture,
  { id }: Exchange,
): Promise<{ readonly steps: Readonly<Record<StepName, Step>>; readonly seen: readonly Troubleshooting[] }> {
  const seen: Troubleshooting[] = [];
  const sources = { ...gateway.api, savedAt: () => Promise.resolve(null) };
  const done = await troubleshoot(id, sources, (sofar) => seen.push(sofar));
  const steps = Object.fromEntries(done.steps.map((step) => [step.name, step])) as Record<StepName, Step>;
  return { steps, seen };
}

const said = ({ sentences }: Step): string => sentences.map(plain).join(' ');
const facts = ({ facts: all }: Step): Readonly<Record<string, string>> =>
  Object.fromEntries(all.map(({ name, value }) => [plain(name), plain(value)]));

describe('Troubleshooting', function () {
  this.timeout(20_000);
  afterEach(closeAll);

  async function stage(more: { readonly provider?: string; readonly secrets?: Readonly<Record<string, Secret>> } = {}) {
    const upstream = await vendor();
    return gatewayWith(
      { llm: { provider: more.provider ?? 'openrouter', upstream } },
      { secrets: more.secrets ?? secrets },
    );
  }

  it('fills in five steps, and finds the account short and the change that made it so', async () => {
    const gateway = await stage();
    await ask(gateway, { model: 'a/small', max_tokens: 100, messages: [] });
    const refused = await ask(gateway, { model: 'a/small', max_tokens: 4096, messages: [] });
    const { steps, seen } = await walk(gateway, refused);
    assert.deepEqual(
      Object.values(steps).map(({ state }) => state),
      ['problem', 'ok', 'ok', 'needsYou', 'ok'],
    );
    assert.ok(seen.length >= 6);
    assert.match(said(steps.payment), /0\.42 USD left\. That covered 412 of the 4096 tokens/);
    assert.match(said(steps.usage), /tokens asked for changed from 100 to 4096/);
    assert.equal(facts(steps.payment).Left, '0.42 USD');
  });
});
