import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { bodyFilter } from '../../src/gateway/guardrails/bodyFilter.ts';
import { guardCall } from '../../src/gateway/guardrails/guardCall.ts';
import { createGuards, look } from '../../src/gateway/guardrails/guards.ts';
import { bodyText, closeAll, lastExchange } from '../gateway/support.ts';
import { anthropic, openai } from './dialects.ts';
import { routeStage, wellSaid, type RouteStage } from './routeStage.ts';
import { events } from './vendors.ts';

const jane = 'jane.doe@example.com';

/** All that is stored of the newest exchange. */
async function stored({
  gateway,
}: RouteStage): Promise<{ readonly all: string; readonly changes: readonly unknown[] }> {
  const exchange = await lastExchange(gateway);
  const sides = ['clientRequest', 'request', 'response', 'clientResponse'] as const;
  const bodies = await Promise.all(sides.map((side) => bodyText(gateway, exchange.id, side)));
  return { all: JSON.stringify([exchange, bodies]), changes: exchange.stages?.changes ?? [] };
}

function chunk(content: string): object {
  return {
    id: 'c',
    object: 'chat.completion.chunk',
    created: 0,
    model: 'm',
    choices: [{ index: 0, delta: { content }, finish_reason: null }],
  };
}

describe('Guardrails', function () {
  this.timeout(30_000);
  let on: RouteStage;
  before(async () => {
    on = await routeStage(
      { safe: { targets: ['groq/llama-3.3-70b-versatile', 'anthropic/claude-sonnet-4-5'] } },
      {
        catalogue: {
          guardrails: {
            personal: {
              apis: ['openai'],
              patterns: { employee: 'EMP-\\d{6}' },
              detect: ['email', 'card', 'key', 'phone'],
            },
            restored: { apis: ['anthropic'], action: 'reversible', answers: false },
            none: { apis: ['groq'], action: 'block' },
          },
        },
      },
    );
  });
  after(closeAll);

  it('mask what goes out and what comes back, over chunks as well, and keep it out of the log', async () => {
    const pieces = ['Write to bob', '.smith@exa', 'mple.org, or call +49 30', ' 1234567 today.', ' Bye'];
    on.say('openai', () => ({
      stream: [
        ...pieces.map((piece) => `data: ${JSON.stringify(chunk(piece))}\n\n`),
        ...events({ ...chunk(''), choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
      ],
    }));
    const client = new OpenAI({ baseURL: `${on.gateway.url}/openai/v1`, apiKey: on.gateway.programKey, maxRetries: 0 });
    const content = `I am ${jane}, EMP-123456, card 4111 1111 1111 1111, order 4111111111111112, key sk-abcdefgh1234567890abcd`;
    let text = '';
    for await (const one of await client.chat.completions.create({
      model: 'gpt-4.1',
      stream: true,
      messages: [{ role: 'user', content }],
    }))
      text += one.choices[0]?.delta.content ?? '';
    assert.equal(text, 'Write to [EMAIL], or call [PHONE] today. Bye');
    assert.match(
      on.vendors.openai.last().raw,
      /I am \[EMAIL\], \[EMPLOYEE\], card \[CARD\], order 4111111111111112, key \[KEY\]/,
    );
    const { all, changes } = await stored(on);
    assert.doesNotMatch(all, /jane\.doe|EMP-1|4111 1111|bob|1234567 today|smith/);
    assert.match(all, /\[email redacted\]/);
    assert.deepEqual(changes[0], {
      kind: 'guarded',
      way: 'request',
      guard: 'personal: email',
      action: 'masked',
      count: 1,
    });
    assert.equal(changes.length, 6);
  });

  it('put a placeholder back into the answer, translated and streamed, though it comes in pieces', async () => {
    on.say('anthropic', (received) => {
      const asked = /\[EMAIL_1\]/.exec(received.raw)?.[0] ?? 'nothing';
      return anthropic.answer({ ...wellSaid, text: `Hello ${asked}, bye` }, received);
    });
    const ask = {
      model: 'anthropic/claude-sonnet-4-5',
      messages: [{ role: 'user' as const, content: `I am ${jane}. Again: ${jane}` }],
    };
    let text = '';
    for await (const one of await on.openai.chat.completions.create({ ...ask, stream: true }))
      text += one.choices[0]?.delta.content ?? '';
    assert.equal(text, `Hello ${jane}, bye`);
    const whole = await on.openai.chat.completions.create(ask);
    assert.equal(whole.choices[0]?.message.content, `Hello ${jane}, bye`);
    assert.match(on.vendors.anthropic.last().raw, /I am \[EMAIL_1\]\. Again: \[EMAIL_1\]/);
    const { all, changes } = await stored(on);
    assert.doesNotMatch(all, /jane/);
    assert.deepEqual(
      changes.map((one) => (one as { kind: string; action?: string }).action ?? (one as { kind: string }).kind),
      ['translated', 'replaced', 'restored'],
    );
  });

  it('block a call, or have an alias go on to who may see it', async () => {
    const blocked = on.openai.chat.completions.create({
      model: 'groq/llama-3.3-70b-versatile',
      messages: [{ role: 'user', content: jane }],
    });
    await assert.rejects(blocked, { status: 403, code: 'guardrail_blocked', message: /email/ });
    assert.equal(on.vendors.groq.received.length, 0);
    assert.doesNotMatch((await stored(on)).all, /jane/);
    await on.openai.chat.completions.create({ model: 'safe', messages: [{ role: 'user', content: jane }] });
    assert.equal(on.vendors.groq.received.length, 0);
    assert.match(on.vendors.anthropic.last().raw, /EMAIL_1/);
    assert.doesNotMatch((await stored(on)).all, /jane/);
  });

  it('hold for what is sent again, and for what somebody wrote and sends', async () => {
    on.say('openai', (received) => openai.answer(wellSaid, received));
    const said = (content: string): string => JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] });
    const headers = [['Content-Type', 'application/json']] as const;
    const url = `${on.gateway.url}/openai/v1/chat/completions`;
    const request = { method: 'POST', url, headers, useCredential: true } as const;
    await on.gateway.api.send({ ...request, body: said(`I am ${jane}`) });
    assert.match(on.vendors.openai.last().raw, /I am \[EMAIL\]/);
    assert.equal(on.vendors.openai.last().headers.authorization, 'Bearer sk-openai');
    const { all, changes } = await stored(on);
    assert.doesNotMatch(all, /jane/);
    assert.equal(changes.length, 1);

    const calls = on.vendors.groq.received.length;
    const other = { ...request, url: `${on.gateway.url}/groq/v1/chat/completions` };
    await on.gateway.api.send({ ...other, body: said(jane) });
    assert.equal((await lastExchange(on.gateway)).status, 403);
    await on.gateway.api.send({ ...other, body: said('Hi') });
    assert.equal(on.vendors.groq.received.length, calls + 1);

    const { id } = await lastExchange(on.gateway);
    await on.gateway.api.replay(id);
    assert.equal((await lastExchange(on.gateway)).replayOf, id);
    assert.equal(on.vendors.groq.received.length, calls + 2);
  });

  it('withhold a text on which a pattern takes too long', () => {
    const guards =
      createGuards({ slow: { patterns: { slow: '(a+)+$' }, action: 'mask', answers: true } }).of('x', null) ?? [];
    assert.equal(look('a'.repeat(60) + '!', guards), null);
    const call = guardCall(guards);
    const sent = call.request(Buffer.from(JSON.stringify({ prompt: 'a'.repeat(60) + '!' })), 'application/json');
    assert.match(sent.kind === 'passes' ? sent.body.toString() : '', /withheld/);
  });

  it('leave every other byte of JSON as it was', () => {
    const body = '{ "id": "a@b.co",\n "n": 12345678901234567890, "text": "x \\u00e9 a@b.co\\n", "data": "a@b.co" }';
    const filter = bodyFilter('application/json', (text) => text.replaceAll('a@b.co', '-'), false);
    const changed = Buffer.concat([
      filter?.push(Buffer.from(body)) ?? Buffer.alloc(0),
      filter?.end() ?? Buffer.alloc(0),
    ]);
    assert.equal(changed.toString(), body.replace('"x \\u00e9 a@b.co\\n"', '"x é -\\n"'));
  });
});
