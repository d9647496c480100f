import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import OpenAI from 'openai';
import { completion, json, messages } from './refusingVendor.ts';
import { closeAll, gatewayWith, lastExchange, pause, until, upstream, type GatewayFixture } from './support.ts';

const tooFast = { error: { message: 'Rate limit reached for gpt-5.', type: 'requests', code: 'rate_limit_exceeded' } };

interface Vendor {
  readonly gateway: GatewayFixture;
  /** What arrived, with when. */
  readonly asked: { readonly name: string; readonly at: number }[];
  /** Refuses from now on, with these headers and this body; null answers again. */
  refuse(
    how: { readonly headers?: Record<string, string>; readonly body?: unknown; readonly status?: number } | null,
  ): void;
}

async function vendor(retryAfter: object | undefined, provider = 'openai'): Promise<Vendor> {
  const asked: Vendor['asked'] = [];
  let refusing: Parameters<Vendor['refuse']>[0] = null;
  const { url } = await upstream((request, response) => {
    request.resume().on('end', () => {
      asked.push({ name: String(request.headers['x-name'] ?? ''), at: Date.now() });
      if (refusing === null) json(response, 200, completion);
      else json(response, refusing.status ?? 429, refusing.body ?? tooFast, refusing.headers);
    });
  });
  const gateway = await gatewayWith(
    { api: { provider, upstream: url, ...(retryAfter === undefined ? {} : { retryAfter }) } },
    { secrets: { api: { type: 'key', value: 'sk-stored' } } },
  );
  return { gateway, asked, refuse: (how) => (refusing = how) };
}

function client({ gateway }: Vendor, maxRetries = 0): OpenAI {
  return new OpenAI({ baseURL: `${gateway.url}/api/v1`, apiKey: gateway.programKey, maxRetries });
}

function ask(openai: OpenAI, name = '', signal?: AbortSignal): Promise<unknown> {
  return openai.chat.completions.create(
    { model: 'gpt-5', messages: [...messages] },
    { headers: { 'x-name': name }, ...(signal === undefined ? {} : { signal }) },
  );
}

/** Refuses the next `count` calls, then answers. */
function refuseNext(stage: Vendor, count: number, how: Parameters<Vendor['refuse']>[0]): void {
  stage.refuse(how);
  const end = stage.asked.length + count;
  const timer = setInterval(() => {
    if (stage.asked.length < end) return;
    clearInterval(timer);
    stage.refuse(null);
  }, 5);
}

