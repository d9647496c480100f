import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import type { Answering } from './ordinary/answering.ts';
import {
  anthropicCalls,
  geminiCalls,
  libraryCalls,
  mistralCalls,
  openaiCalls,
  type Call,
} from './ordinary/modelCalls.ts';
import { anthropic, gemini, openai } from './ordinary/modelVendors.ts';
import { seeded } from './ordinary/prose.ts';
import { ownCalls, stripeCalls } from './ordinary/serviceCalls.ts';
import { own, stripe } from './ordinary/services.ts';
import { closeAll, gatewayWith, until, upstream, type GatewayFixture } from './support.ts';

const vendors: Readonly<Record<string, Answering>> = { openai, anthropic, gemini, mistral: openai, stripe, own };
const atOnce = 8;

describe('Ordinary traffic', function () {
  this.timeout(60_000);
  before(() => Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false }));
  afterEach(closeAll);

  it('of real client libraries, a thousand exchanges of it, leaves no finding', async () => {
    const gateway = await gatewayToAll();
    const { url, programKey } = gateway;
    const models = [openaiCalls, anthropicCalls, geminiCalls, mistralCalls, libraryCalls, stripeCalls];
    const calls = models.flatMap((callsTo) => callsTo(url, programKey));
    const rounds = Array.from({ length: 16 }, () => calls).flat();
    const failures = await makeAll([...rounds, ...ownCalls(url)]);
    const seen = await until(async () => {
      const { total } = await gateway.api.exchanges({ filter: 'state:open', limit: 1 });
      return total === 0 && (await gateway.api.exchanges({ filter: '', limit: 5000 }));
    }, 'the end of all exchanges');
    const found = seen.rows.filter(({ diagnosis }) => diagnosis !== null);
    assert.deepEqual(
      found.map(
        ({ method, path, status, diagnosis }) =>
          `${method} ${path} ${status} ${diagnosis?.cause} by ${diagnosis?.rule}`,
      ),
      [],
    );
    assert.deepEqual(await gateway.api.openFindings(), []);
    assert.ok(seen.total >= 1000, `only ${seen.total} exchanges`);
    // Whatever fails, fails by an answer that the fake means to give, not by a fake that its client does not understand.
    assert.deepEqual(
      failures.filter((name) => !/^(?:4\d\d|abort)/.test(name)),
      [],
    );
  });
});

/** Makes all calls, some at a time; resolves with what those said that failed. */
async function makeAll(calls: readonly Call[]): Promise<readonly string[]> {
  const failures: string[] = [];
  const waiting = [...calls];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let call = waiting.pop(); call !== undefined; call = waiting.pop())
        await call().catch((error: unknown) => failures.push(told(error)));
    }),
  );
  return [...new Set(failures)];
}

function told(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const status = 'status' in error ? error.status : 'statusCode' in error ? error.statusCode : '';
  return `${String(status)} ${error.name}: ${error.message}`.trim();
}

async function gatewayToAll(): Promise<GatewayFixture> {
  const random = seeded(7);
  const answer: RequestListener = (request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const [, name = '', path = ''] = /^\/(\w+)(\/.*)$/.exec(request.url ?? '') ?? [];
      const { method = 'GET', headers } = request;
      vendors[name]?.({ method, path, headers, body: bodyOf(Buffer.concat(pieces).toString()), random }, response);
    });
  };
  const { url } = await upstream(answer);
  const key = { type: 'key', value: 'sk-of-the-test' } as const;
  const apis = Object.keys(vendors).map((name) => {
    const provider = name === 'own' ? {} : { provider: name };
    return [name, { ...provider, upstream: `${url}/${name}` }] as const;
  });
  const secrets = Object.fromEntries(Object.keys(vendors).map((name) => [name, key]));
  return gatewayWith(Object.fromEntries(apis), { secrets });
}

function bodyOf(text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return Object.fromEntries(new URLSearchParams(text));
  }
}
