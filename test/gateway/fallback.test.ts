import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { completion, emptyWallet, json, messages, vendor, type Answer, type Asked } from './refusingVendor.ts';
import { bodyText, closeAll, gatewayWith, lastExchange, until, type GatewayFixture } from './support.ts';

const key = (value: string) => ({ type: 'key', value }) as const;

function client({ url, programKey }: GatewayFixture, apiKey = programKey, base = '/main/v1'): OpenAI {
  return new OpenAI({ baseURL: url + base, apiKey, maxRetries: 0 });
}

describe('A fallback', () => {
  afterEach(closeAll);

  const byKey: Answer = ({ key: sent }, response) => {
    if (sent === 'Bearer sk-full') json(response, 200, completion);
    else json(response, 429, emptyWallet);
  };

  async function twoKeys(answer = byKey): Promise<{ gateway: GatewayFixture; asked: Asked[] }> {
    const { url, asked } = await vendor(answer);
    const gateway = await gatewayWith(
      { main: { provider: 'openai', upstream: url, fallback: [{ credential: 'second' }] } },
      { secrets: { main: key('sk-empty'), second: key('sk-full') }, credentials: { second: { type: 'key' } } },
    );
    return { gateway, asked };
  }

  it('answers the openai SDK with the second credential when the first is out of money', async () => {
    const { gateway, asked } = await twoKeys();
    const answer = await client(gateway).chat.completions.create({ model: 'gpt-5', messages: [...messages] });
    assert.equal(answer.choices[0]?.message.content, 'Hello');
    assert.deepEqual(
      asked.map(({ key: sent }) => sent),
      ['Bearer sk-empty', 'Bearer sk-full'],
    );
    assert.equal(asked[0]?.body, asked[1]?.body);
    const exchange = await lastExchange(gateway);
    assert.equal(exchange.status, 200);
    assert.equal(exchange.diagnosis?.cause, 'insufficient_funds');
    assert.deepEqual(exchange.diagnosis.relief, { api: 'main', credential: 'second' });
    assert.deepEqual(
      exchange.attempts?.map(({ api, credential, status, cause, outcome }) => [
        api,
        credential,
        status,
        cause,
        outcome,
      ]),
      [
        ['main', 'main', 429, 'insufficient_funds', 'refused'],
        ['main', 'second', 200, null, 'answered'],
      ],
    );
    assert.match((await bodyText(gateway, exchange.id, 'response')) ?? '', /Hello/);
    assert.doesNotMatch(JSON.stringify(exchange), /sk-(?:empty|full)/);
  });

  it('goes straight to the second while the first cools down, and says so', async () => {
    const { gateway, asked } = await twoKeys();
    const openai = client(gateway);
    for (let call = 0; call < 3; call++)
      await openai.chat.completions.create({ model: 'gpt-5', messages: [...messages] });
    assert.equal(asked.filter(({ key: sent }) => sent === 'Bearer sk-empty').length, 1);
    const exchange = await lastExchange(gateway);
    assert.equal(exchange.diagnosis?.cause, 'insufficient_funds');
    assert.deepEqual(
      exchange.attempts?.map(({ outcome, cause }) => [outcome, cause]),
      [
        ['skipped', 'insufficient_funds'],
        ['answered', null],
      ],
    );
    const [status] = await gateway.api.apis();
    assert.equal(status?.recourse?.coolDowns[0]?.credential, 'main');
    assert.equal(status.recourse.coolDowns[0].cause, 'insufficient_funds');
  });

  it('is never paid for by callers that bring a key of their own', async () => {
    const { gateway, asked } = await twoKeys();
    const call = client(gateway, 'sk-own').chat.completions.create({ model: 'gpt-5', messages: [...messages] });
    await assert.rejects(call, { status: 429 });
    assert.deepEqual(
      asked.map(({ key: sent }) => sent),
      ['Bearer sk-own'],
    );
    const { attempts, diagnosis } = await lastExchange(gateway);
    assert.match(attempts?.[0]?.note?.message ?? '', /carries its own key/);
    assert.equal(diagnosis?.relief, undefined);
  });

  it('goes to another API with that one’s path, credential and model, and no header that names the account', async () => {
    const first = await vendor((_asked, response) =>
      json(response, 402, { error: { message: 'Insufficient credits', code: 402 } }),
    );
    const other = await vendor((_asked, response) => json(response, 200, completion));
    const gateway = await gatewayWith(
      {
        main: {
          provider: 'openrouter',
          upstream: first.url,
          fallback: [{ api: 'other', model: 'llama-3.1-8b-instant' }],
        },
        other: { provider: 'groq', upstream: other.url },
      },
      { secrets: { main: key('sk-or-v1-1'), other: key('gsk_2') } },
    );
    const openai = new OpenAI({
      ...{ baseURL: `${gateway.url}/main/api/v1`, apiKey: gateway.programKey, maxRetries: 0 },
      organization: 'org-secret',
    });
    const { data, response } = await openai.chat.completions
      .create({ model: 'openai/gpt-5', messages: [...messages] }, { headers: { 'x-tollgate-attempts': '1' } })
      .withResponse();
    assert.equal(data.choices[0]?.message.content, 'Hello');
    assert.equal(response.headers.get('x-tollgate-attempts'), 'main/main 402 refused, other/other 200 answered');
    const [asked] = other.asked;
    assert.equal(asked?.url, '/openai/v1/chat/completions');
    assert.equal(asked.key, 'Bearer gsk_2');
    assert.deepEqual(JSON.parse(asked.body), { model: 'llama-3.1-8b-instant', messages });
    assert.doesNotMatch(asked.rawHeaders.join('\n'), /org-secret|x-tollgate/i);
    const exchange = await lastExchange(gateway);
    assert.deepEqual(exchange.diagnosis?.relief, { api: 'other', credential: null });
    assert.equal(exchange.attempts?.[1]?.model, 'llama-3.1-8b-instant');
  });

  it('leaves the first refusal to the client where no other does better', async () => {
    const first = await vendor((_asked, response) => json(response, 429, emptyWallet, { 'x-request-id': 'req-first' }));
    const wrong = await vendor((_asked, response) => json(response, 404, { error: { message: 'No such model' } }));
    const gateway = await gatewayWith(
      {
        main: {
          ...{ provider: 'openai', upstream: first.url },
          fallback: [{ credential: 'unset' }, { api: 'wrong' }, { api: 'gone' }],
        },
        wrong: { provider: 'groq', upstream: wrong.url },
        gone: { provider: 'mistral', upstream: 'http://127.0.0.1:9' },
      },
      {
        secrets: { main: key('a'), wrong: key('b'), gone: key('c') },
        credentials: { unset: { type: 'key' } },
      },
    );
    const ask = () => client(gateway).chat.completions.create({ model: 'gpt-5', messages: [...messages] });
    await assert.rejects(ask(), (error) => {
      assert.ok(error instanceof OpenAI.RateLimitError);
      assert.equal(error.requestID, 'req-first');
      return true;
    });
    const exchange = await lastExchange(gateway);
    assert.equal(exchange.status, 429);
    assert.equal(exchange.diagnosis?.cause, 'insufficient_funds');
    assert.equal(exchange.diagnosis.relief, undefined);
    assert.deepEqual(
      exchange.attempts?.map(({ api, outcome }) => `${api} ${outcome}`),
      ['main refused', 'main failed', 'wrong refused', 'gone failed'],
    );
    // Spared the first try, and with nothing better: asked after all, it says what is true now.
    await assert.rejects(ask(), { status: 429 });
    assert.equal(first.asked.length, 2);
  });

  it('finds a refusal at the beginning of a stream, and passes on the stream of the other as it comes', async () => {
    let goOn: () => void = () => undefined;
    const { url } = await vendor(({ key: sent }, response) => {
      response.writeHead(200, { 'Content-Type': 'text/event-stream' });
      if (sent !== 'Bearer sk-full') {
        response.write(': OPENROUTER PROCESSING\n\n');
        response.write(
          `data: ${JSON.stringify({ error: { code: 402, message: 'Insufficient credits. Add more.' } })}\n\n`,
        );
        goOn = () => response.end();
        return;
      }
      const chunk = (content: string) =>
        `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content } }] })}\n\n`;
      response.write(chunk('Hel'));
      goOn = () => response.end(`${chunk('lo')}data: [DONE]\n\n`);
    });
    const gateway = await gatewayWith(
      { main: { provider: 'openrouter', upstream: url, fallback: [{ credential: 'second' }] } },
      { secrets: { main: key('sk-empty'), second: key('sk-full') }, credentials: { second: { type: 'key' } } },
    );
    const stream = await client(gateway, undefined, '/main/api/v1').chat.completions.create({
      ...{ model: 'm', messages: [...messages], stream: true },
    });
    const pieces: string[] = [];
    for await (const chunk of stream) {
      pieces.push(chunk.choices[0]?.delta.content ?? '');
      // Only now does the upstream send the rest: the first piece has come without it.
      if (pieces.length === 1) goOn();
    }
    assert.deepEqual(pieces, ['Hel', 'lo']);
    assert.equal((await lastExchange(gateway)).attempts?.[0]?.cause, 'insufficient_funds');
  });

  it('is not tried for a cause that its "on" does not name', async () => {
    const { url, asked } = await vendor((_asked, response) => json(response, 429, emptyWallet));
    const gateway = await gatewayWith(
      {
        main: {
          ...{ provider: 'openai', upstream: url },
          fallback: [{ credential: 'second', on: ['token_expired_or_invalid'] }],
        },
      },
      { secrets: { main: key('a'), second: key('b') }, credentials: { second: { type: 'key' } } },
    );
    const ask = client(gateway).chat.completions.create({ model: 'gpt-5', messages: [...messages] });
    await assert.rejects(ask, { status: 429 });
    assert.equal(asked.length, 1);
  });

  it('lets a request pass that is too long to be held, once, and says so', async () => {
    const { gateway, asked } = await twoKeys();
    const response = await fetch(`${gateway.url}/main/v1/files`, {
      ...{ method: 'POST', body: 'x'.repeat(4_500_000) },
      headers: { Authorization: `Bearer ${gateway.programKey}` },
    });
    assert.equal(response.status, 429);
    assert.equal(asked.length, 1);
    assert.equal(asked[0]?.body.length, 4_500_000);
    const exchange = await lastExchange(gateway);
    assert.match(exchange.attempts?.[0]?.note?.message ?? '', /4 MB/);
    assert.equal(exchange.requestSize, 4_500_000);
  });

  it('sends a long upload again whole, though it came in pieces', async () => {
    const { gateway, asked } = await twoKeys();
    const piece = new Uint8Array(200_000).fill(97);
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        if (sent++ < 10) controller.enqueue(piece);
        else controller.close();
      },
    });
    const response = await fetch(`${gateway.url}/main/v1/files`, {
      ...{ method: 'POST', body, duplex: 'half' },
      headers: { Authorization: `Bearer ${gateway.programKey}` },
    });
    assert.equal(response.status, 200);
    assert.deepEqual(
      asked.map(({ body: received }) => received.length),
      [2_000_000, 2_000_000],
    );
  });

  it('ends a cool-down when the credential is set anew', async () => {
    const { gateway, asked } = await twoKeys();
    const ask = () => client(gateway).chat.completions.create({ model: 'gpt-5', messages: [...messages] });
    await ask();
    await gateway.api.setSecret('main', { type: 'key', value: 'sk-full' });
    await ask();
    assert.equal(asked.at(-1)?.key, 'Bearer sk-full');
    await until(async () => (await gateway.api.apis())[0]?.recourse?.coolDowns.length === 0);
    const exchange = await lastExchange(gateway);
    assert.equal(exchange.attempts, undefined);
    assert.equal(exchange.diagnosis, null);
  });

  it('can be rehearsed: the refusal is simulated, the other answer is real, and nothing is left out afterwards', async () => {
    const { gateway, asked } = await twoKeys();
    await gateway.api.simulate('main', { cause: 'insufficient_funds', when: { kind: 'next', count: 1 } });
    await client(gateway).chat.completions.create({ model: 'gpt-5', messages: [...messages] });
    assert.deepEqual(
      asked.map(({ key: sent }) => sent),
      ['Bearer sk-full'],
    );
    const exchange = await lastExchange(gateway);
    assert.equal(exchange.simulated, true);
    assert.deepEqual(exchange.diagnosis?.relief, { api: 'main', credential: 'second' });
    assert.deepEqual((await gateway.api.apis())[0]?.recourse?.coolDowns, []);
  });
});
