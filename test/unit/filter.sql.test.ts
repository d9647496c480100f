import assert from 'node:assert/strict';
import type { DatabaseSync } from 'node:sqlite';
import { openDatabase } from '../../src/gateway/store/database.ts';
import { createQueries } from '../../src/gateway/store/queries.ts';
import { createStore } from '../../src/gateway/store/store.ts';
import { causes, parties } from '../../src/shared/finding.ts';
import type { Exchange, ExchangeId, Redacted } from '../../src/shared/exchange.ts';
import { matchesFilter, parseFilter } from '../../src/shared/filter.ts';
import { filterToSql } from '../../src/gateway/store/facetSql.ts';
import { makeFolder } from './storeStage.ts';

/** A small generator with a seed (mulberry32), so that a failure comes again. */
function createRandom(seed: number): { pick: <T>(from: readonly T[]) => T; below: (limit: number) => number } {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return { below, pick: (from) => from[below(from.length)] as (typeof from)[number] };
}

const now = Date.parse('2026-05-10T12:00:00Z');
const random = createRandom(402);
const { pick, below } = random;

const words = ['openrouter', 'OpenAI', 'a_b', '100%', 'É-té', '\\', "o'hara", 'x*y', 'chat', ''];
const noUsage = { model: null, cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };
const files = ['/home/me/src/app.ts', 'C:\\Src\\App.ts', '/srv/my app/main.py', '/app.ts'];

function randomExchange(index: number): Exchange {
  const diagnosed = below(3) === 0;
  const status = pick([null, 200, 402, 403, 429, 500]);
  const path = `/${pick(words)}/v1/${pick(words)}?q=${pick(words)}`;
  return {
    id: `id-${index}` as ExchangeId,
    number: 0,
    startedAt: now - below(5 * 3_600_000),
    state: pick(['open', 'complete', 'aborted', 'failed']),
    api: pick([null, ...words]),
    provider: pick([null, 'openai', 'stripe']),
    method: pick(['GET', 'POST', 'get']),
    host: pick(['api.openai.com', 'OPENROUTER.ai:8443', 'localhost:9000']),
    path,
    status,
    requestSize: pick([0, 10, 2048]),
    responseSize: pick([0, 500, 2_000_000]),
    duration: pick([null, 0.5, 150, 2000, 70_000]),
    contentType: pick([null, 'application/json', 'text/event-stream']),
    model: pick([null, ...words]),
    callSite:
      below(2) === 0
        ? null
        : {
            file: pick(files),
            line: below(3) + 1,
            column: 1,
            function: pick([null, 'ask', 'Main.run']),
            certainty: 'exact',
          },
    diagnosis: diagnosed
      ? {
          rule: pick(['vendorCode', 'statusAlone']),
          cause: pick(causes),
          alternatives: [],
          responsibleParty: pick(parties),
          confidence: 1,
          summary: { message: 'm', args: [] },
          evidence: [],
          retry: { helps: false, afterSeconds: null },
          facts: {},
        }
      : null,
    replayOf: pick([null, null, 'id-1' as ExchangeId]),
    simulated: pick([false, false, true]),
    usage: pick([null, { ...noUsage, inputTokens: 12, outputTokens: 30 }]),
    costUsd: pick([null, 0, 0.02]),
    costEstimated: false,
    url: `https://x${path}`,
    request: {
      method: 'GET',
      path,
      httpVersion: '1.1',
      headers: [['X-Word', pick(words)]],
      body: { size: 0, stored: 0, truncated: false, contentType: null, encoding: null },
    },
    response: null,
    timing: { queue: null, connect: null, tls: null, firstByte: null, download: null, total: null },
    failure: null,
    client: { port: 1, ordinal: 1, pid: null },
    credentialInjected: false,
    ...pick([{}, {}, { route: 'fast' }, { route: 'Fast', cache: pick(['hit', 'miss', 'bypass'] as const) }]),
  };
}

const quoted = (): string => `"${pick(words).replaceAll('\\', '\\\\')}"`;

