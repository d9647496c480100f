import assert from 'node:assert/strict';
import path from 'node:path';
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import type { Subscription } from '../../src/shared/access.ts';
import { call, declared, gatewayWith, restarted, subscribed } from './accessStage.ts';
import { closeAll, lastExchange, until, type GatewayFixture } from './support.ts';

describe('Access', () => {
  afterEach(closeAll);

  it('that nobody declares changes nothing: what a client sends goes out as it came', async () => {
    const gateway = await gatewayWith({});
    const answer = await call(gateway, '/y/a?key=abc', { authorization: 'Bearer eyJh.eyJh.abc', 'x-api-key': 'k' });
    assert.equal(answer.status, 200);
    const { url, rawHeaders } = answer.body as { url: string; rawHeaders: string[] };
    assert.equal(url, '/a?key=abc');
    assert.ok(rawHeaders.includes('Bearer eyJh.eyJh.abc') && rawHeaders.includes('k'));
    assert.deepEqual((await gateway.api.access()).subscriptions, []);
  });

  it('is refused in every state of a subscription, with a stable code, a sentence, the fix and a finding', async () => {
    const gateway = await declared();
    const codeOf = async (headers: Readonly<Record<string, string>> = {}): Promise<readonly unknown[]> => {
      const { status, body, headers: got } = await call(gateway, '/x/a', headers);
      const { code, detail, hint, error } = body as {
        code: string;
        detail: string;
        hint: string;
        error: { message: string };
      };
      if (status === 200) return [200];
      assert.equal(got.get('content-type'), 'application/problem+json');
      assert.equal(got.get('x-should-retry'), 'false');
      assert.equal(error.message, detail);
      assert.ok(hint.length > 10);
      const { diagnosis } = await lastExchange(gateway);
      assert.deepEqual([diagnosis?.rule, diagnosis?.facts.access?.code], ['ownAccess', code]);
      return [status, code];
    };
    assert.deepEqual(await codeOf(), [401, 'key_missing']);
    assert.deepEqual(await codeOf({ authorization: 'Bearer sk-123' }), [401, 'key_unknown']);
    const { key, secret } = await gateway.api.issueKey({ application: 'shop', name: 'ci' });
    const shown = { authorization: `Bearer ${secret}` };
    assert.deepEqual(await codeOf({ authorization: `Bearer ${secret.slice(0, -1)}!` }), [401, 'key_unknown']);
    assert.deepEqual(await codeOf(shown), [403, 'not_subscribed']);
    const asked = await gateway.api.requestSubscription({ application: 'shop', api: 'x', reason: 'to try' });
    const decide = (
      decision: Parameters<GatewayFixture['api']['decideSubscription']>[0]['decision'],
    ): Promise<Subscription> => gateway.api.decideSubscription({ id: asked.id, decision, opinion: 'because' });
    assert.deepEqual(await codeOf(shown), [403, 'subscription_pending']);
    assert.equal((await decide('reject')).state, 'rejected');
    assert.deepEqual(await codeOf(shown), [403, 'subscription_rejected']);
    assert.equal((await gateway.api.requestSubscription({ application: 'shop', api: 'x' })).id, asked.id);
    assert.equal((await decide('approve')).state, 'active');
    assert.deepEqual(await codeOf(shown), [200]);
    await decide('suspend');
    assert.deepEqual(await codeOf(shown), [403, 'subscription_suspended']);
    await decide('resume');
    assert.deepEqual(await codeOf(shown), [200]);
    assert.deepEqual(await codeOf(shown), [402, 'quota_exceeded']);
    await decide('renew');
    assert.deepEqual(await codeOf(shown), [200]);
    await decide('cancel');
    assert.deepEqual(await codeOf(shown), [403, 'subscription_cancelled']);
    await gateway.api.revokeKey({ id: key.id });
    assert.deepEqual(await codeOf(shown), [401, 'key_revoked']);
    const trail = await gateway.api.accessAudit({ subject: asked.id });
    assert.deepEqual(
      trail.map(({ action }) => action.replace('subscription.', '')),
      ['cancelled', 'renewed', 'resumed', 'suspended', 'approved', 'requested', 'rejected', 'requested'],
    );
  });

  it('takes keys wherever clients put them, and none of them goes upstream', async () => {
    const gateway = await declared();
    const secret = await subscribed(gateway, 'z');
    const ways: readonly (readonly [string, Record<string, string>])[] = [
      ['/z/a', { authorization: `Bearer ${secret}` }],
      ['/z/a', { authorization: secret }],
      ['/z/a', { 'x-api-key': secret }],
      [`/z/a?key=${secret}&b=1`, {}],
      [`/z/a?api_key=${secret}`, {}],
    ];
    for (const [target, headers] of ways) {
      const { status, body } = await call(gateway, target, headers);
      assert.equal(status, 200, target);
      assert.ok(!JSON.stringify(body).includes(secret), target);
    }
    const { rows } = await gateway.api.exchanges({ filter: '', limit: 10 });
    for (const { id } of rows) assert.ok(!JSON.stringify(await gateway.api.exchange(id)).includes(secret));
  });

  it('is limited by a key’s APIs, methods and end, and goes over to its successor', async () => {
    const gateway = await declared();
    await subscribed(gateway, 'z');
    const statusOf = async (secret: string, method = 'POST'): Promise<number> =>
      (await fetch(`${gateway.url}/z/a`, { method, headers: { 'x-api-key': secret } })).status;
    const issue = gateway.api.issueKey.bind(gateway.api);
    const narrow = await issue({ application: 'shop', name: 'a', apis: ['x'] });
    const reader = await issue({ application: 'shop', name: 'b', methods: ['GET'] });
    const past = await issue({ application: 'shop', name: 'c', expiresAt: Date.now() - 1 });
    assert.deepEqual(
      await Promise.all([
        statusOf(narrow.secret),
        statusOf(reader.secret),
        statusOf(reader.secret, 'GET'),
        statusOf(past.secret),
      ]),
      [403, 403, 200, 401],
    );
    const rotated = await gateway.api.rotateKey({ id: reader.key.id, overlapMs: 3_600_000 });
    assert.equal(rotated.key.expiresAt, null);
    const hour = 3_600_000;
    const short = await issue({ application: 'shop', name: 'd', expiresAt: Date.now() + hour });
    const next = await gateway.api.rotateKey({ id: short.key.id });
    assert.ok(Math.abs((next.key.expiresAt ?? 0) - Date.now() - hour) < 60_000);
    assert.equal((await gateway.api.rotateKey({ id: next.key.id, expiresAt: null })).key.expiresAt, null);
    assert.deepEqual([await statusOf(reader.secret, 'GET'), await statusOf(rotated.secret, 'GET')], [200, 200]);
    await gateway.api.revokeKey({ id: reader.key.id });
    assert.deepEqual([await statusOf(reader.secret, 'GET'), await statusOf(rotated.secret, 'GET')], [401, 200]);
    const stored = JSON.stringify(await gateway.api.access()) + JSON.stringify(await gateway.api.exportAccess());
    for (const { secret } of [narrow, reader, past, rotated]) assert.ok(!stored.includes(secret));
  });

  it('ends with a subscription’s time, and a rate or a soft quota says when to come back', async () => {
    const gateway = await declared();
    const secret = await subscribed(gateway, 'rated');
    const headers = { authorization: `Bearer ${secret}` };
    assert.equal((await call(gateway, '/rated/a', headers)).status, 200);
    const fast = await call(gateway, '/rated/a', headers);
    assert.equal(fast.status, 429);
    assert.ok(Number(fast.headers.get('retry-after')) > 3500);
    assert.match(fast.headers.get('ratelimit') ?? '', /^"slow";r=0;t=\d+$/);
    assert.equal(fast.headers.get('ratelimit-policy'), '"slow";q=1;w=3600');
    assert.equal(fast.headers.get('x-should-retry'), null);
    await subscribed(gateway, 'softly');
    assert.equal((await call(gateway, '/softly/a', headers)).status, 200);
    const soft = await call(gateway, '/softly/a', headers);
    assert.deepEqual([soft.status, (soft.body as { code: string }).code], [429, 'quota_exceeded']);
    await subscribed(gateway, 'briefly');
    assert.equal((await call(gateway, '/briefly/a', headers)).status, 200);
    const ended = await until(async () => {
      const answer = await call(gateway, '/briefly/a', headers);
      return answer.status === 200 ? undefined : answer;
    }, 'the end');
    assert.deepEqual([ended.status, (ended.body as { code: string }).code], [402, 'subscription_expired']);
  });

  it('keeps tenants apart: what one team spends is not another’s, nor what it subscribed to', async () => {
    const gateway = await declared({ budgets: { each: { each: 'team', calls: 2, per: 'total', over: 'refuse' } } });
    const shop = await subscribed(gateway, 'z');
    const blog = await gateway.api.issueKey({ application: 'blog', name: 'ci' });
    const codeOf = async (secret: string, target: string): Promise<unknown> => {
      const { status, body } = await call(gateway, target, { 'x-api-key': secret });
      return status === 200 ? 200 : (body as { code: string }).code;
    };
    assert.equal(await codeOf(blog.secret, '/z/a'), 'not_subscribed');
    await assert.rejects(gateway.api.requestSubscription({ application: 'blog', api: 'closed' }), {
      code: 'not_offered',
    });
    assert.deepEqual([await codeOf(shop, '/z/a'), await codeOf(shop, '/z/a')], [200, 200]);
    assert.equal(await codeOf(shop, '/z/a'), 'budget_exceeded');
    assert.equal(await codeOf(blog.secret, '/y/a'), 200);
  });

  it('lets exactly 20 of 200 parallel calls through a budget for 20, and says what is spent', async function () {
    this.timeout(60_000);
    const gateway = await declared({
      budgets: { b: { application: 'shop', calls: 20, per: 'total', over: 'refuse' } },
    });
    const secret = await subscribed(gateway, 'z');
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => call(gateway, '/z/a', { 'x-api-key': secret })),
    );
    assert.equal(answers.filter(({ status }) => status === 200).length, 20);
    const refused = answers.find(({ status }) => status === 402);
    assert.equal(refused?.headers.get('x-should-retry'), 'false');
    const { scope, scope_id, limit, currency, code } = refused.body as Record<string, unknown>;
    assert.deepEqual([code, scope, scope_id, limit, currency], ['budget_exceeded', 'application', 'shop', 20, null]);
    await until(async () => (await gateway.api.access()).limits[0]?.spent === 20, 'all to be settled');
  });

  it('charges an aborted call too, and none that found no upstream', async () => {
    const gateway = await declared({ budgets: { b: { calls: 10, per: 'total', over: 'refuse' } } });
    const aborting = new AbortController();
    const response = await fetch(`${gateway.url}/endless/a`, { method: 'POST', body: '{}', signal: aborting.signal });
    await response.body?.getReader().read();
    aborting.abort();
    await until(async () => (await gateway.api.access()).limits[0]?.spent === 1, 'the charge');
    assert.equal((await call(gateway, '/nowhere/a', {})).status, 502);
    const { spent, reserved } = (await gateway.api.access()).limits[0] ?? {};
    assert.deepEqual([spent, reserved], [1, 0]);
  });

  it('counts by model where a budget names one', async () => {
    const gateway = await declared({ budgets: { b: { model: 'dear', calls: 1, per: 'total', over: 'refuse' } } });
    const ask = async (model: string): Promise<number> =>
      (await fetch(`${gateway.url}/y/a`, { method: 'POST', body: JSON.stringify({ model }) })).status;
    assert.deepEqual([await ask('dear'), await ask('dear'), await ask('cheap')], [200, 402, 200]);
  });

  it('takes tokens of its own, tells what they are good for, and says why it takes no other', async () => {
    const gateway = await declared();
    await subscribed(gateway, 'z');
    const { token: issued } = await gateway.api.issueToken({ application: 'shop', apis: ['z'] });
    assert.equal((await call(gateway, '/z/a', { authorization: `Bearer ${issued}` })).status, 200);
    const wrong = await call(gateway, '/x/a', { authorization: `Bearer ${issued}` });
    assert.equal((wrong.body as { code: string }).code, 'key_scope');
    const [head = '', body = '', signature = ''] = issued.split('.');
    const forged = `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    const refused = await call(gateway, '/z/a', { authorization: `Bearer ${forged}` });
    assert.deepEqual([refused.status, (refused.body as { code: string }).code], [401, 'token_invalid']);
    assert.match((refused.body as { detail: string }).detail, /signature is wrong/);
    const verdict = await gateway.api.validateAccess({ presented: issued, api: 'z' });
    assert.deepEqual([verdict.valid, verdict.kind, verdict.application, verdict.team], [true, 'token', 'shop', 'web']);
    assert.equal((await gateway.api.validateAccess({ presented: forged })).valid, false);
    assert.equal((await gateway.api.validateAccess({ presented: gateway.programKey })).kind, 'programKey');
  });

  it('shows the sentence in the SDKs of OpenAI and Anthropic, which do not try again', async () => {
    const gateway = await declared();
    const { secret } = await gateway.api.issueKey({ application: 'shop', name: 'ci' });
    const openai = new OpenAI({ baseURL: `${gateway.url}/x`, apiKey: secret });
    const messages = [{ role: 'user' as const, content: 'Hi' }];
    await assert.rejects(openai.chat.completions.create({ model: 'm', messages }), {
      status: 403,
      code: 'not_subscribed',
      message: /shop is not subscribed to x/,
    });
    const anthropic = new Anthropic({ baseURL: `${gateway.url}/x`, apiKey: secret });
    await assert.rejects(anthropic.messages.create({ model: 'm', max_tokens: 1, messages }), {
      status: 403,
      message: /shop is not subscribed to x/,
    });
    assert.equal((await gateway.api.exchanges({ filter: '', limit: 9 })).total, 2);
  });

  it('outlasts a restart, and comes back from an export', async () => {
    const gateway = await declared();
    const secret = await subscribed(gateway, 'x');
    await call(gateway, '/x/a', { 'x-api-key': secret });
    await until(async () => (await gateway.api.access()).limits[0]?.spent === 1, 'the charge');
    const exported = await gateway.api.exportAccess();
    await gateway.close();
    const data = path.join(gateway.directory, 'data');
    const again = await restarted(gateway, data);
    assert.equal((await again.api.access()).limits[0]?.spent, 1);
    assert.equal((await call({ url: again.url }, '/x/a', { 'x-api-key': secret })).status, 200);
    assert.equal((await call({ url: again.url }, '/x/a', { 'x-api-key': secret })).status, 402);
    const fresh = await restarted(gateway, path.join(gateway.directory, 'other'));
    assert.equal((await call({ url: fresh.url }, '/x/a', { 'x-api-key': secret })).status, 401);
    await fresh.api.importAccess(exported);
    assert.equal((await call({ url: fresh.url }, '/x/a', { 'x-api-key': secret })).status, 200);
    await assert.rejects(fresh.api.importAccess({} as never), { code: 'import_invalid' });
  });

  it('is declared by a call: the file keeps its comments, and what is wrong is not written', async () => {
    const gateway = await declared();
    await gateway.api.declare({ kind: 'application', name: 'tool', declaration: { team: 'web' } });
    assert.ok((await gateway.api.access()).applications.some(({ name }) => name === 'tool'));
    await assert.rejects(gateway.api.declare({ kind: 'application', name: 'bad', declaration: { team: 'nobody' } }), {
      code: 'invalid_request',
      message: /There is no team "nobody"/,
    });
    await gateway.api.undeclare('application', 'tool');
    assert.ok(!(await gateway.api.access()).applications.some(({ name }) => name === 'tool'));
  });
});