describe('A queue that honours Retry-After', () => {
  afterEach(closeAll);

  for (const [said, how] of [
    ['Retry-After in seconds', { headers: { 'Retry-After': '1' } }],
    ['retry-after-ms', { headers: { 'retry-after-ms': '700' } }],
    ['x-ratelimit-reset-requests', { headers: { 'x-ratelimit-reset-requests': '800ms' } }],
  ] as const)
    it(`sends the refused call again when ${said} allows, and the openai SDK hears nothing of it`, async () => {
      const stage = await vendor({ maxWait: 10 });
      refuseNext(stage, 1, how);
      const answer = await ask(client(stage));
      assert.equal((answer as { id: string }).id, 'chatcmpl-1');
      assert.equal(stage.asked.length, 2);
      const waited = (stage.asked[1]?.at ?? 0) - (stage.asked[0]?.at ?? 0);
      assert.ok(waited >= 650 && waited < 3000, `waited ${String(waited)} ms`);
      const exchange = await lastExchange(stage.gateway);
      assert.equal(exchange.status, 200);
      assert.equal(exchange.diagnosis, null);
      assert.deepEqual(
        exchange.attempts?.map(({ status, outcome, cause }) => [status, outcome, cause]),
        [
          [429, 'refused', 'rate_limit'],
          [200, 'answered', null],
        ],
      );
      assert.ok((exchange.attempts[1]?.waited ?? 0) >= 600);
    });

  it('understands an HTTP date, and the RetryInfo in a body of Gemini', async () => {
    const stage = await vendor({ maxWait: 10 });
    refuseNext(stage, 1, { headers: { 'Retry-After': new Date(Date.now() + 1500).toUTCString() } });
    await ask(client(stage));
    const gemini = await vendor({ maxWait: 10 }, 'gemini');
    const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '0.6s' }];
    const error = { code: 429, status: 'RESOURCE_EXHAUSTED', message: 'Resource has been exhausted.', details };
    refuseNext(gemini, 1, { body: { error } });
    const path = '/api/v1beta/models/gemini-2.5-flash:generateContent';
    const headers = { 'x-goog-api-key': gemini.gateway.programKey };
    assert.equal((await fetch(gemini.gateway.url + path, { method: 'POST', body: '{}', headers })).status, 200);
    assert.equal(gemini.asked.length, 2);
  });

  it('lets those that came meanwhile go in their order, one after the other', async () => {
    const stage = await vendor({ maxWait: 20 });
    const openai = client(stage);
    refuseNext(stage, 1, { headers: { 'Retry-After': '1' } });
    const first = ask(openai, 'first');
    await until(() => stage.asked.length === 1);
    await until(async () => (await stage.gateway.api.apis())[0]?.recourse?.waiting === 1);
    const later: Promise<unknown>[] = [];
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
      later.push(ask(openai, name));
      await pause(25);
    }
    const [status] = await stage.gateway.api.apis();
    assert.equal(status?.recourse?.waiting, 7);
    assert.ok((status.recourse.opensAt ?? 0) > Date.now());
    assert.equal(stage.asked.length, 1);
    await Promise.all([first, ...later]);
    const again = stage.asked.slice(1);
    assert.equal(again.map(({ name }) => name).join(''), 'firstabcdef');
    // Not all at one moment: the second only follows after the first, or a pause.
    assert.ok((again.at(-1)?.at ?? 0) - (again[0]?.at ?? 0) >= 100);
    assert.equal((await stage.gateway.api.apis())[0]?.recourse?.waiting, 0);
  });

  it('passes the refusal on at once where the wait is longer than a call may', async () => {
    const stage = await vendor({ maxWait: 5 });
    stage.refuse({ headers: { 'Retry-After': '600' } });
    const since = Date.now();
    await assert.rejects(ask(client(stage)), { status: 429 });
    await assert.rejects(ask(client(stage)), { status: 429 });
    assert.ok(Date.now() - since < 2000);
    assert.equal(stage.asked.length, 2);
    assert.equal((await lastExchange(stage.gateway)).diagnosis?.cause, 'rate_limit');
  });

  it('does not send again what "x-should-retry: false" forbids, nor what waiting does not mend', async () => {
    const stage = await vendor({ maxWait: 5 });
    stage.refuse({ headers: { 'Retry-After': '1', 'x-should-retry': 'false' } });
    await assert.rejects(ask(client(stage)), { status: 429 });
    const error = {
      message: 'You exceeded your current quota.',
      code: 'insufficient_quota',
      type: 'insufficient_quota',
    };
    stage.refuse({ headers: { 'Retry-After': '1' }, body: { error } });
    await assert.rejects(ask(client(stage)), { status: 429 });
    assert.equal(stage.asked.length, 2);
  });

  it('gives up a call whose waits add up to more than it may wait', async () => {
    const stage = await vendor({ maxWait: 2 });
    stage.refuse({ headers: { 'Retry-After': '0.9' } });
    await assert.rejects(ask(client(stage)), { status: 429 });
    assert.equal(stage.asked.length, 3);
  });

  it('answers 429 with Retry-After where too many wait', async () => {
    const stage = await vendor({ maxWait: 20, maxQueued: 2 });
    refuseNext(stage, 1, { headers: { 'Retry-After': '1' } });
    const openai = client(stage);
    const waiting = [ask(openai)];
    await until(async () => (await stage.gateway.api.apis())[0]?.recourse?.waiting === 1);
    waiting.push(ask(openai));
    await until(async () => (await stage.gateway.api.apis())[0]?.recourse?.waiting === 2);
    await assert.rejects(ask(openai), (error) => {
      assert.ok(error instanceof OpenAI.RateLimitError);
      assert.equal(error.headers.get('retry-after'), '1');
      assert.equal(error.headers.get('x-tollgate-error'), 'throttled');
      return true;
    });
    await Promise.all(waiting);
    // With its own retries on, the SDK comes back by itself.
    refuseNext(stage, 1, { headers: { 'Retry-After': '1' } });
    const patient = client(stage, 2);
    await Promise.all([ask(patient), ask(patient), ask(patient), ask(patient)]);
  });

  it('forgets a call whose client leaves', async () => {
    const stage = await vendor({ maxWait: 20 });
    refuseNext(stage, 1, { headers: { 'Retry-After': '2' } });
    const openai = client(stage);
    const first = ask(openai, 'first');
    await until(async () => (await stage.gateway.api.apis())[0]?.recourse?.waiting === 1);
    const leaving = new AbortController();
    const left = ask(openai, 'left', leaving.signal);
    await until(async () => (await stage.gateway.api.apis())[0]?.recourse?.waiting === 2);
    leaving.abort();
    await assert.rejects(left);
    await until(async () => (await stage.gateway.api.apis())[0]?.recourse?.waiting === 1);
    assert.equal((await lastExchange(stage.gateway)).state, 'aborted');
    await first;
    assert.deepEqual(
      stage.asked.map(({ name }) => name),
      ['first', 'first'],
    );
  });

  it('makes curl wait without a word', async function () {
    const stage = await vendor({});
    refuseNext(stage, 1, { headers: { 'Retry-After': '1' } });
    const out: Buffer[] = [];
    const curl = spawn('curl', [
      '-s',
      '-w',
      '%{http_code}',
      '-H',
      `Authorization: Bearer ${stage.gateway.programKey}`,
      `${stage.gateway.url}/api/v1/models`,
    ]);
    curl.stdout.on('data', (piece: Buffer) => out.push(piece));
    const code = await new Promise<number | null>((resolve) =>
      curl.on('error', () => resolve(null)).on('close', resolve),
    );
    if (code === null) {
      console.log('      curl is not installed');
      this.skip();
    }
    assert.match(Buffer.concat(out).toString(), /200$/);
    assert.equal(stage.asked.length, 2);
  });

  it('is not there where it is not declared', async () => {
    const stage = await vendor(undefined);
    stage.refuse({ headers: { 'Retry-After': '1' } });
    await assert.rejects(ask(client(stage)), { status: 429 });
    const exchange = await lastExchange(stage.gateway);
    assert.equal(exchange.attempts, undefined);
    assert.equal((await stage.gateway.api.apis())[0]?.recourse, null);
  });
});