function randomTerm(): string {
  return pick<() => string>([
    () => `status${pick([':', '=', '!=', '<', '<=', '>', '>='])}${pick(['200', '402', '429.0'])}`,
    () => `status:${pick(['4xx', '200..429'])}`,
    () =>
      `${pick(['api', 'model', 'path', 'host', 'function', 'type', 'provider', 'id'])}${pick([':', '=', '!=', '~'])}${quoted()}`,
    () => `${pick(['api', 'model', 'path', 'host'])}:${pick(['*', '*a*', 'o*r', '/*/v1/*', '*%*', '*_b', '**'])}`,
    () => `cause:${pick([...causes, '*payment*'])}`,
    () => `${pick(['method', 'state'])}:${pick(['get', 'POST', 'open', 'failed', 'Complete'])}`,
    () => `dur${pick(['<', '>', ':'])}${pick(['150', '2s', '1m', '0.5ms'])}`,
    () => `${pick(['size', 'request.size'])}${pick(['<', '>=', ':'])}${pick(['0', '2kb', '1mb'])}`,
    () =>
      `line:${pick(['app.ts', 'src/app.ts', 'APP.TS:2', 'src/', '"C:\\\\src\\\\app.ts:1"', '"/srv/my app/"', './src/app.ts:3:9'])}`,
    () => `has:${pick(['finding', 'line', 'model', 'status', 'replay', 'body', 'cost'])}`,
    () => `${pick(['since', 'until'])}:${pick(['1h', '90m', '2026-05-10T10:00:00Z'])}`,
    () => `${pick(['party', 'rule'])}:${pick(['caller', 'provider', 'vendorCode'])}`,
    () => pick(['route:fast', 'route!=fast', 'alias:f*', 'cache:hit', 'cache:*', '-cache:miss']),
    () => `cost${pick(['<', '>=', ':'])}${pick(['0', '0.01', '0.02'])}`,
    () => `tokens>${pick(['41', '42'])}`,
    () => `number${pick(['<', '>='])}${below(300)}`,
    quoted,
    () => pick(['402', '429', 'chat', 'openai', 'insufficient']),
  ])();
}

function randomFilter(depth: number): string {
  const shape = depth === 0 ? 0 : below(6);
  const part = (): string => randomFilter(depth - 1);
  if (shape === 1) return `${part()} ${part()}`;
  if (shape === 2) return `(${part()} or ${part()})`;
  if (shape === 3) return `not (${part()})`;
  if (shape === 4) return `-(${part()} and ${part()})`;
  return randomTerm();
}

describe('the filter in the store', () => {
  let database: DatabaseSync;
  const folder = makeFolder();
  let rows: readonly Exchange[];
  before(() => {
    database = openDatabase(folder.path, now, (problem) => assert.fail(problem.message));
    const exchanges = Array.from({ length: 300 }, (_, index) => randomExchange(index));
    // Nothing in them is secret; only redaction may say so elsewhere.
    const numbers = createStore(database).save(
      exchanges.map((exchange) => ({ number: null, exchange: exchange as Redacted<Exchange> })),
    );
    rows = exchanges.map((exchange, index) => ({ ...exchange, number: numbers[index] ?? 0 }));
  });
  after(() => {
    database.close();
    folder.remove();
  });

  it('finds exactly the rows that the predicate accepts, for two thousand random filters', () => {
    let found = 0;
    for (let round = 0; round < 2000; round++) {
      const filter = randomFilter(3);
      const parsed = parseFilter(filter);
      assert.ok(parsed.ok, filter);
      const { sql, parameters } = filterToSql(database, parsed.node, now);
      const inStore = database
        .prepare(`SELECT number FROM facets WHERE number >= :from AND number < :to AND ${sql} ORDER BY number`)
        .all({ ':from': 0, ':to': 1000 }, ...parameters);
      const numbers = new Set(inStore.map(({ number }) => number));
      for (const row of rows) {
        // A word that the row has not may still stand in a header.
        const matches = matchesFilter(parsed.node, row, now);
        if (matches !== null) assert.equal(numbers.has(row.number), matches, `${filter}, row ${row.number}`);
        found += matches === true ? 1 : 0;
      }
    }
    assert.ok(found > 10_000, 'the filters must not all be empty');
  });

  it('takes a hostile value as nothing but a value', () => {
    const queries = createQueries(database);
    for (const value of ["'; DROP TABLE exchanges; --", '") OR 1=1 --', '%', '_', "\\'"]) {
      const filter = `path~"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
      const expected = rows.filter((row) => row.path.includes(value)).length;
      assert.equal(queries.exchanges({ filter, limit: 1 }).total, expected, filter);
    }
  });

  it('uses an index for what is asked most', () => {
    const plan = (filter: string): string => {
      const parsed = parseFilter(filter);
      assert.ok(parsed.ok);
      const { sql, parameters } = filterToSql(database, parsed.node, now);
      const query = `EXPLAIN QUERY PLAN SELECT number FROM facets WHERE number >= :from AND number < :to AND ${sql} ORDER BY number DESC LIMIT 9`;
      return JSON.stringify(database.prepare(query).all({ ':from': 0, ':to': 9 }, ...parameters));
    };
    assert.match(plan('api:openrouter'), /facets_api/);
    assert.match(plan('status:402'), /facets_status/);
    assert.match(plan('cause:rate_limit'), /facets_cause/);
    assert.match(plan('line:src/app.ts:1'), /facets_line/);
    for (const filter of ['', 'api:openrouter', 'status:402']) assert.doesNotMatch(plan(filter), /TEMP B-TREE/);
  });
});
