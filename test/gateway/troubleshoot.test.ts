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

  it('tells another key of the program’s own from the stored one, and one that is somebody else’s', async () => {
    const gateway = await stage();
    const own = await ask(gateway, { max_tokens: 4096 }, `Bearer sk-or-v1-${'f'.repeat(32)}`);
    assert.equal(own.ownCredential?.providers.includes('openrouter'), true);
    assert.match(said((await walk(gateway, own)).steps.token), /the one that Tollgate keeps was not used/);
    const same = await ask(gateway, { max_tokens: 4096 }, `Bearer ${key}`);
    const { token: ofSame } = (await walk(gateway, same)).steps;
    assert.equal(facts(ofSame).Credential, 'The program’s own, the same that Tollgate keeps');
    const stranger = await ask(gateway, { max_tokens: 4096 }, `Bearer gsk_${'Ab1'.repeat(16)}`);
    const { token: ofStranger } = (await walk(gateway, stranger)).steps;
    assert.equal(ofStranger.state, 'problem');
    assert.match(said(ofStranger), /looks like one of Groq, but the call went to OpenRouter/);
    for (const one of [own, same, stranger]) assert.ok(!JSON.stringify(one).includes('sk-or-v1-0'));
  });

  it('decodes the end and the scope of a JWT that was injected, without showing it', async () => {
    const claims = { exp: Math.floor(Date.now() / 1000) - 60, scope: 'chat.read', aud: 'llm' };
    const jwt = ['{"alg":"none"}', JSON.stringify(claims), 'x'].map((one) => Buffer.from(one).toString('base64url'));
    const gateway = await stage({ secrets: { llm: { type: 'key', value: jwt.join('.') } } });
    const refused = await ask(gateway, { max_tokens: 4096 });
    const { steps } = await walk(gateway, refused);
    assert.equal(steps.token.state, 'problem');
    assert.match(said(steps.token), /had ended when the call was made/);
    assert.deepEqual([facts(steps.token).Scope, facts(steps.token).Audience], ['chat.read', 'llm']);
    assert.ok(!JSON.stringify(steps).includes(jwt[1] ?? '?'));
  });

  it('sees that it is over, once the same was served', async () => {
    const gateway = await stage();
    const refused = await ask(gateway, { max_tokens: 4096 });
    await ask(gateway, { max_tokens: 100 });
    const { steps } = await walk(gateway, refused);
    assert.match(said(steps.usage), /The same was served since, at .*: it may be over/);
    assert.equal(steps.subscription.state, 'ok');
  });

  it('says of a rehearsal that it was one, and keeps it out of the usage log', async () => {
    const gateway = await stage();
    await gateway.api.simulate('llm', { cause: 'insufficient_funds', when: { kind: 'every', nth: 1 } });
    await ask(gateway, { max_tokens: 10 });
    const refused = await ask(gateway, { max_tokens: 10 });
    const { steps, seen } = await walk(gateway, refused);
    assert.equal(seen.at(-1)?.simulated, true);
    assert.match(plain(seen.at(-1)?.conclusion ?? { message: '', args: [] }), /was simulated/);
    assert.equal(steps.payment.state, 'ok');
    assert.match(said(steps.usage), /1 in the last day/);
  });

  it('goes as far as it can for a call that is gone from the configuration, or from the log', async () => {
    const gateway = await stage();
    const refused = await ask(gateway, { max_tokens: 4096 });
    const { steps } = await walk({ ...gateway, api: { ...gateway.api, apis: () => Promise.resolve([]) } }, refused);
    assert.match(said(steps.payment), /was not asked: the call did not go to an API/);
    await gateway.api.clear();
    await assert.rejects(walk(gateway, refused), { code: 'not_found' });
    assert.equal(await gateway.api.history(refused.id), null);
  });

  it('counts by line, model and hour, and knows the newest call that was served there', async () => {
    const gateway = await stage();
    await ask(gateway, { model: 'a/small', max_tokens: 10 });
    const served = await ask(gateway, { model: 'a/small', max_tokens: 10 });
    await ask(gateway, { model: 'a/big', max_tokens: 4096 });
    const refused = await ask(gateway, { model: 'a/big', max_tokens: 4096 });
    const history = await gateway.api.history(refused.id);
    assert.deepEqual(
      [history?.calls, history?.refused, history?.inARow, history?.lastSuccess?.id, history?.lastSuccess?.samePlace],
      [4, 2, 2, served.id, 'path'],
    );
    assert.deepEqual(history?.models.map(({ model, calls }) => [model, calls]).sort(), [
      ['a/big', 2],
      ['a/small', 2],
    ]);
    assert.equal(
      history.hours.reduce((sum, { calls }) => sum + calls, 0),
      4,
    );
    assert.deepEqual(
      history.lines.map(({ calls, refused: no, path }) => [path, calls, no]),
      [['/api/v1/chat/completions', 4, 2]],
    );
  });
});
