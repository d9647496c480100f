import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { ExchangeId } from '../../src/shared/exchange.ts';
import { defaultSettings } from '../../src/shared/settings.ts';
import {
  bodyText,
  closeAll,
  echo,
  gatewayWith,
  lastExchange,
  upstream,
  type Echoed,
  type GatewayFixture,
} from './support.ts';

const secrets = { openai: { type: 'key', value: 'sk-proj-the-real-one-0123456789' } } as const;

describe('Replaying a call', () => {
  afterEach(closeAll);

  it('sends it again with the stored credential, and without what was redacted', async () => {
    const gateway = await echoing();
    const sent = await fetch(`${gateway.url}/openai/v1/chat?stream=false&api_key=sk-mine-0123456789abcdef`, {
      method: 'POST',
      headers: {
        Authorization: 'Bearer sk-mine-0123456789abcdef',
        Cookie: 'session=abc',
        'X-Own': 'kept',
        'Content-Type': 'application/json',
      },
      body: '{"model":"m","max_tokens":10}',
    });
    await sent.text();
    const original = await lastExchange(gateway);
    const id = await gateway.api.replay(original.id);
    const replayed = (await gateway.api.exchange(id)) ?? assert.fail();
    assert.equal(replayed.replayOf, original.id);
    assert.equal(replayed.state, 'complete');
    assert.equal(replayed.status, 200);
    assert.equal(replayed.credentialInjected, true);
    assert.equal(replayed.number, original.number + 1);
    const echoed = arrived.at(-1) ?? assert.fail();
    assert.equal(echoed.method, 'POST');
    assert.equal(echoed.url, '/v1/chat?stream=false');
    assert.equal((await answerOf(gateway, id)).body, '{"model":"m","max_tokens":10}');
    const fields = echoed.rawHeaders.join('\n');
    assert.match(fields, /X-Own\nkept/i);
    assert.match(fields, /Authorization\nBearer sk-proj-the-real-one-0123456789/);
    assert.doesNotMatch(fields, /redacted|session|sk-mine/);
  });

  it('sends a body that was compressed as it is kept: decoded', async () => {
    const gateway = await echoing();
    await (
      await fetch(`${gateway.url}/openai/v1/x`, {
        method: 'POST',
        headers: { 'Content-Encoding': 'gzip', 'Content-Type': 'application/json' },
        body: gzipSync('{"model":"m"}'),
      })
    ).text();
    const echoed = await answerOf(gateway, await gateway.api.replay((await lastExchange(gateway)).id));
    assert.equal(echoed.body, '{"model":"m"}');
    assert.doesNotMatch(echoed.rawHeaders.join('\n'), /content-encoding/i);
  });

  it('ends also where it fails', async () => {
    const gateway = await gatewayWith({ a: { upstream: 'http://127.0.0.1:1' } });
    await fetch(`${gateway.url}/a/x`);
    const id = await gateway.api.replay((await lastExchange(gateway)).id);
    assert.equal((await gateway.api.exchange(id))?.failure?.code, 'upstream_unreachable');
  });

  it('says why it cannot be done', async () => {
    const settings = { ...defaultSettings, maxBodyBytes: 10 };
    const gateway = await gatewayWith({ a: { upstream: (await upstream(echo)).url } }, { settings });
    await assert.rejects(gateway.api.replay('0' as ExchangeId), { code: 'exchange_missing' });
    await (await fetch(`${gateway.url}/a/`, { method: 'POST', body: 'longer than is kept' })).text();
    await assert.rejects(gateway.api.replay((await lastExchange(gateway)).id), { code: 'body_cut' });
    await fetch(`${gateway.url}/elsewhere/`);
    await assert.rejects(gateway.api.replay((await lastExchange(gateway)).id), { code: 'api_missing' });
    await gateway.api.configure(defaultSettings);
    const secret = {
      method: 'POST',
      body: '{"password":"open sesame"}',
      headers: { 'Content-Type': 'application/json' },
    };
    await (await fetch(`${gateway.url}/a/`, secret)).text();
    await assert.rejects(gateway.api.replay((await lastExchange(gateway)).id), { code: 'body_redacted' });
  });
});

