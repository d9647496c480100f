import assert from 'node:assert/strict';
import { createCoolDowns } from '../../src/gateway/recourse/coolDowns.ts';
import { Gate, type Admission } from '../../src/gateway/recourse/gate.ts';
import { tryRequest, type Outgoing } from '../../src/gateway/recourse/tryRequest.ts';
import { parseCatalogue } from '../../src/gateway/parseCatalogue.ts';
import type { ResolvedApi } from '../../src/gateway/parts.ts';
import { resolveApis } from '../../src/gateway/resolveApis.ts';
import type { Cause, Diagnosis } from '../../src/shared/finding.ts';
import { text } from '../../src/shared/text.ts';

const ordinary = { onGone: () => undefined };

function diagnosis(cause: Cause, afterSeconds: number | null = null): Diagnosis {
  return {
    ...{ rule: 'vendorCode', cause, alternatives: [], responsibleParty: 'caller', confidence: 1 },
    ...{ summary: text(''), evidence: [], facts: {}, retry: { helps: afterSeconds !== null, afterSeconds } },
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

describe('The gate before an upstream', () => {
  it('lets calls pass at once while nothing was refused', async () => {
    const gate = new Gate(() => undefined);
    assert.equal(gate.isOpen, true);
    assert.equal(await gate.enter({ ordinal: 1, deadline: 0, ...ordinary }, 1), 'through');
  });

  it('keeps the order in which calls came in, also of one that was refused again', async () => {
    const gate = new Gate(() => undefined);
    gate.shut(Date.now() + 30);
    const order: number[] = [];
    const enter = async (ordinal: number): Promise<void> => {
      assert.equal(await gate.enter({ ordinal, deadline: Infinity, ...ordinary }, 10), 'through');
      order.push(ordinal);
      gate.answered();
    };
    await Promise.all([enter(2), enter(3), enter(4), enter(1)]);
    assert.deepEqual(order, [1, 2, 3, 4]);
  });

  it('lets one go first, and the others faster with every good answer', async () => {
    const gate = new Gate(() => undefined);
    gate.shut(Date.now() + 20);
    let through = 0;
    const all = Array.from({ length: 20 }, async (_one, ordinal) => {
      await gate.enter({ ordinal, deadline: Infinity, ...ordinary }, 100);
      through++;
    });
    await pause(120);
    assert.equal(through, 1);
    for (let answer = 0; answer < 6; answer++) gate.answered();
    await Promise.all(all);
    assert.equal(through, 20);
  });

  it('tells those that cannot wait so long, and those that are too many', async () => {
    const gate = new Gate(() => undefined);
    const now = Date.now();
    gate.shut(now + 200);
    const soon: Promise<Admission> = gate.enter({ ordinal: 1, deadline: now + 1000, ...ordinary }, 2);
    const patient: Promise<Admission> = gate.enter({ ordinal: 2, deadline: now + 100_000, ...ordinary }, 2);
    assert.equal(await gate.enter({ ordinal: 3, deadline: Infinity, ...ordinary }, 2), 'full');
    assert.equal(await gate.enter({ ordinal: 4, deadline: now + 100, ...ordinary }, 10), 'late');
    gate.shut(now + 50_000);
    assert.equal(await soon, 'late');
    assert.equal(gate.waiting, 1);
    gate.dispose();
    assert.equal(await patient, 'through');
  });

  it('forgets whoever leaves', async () => {
    const gate = new Gate(() => undefined);
    gate.shut(Date.now() + 10_000);
    let leave: () => void = () => undefined;
    const onGone = (listener: () => void): void => void (leave = listener);
    const waiting = gate.enter({ ordinal: 1, deadline: Infinity, onGone }, 1);
    leave();
    assert.equal(await waiting, 'gone');
    assert.equal(gate.waiting, 0);
  });
});

describe('A cool-down', () => {
  const target = { api: 'openai', credential: 'openai' };
  const refused = { status: 429, refusal: null };

  it('lasts minutes where money is missing, seconds where it passes by itself, and as long as the vendor says', () => {
    let now = 1_000_000;
    const coolDowns = createCoolDowns(
      () => undefined,
      () => now,
    );
    const secondsOf = (cause: Cause, afterSeconds: number | null): number => {
      coolDowns.begin(target, diagnosis(cause, afterSeconds), refused);
      return ((coolDowns.of(target)?.until ?? now) - now) / 1000;
    };
    assert.equal(secondsOf('insufficient_funds', null), 600);
    assert.equal(secondsOf('rate_limit', null), 10);
    assert.equal(secondsOf('rate_limit', 3), 3);
    assert.equal(secondsOf('usage_quota_exceeded', 1200), 1200);
    assert.equal(secondsOf('usage_quota_exceeded', 90_000), 1800);
    now += 1_800_001;
    assert.equal(coolDowns.of(target), null);
    assert.deepEqual(
      coolDowns.list(() => true),
      [],
    );
  });

  it('ends early for whom it is told to', () => {
    const coolDowns = createCoolDowns(() => undefined);
    coolDowns.begin(target, diagnosis('insufficient_funds'), refused);
    coolDowns.begin({ api: 'groq', credential: 'groq' }, diagnosis('insufficient_funds'), refused);
    coolDowns.end(({ credential }) => credential === 'openai');
    assert.equal(coolDowns.of(target), null);
    assert.equal(coolDowns.list(() => true).length, 1);
  });
});

/** The APIs of a catalogue. */
function apisOf(catalogue: object): ReadonlyMap<string, ResolvedApi> {
  const parsed = parseCatalogue(JSON.stringify(catalogue)).catalogue;
  assert.ok(parsed);
  return new Map(resolveApis(parsed).apis.map((api) => [api.name, api]));
}

describe('A request for another API', () => {
  const apis = apisOf({
    apis: {
      openai: { provider: 'openai' },
      openrouter: { provider: 'openrouter' },
      groq: { provider: 'groq' },
      local: { upstream: 'http://127.0.0.1:11434/v1' },
      bare: { upstream: 'http://127.0.0.1:8080' },
      gemini: { provider: 'gemini' },
    },
  });
  const made = (
    from: string,
    path: string,
    to: string,
    model: string | null,
    body: string,
    prefix?: string,
  ): Outgoing => {
    const [api, other] = [apis.get(from), apis.get(to)];
    assert.ok(api && other);
    const headers = [['Content-Length', String(body.length)]] as const;
    const request = tryRequest(
      { api, path, headers },
      { api: other, model, prefix: prefix ?? null },
      null,
      Buffer.from(body),
    );
    assert.ok('path' in request);
    return request;
  };

  it('goes to the path that the operation has there', () => {
    const pathAt = (from: string, path: string, to: string, prefix?: string): string =>
      made(from, path, to, null, '{}', prefix).path;
    assert.equal(pathAt('openai', '/v1/chat/completions', 'groq'), '/openai/v1/chat/completions');
    assert.equal(pathAt('groq', '/openai/v1/models', 'openai'), '/v1/models');
    assert.equal(pathAt('openrouter', '/api/v1/chat/completions?a=b', 'local'), '/v1/chat/completions?a=b');
    assert.equal(pathAt('openai', '/v1/embeddings', 'bare'), '/v1/embeddings');
    assert.equal(pathAt('openai', '/v1/embeddings', 'bare', '/x'), '/x/embeddings');
    assert.equal(pathAt('openai', '/v1/assistants', 'groq'), '/v1/assistants');
  });

  it('names the other model, and leaves every other byte', () => {
    const body = '{ "n": 12345678901234567890,\n  "model": "gpt-5", "messages": [{"model":"x"}] }';
    const request = made('openai', '/v1/chat/completions', 'groq', 'llama', body);
    assert.equal(request.body?.toString(), body.replace('gpt-5', 'llama'));
    assert.deepEqual(request.headers, ['Content-Length', String(body.length)]);
    const gemini = made('gemini', '/v1beta/models/gemini-2.5-pro:generateContent', 'gemini', 'gemini-2.5-flash', '{}');
    assert.equal(gemini.path, '/v1beta/models/gemini-2.5-flash:generateContent');
  });

  it('is not made where there is no model to replace', () => {
    const [api, other] = [apis.get('openai'), apis.get('groq')];
    assert.ok(api && other);
    const original = { api, path: '/v1/models', headers: [] };
    assert.ok('message' in tryRequest(original, { api: other, model: 'm', prefix: null }, null, null));
  });
});

describe('A fallback in tollgate.jsonc', () => {
  const problemsOf = (catalogue: object): readonly string[] => {
    const parsed = parseCatalogue(JSON.stringify(catalogue));
    return parsed.catalogue === null
      ? parsed.problems.map(({ message }) => message)
      : resolveApis(parsed.catalogue).problems.map(({ message }) => message);
  };

  it('is refused with a sentence where it names what is not there', () => {
    const openai = (fallback: unknown): object => ({ apis: { openai: { provider: 'openai', fallback } } });
    assert.match(problemsOf(openai([{ credential: 'second' }]))[0] ?? '', /no credential "second"/);
    assert.match(problemsOf(openai([{ api: 'groq' }]))[0] ?? '', /no API "groq"/);
    assert.match(problemsOf(openai([{ api: 'openai' }]))[0] ?? '', /stand in for itself/);
    assert.notEqual(problemsOf(openai([{ api: 'groq', on: ['hunger'] }])).length, 0);
    assert.notEqual(problemsOf(openai([])).length, 0);
  });

  it('does not take the usual variable for a second credential, which holds the first', () => {
    const apis = apisOf({
      apis: { openai: { provider: 'openai', fallback: [{ credential: 'second' }] } },
      credentials: { second: { type: 'key' } },
    });
    const [other] = apis.get('openai')?.recourse?.fallback ?? [];
    assert.ok(other?.kind === 'credential');
    assert.equal(other.api.credential?.isSecond, true);
    assert.equal(other.api.credential.name, 'second');
  });
});