describe('The log', () => {
  afterEach(closeAll);

  it('keeps neither the stored credential nor the key that spends it', async () => {
    const gateway = await echoing();
    const headers = { Authorization: `Bearer ${gateway.programKey}` };
    await (await fetch(`${gateway.url}/openai/v1/x?api_key=${gateway.programKey}`, { headers })).text();
    const exchange = await lastExchange(gateway);
    assert.equal(exchange.credentialInjected, true);
    const kept = JSON.stringify(exchange) + String(await bodyText(gateway, exchange.id, 'response'));
    assert.ok(!kept.includes(secrets.openai.value));
    assert.ok(!kept.includes(gateway.programKey));
  });

  it('is left as it is while capture is off', async () => {
    const gateway = await echoing();
    await gateway.api.configure({ ...defaultSettings, capture: false });
    assert.equal((await fetch(`${gateway.url}/openai/v1/x`)).status, 200);
    await gateway.api.configure(defaultSettings);
    await (await fetch(`${gateway.url}/openai/v1/y`)).text();
    assert.equal((await lastExchange(gateway)).path, '/v1/y');
    assert.equal((await gateway.api.exchanges({ filter: '', limit: 10 })).total, 1);
    assert.equal((await gateway.api.apis())[0]?.calls, 2);
  });

  it('is empty after it was cleared, and counts anew', async () => {
    const gateway = await echoing();
    let cleared = false;
    gateway.on('cleared', () => (cleared = true));
    await (await fetch(`${gateway.url}/openai/v1/x`)).text();
    await lastExchange(gateway);
    await gateway.api.clear();
    assert.equal(cleared, true);
    assert.equal((await gateway.api.exchanges({ filter: '', limit: 10 })).total, 0);
    assert.equal((await gateway.api.apis())[0]?.calls, 0);
  });
});

describe('Sending a request that somebody wrote', () => {
  afterEach(closeAll);

  it('makes a new exchange of it, with the stored credential or with its own', async () => {
    const gateway = await echoing();
    const api = (await gateway.api.apis()).find(({ name }) => name === 'openai') ?? assert.fail();
    const request = {
      method: 'POST',
      url: `${api.upstream.replace(/\/$/, '')}/v1/things?limit=2`,
      headers: [
        ['X-Own', 'kept'],
        ['Content-Type', 'application/json'],
        ['Content-Length', '999'],
      ],
      body: '{"ü":1}',
      useCredential: true,
    } as const;
    const id = await gateway.api.send(request);
    const sent = (await gateway.api.exchange(id)) ?? assert.fail();
    assert.equal(sent.status, 200);
    assert.equal(sent.api, 'openai');
    assert.equal(sent.credentialInjected, true);
    assert.equal(sent.replayOf, null);
    const echoed = arrived.at(-1) ?? assert.fail();
    assert.equal(echoed.url, '/v1/things?limit=2');
    assert.equal((await answerOf(gateway, id)).body, '{"ü":1}');
    assert.match(echoed.rawHeaders.join('\n'), /Authorization\nBearer sk-proj-the-real-one-0123456789/);

    const byGateway = { ...request, url: `${gateway.url}/openai/v1/mine`, useCredential: false };
    const headers = [['Authorization', 'Bearer my-own-key']] as const;
    const own = await gateway.api.send({ ...byGateway, headers, replayOf: id });
    const second = (await gateway.api.exchange(own)) ?? assert.fail();
    assert.equal(second.credentialInjected, false);
    assert.equal(second.replayOf, id);
    assert.match((arrived.at(-1) ?? assert.fail()).rawHeaders.join('\n'), /Authorization\nBearer my-own-key/);
  });

  it('says what is wrong with one that cannot be sent, and sends nothing', async () => {
    const gateway = await echoing();
    const request = { method: 'GET', url: 'https://nobody.example/x', headers: [], body: null, useCredential: false };
    const before = arrived.length;
    await assert.rejects(gateway.api.send(request), { code: 'api_missing' });
    await assert.rejects(gateway.api.send({ ...request, url: 'x/y' }), { code: 'bad_request' });
    const url = `${gateway.url}/openai/`;
    await assert.rejects(gateway.api.send({ ...request, url, method: 'GET /x' }), { code: 'bad_request' });
    await assert.rejects(gateway.api.send({ ...request, url, headers: [['X', 'a\r\nY: b']] }), { code: 'bad_request' });
    assert.equal(arrived.length, before);
  });
});

const arrived: Pick<IncomingMessage, 'method' | 'url' | 'rawHeaders'>[] = [];

async function echoing(): Promise<GatewayFixture> {
  const { url } = await upstream((request, response) => {
    arrived.push(request);
    echo(request, response);
  });
  return gatewayWith({ openai: { provider: 'openai', upstream: url } }, { secrets });
}

async function answerOf(gateway: GatewayFixture, id: ExchangeId): Promise<Echoed> {
  return JSON.parse((await bodyText(gateway, id, 'response')) ?? '') as Echoed;
}
