import assert from 'node:assert/strict';
import type { ExchangeId, ExchangeSummary } from '../../src/shared/exchange.ts';
import { matchesFilter, parseFilter } from '../../src/shared/filter.ts';
import { needsStore } from '../../src/shared/filterNode.ts';
import { plain } from '../../src/shared/text.ts';

const now = Date.parse('2026-05-10T12:00:00Z');

const row: ExchangeSummary = {
  id: 'id-1' as ExchangeId,
  number: 7,
  startedAt: now - 30 * 60_000,
  state: 'complete',
  api: 'openrouter',
  provider: 'openrouter',
  method: 'POST',
  host: 'openrouter.ai',
  path: '/api/v1/chat/completions?stream=1',
  status: 402,
  requestSize: 2048,
  responseSize: 300,
  duration: 2500,
  contentType: 'application/json; charset=utf-8',
  model: 'openai/gpt-4o',
  callSite: { file: 'C:\\Work\\src\\app.ts', line: 12, column: 5, function: 'askModel', certainty: 'exact' },
  diagnosis: {
    rule: 'openrouterLimit',
    cause: 'insufficient_funds',
    alternatives: [],
    responsibleParty: 'caller',
    confidence: 1,
    summary: { message: 'x', args: [] },
    evidence: [],
    retry: { helps: false, afterSeconds: null },
    facts: {},
  },
  replayOf: null,
  simulated: false,
  usage: null,
  costUsd: null,
  costEstimated: false,
};
const plainRow: ExchangeSummary = { ...row, callSite: null, diagnosis: null, model: null, status: null, state: 'open' };

function matches(filter: string, subject: ExchangeSummary = row): boolean | null {
  const parsed = parseFilter(filter);
  assert.ok(parsed.ok, parsed.ok ? '' : `${filter}: ${plain(parsed.message)}`);
  return matchesFilter(parsed.node, subject, now);
}

describe('the filter language', () => {
  for (const filter of [
    '',
    '   ',
    'status>=400',
    'status:402',
    'status:4xx',
    'status:400..410',
    'status!=200',
    'api:openrouter',
    'API:OpenRouter',
    'api:open*',
    'cause:insufficient_funds',
    'cause:*funds',
    'method:post',
    'host:router.ai',
    'host=openrouter.ai',
    'path:/chat/',
    'path:/api/*/completions*',
    'path~V1/CHAT',
    'model:gpt',
    'dur>2s',
    'dur>=2.5s',
    'dur<1m',
    'line:src/app.ts:12',
    'line:"c:\\work\\src\\app.ts:12:5"',
    'file:app.ts',
    'line:src/',
    'function:ask',
    'since:1h',
    'until:10m',
    'since:2026-05-09',
    'has:finding',
    'is:line',
    'has:body',
    'state:complete',
    'size<1kb',
    'request.size>=2kb',
    'party:caller',
    'type:json',
    'number:7',
    'chat',
    'GPT-4o funds',
    '402',
    '"chat/completions"',
    'api:nothing or status:402',
    'status:402 and method:POST',
    '-method:GET',
    'not (method:GET or method:PUT)',
    '(api:x or api:openrouter) -has:replay',
    'https://x.example or chat',
  ])
    it(`matches a fitting row: ${filter || '(empty)'}`, () => assert.equal(matches(filter), true));

  for (const filter of [
    'status<400',
    'status:5xx',
    'api:router',
    'host=router.ai',
    'path:/v1/*',
    'line:app.ts:13',
    'line:pp.ts',
    'dur>3s',
    'since:10m',
    'until:1h',
    'has:replay',
    'model=gpt',
    'api:nothing',
    'status:402 method:GET',
    'not status:402',
    '-chat',
    'api:x or api:y',
  ])
    it(`rejects another row: ${filter}`, () => assert.equal(matches(filter), false));

  it('takes a test on what a row lacks as false, and its negation as true', () => {
    for (const term of ['status:402', 'status<999', 'cause:*', 'model:gpt', 'line:app.ts', 'has:finding']) {
      assert.equal(matches(term, plainRow), false, term);
      assert.equal(matches(`-${term}`, plainRow), true, term);
    }
    assert.equal(matches('status!=402', plainRow), true);
  });

  it('leaves undecided what only the store knows, unless the rest decides it', () => {
    assert.equal(matches('body~credits'), null);
    assert.equal(matches('-body~credits'), null);
    assert.equal(matches('body~credits status:402'), null);
    assert.equal(matches('body~credits status:200'), false);
    assert.equal(matches('body~credits or status:402'), true);
    assert.equal(matches('header~"retry-after"'), null);
    const parsed = parseFilter('a (b or -body~c)');
    assert.ok(parsed.ok && needsStore(parsed.node));
  });

  for (const [filter, position, message] of [
    ['foo:1', 0, /no field "foo"/],
    ['status:402 dur>fast', 15, /not a number/],
    ['(a', 0, /never closed/],
    ['a)', 1, /never opened/],
    ['()', 0, /nothing between/],
    ['a or', 4, /missing at the end/],
    ['or a', 0, /missing before "or"/],
    ['not', 3, /missing at the end/],
    ['path:"x', 5, /no partner/],
    ['host: a', 5, /value is missing/],
    ['host>3', 0, /is text/],
    ['has:luck', 4, /can have/],
    ['since:2026', 6, /time span/],
    ['since:yesterday', 6, /time span/],
    [`${'('.repeat(80)}a`, 50, /nested/],
    ['a '.repeat(400), 0, /too long/],
    ['a'.repeat(20_000), 0, /too long/],
  ] as const)
    it(`says what is wrong with ${filter.slice(0, 20)}`, () => {
      const parsed = parseFilter(filter);
      assert.ok(!parsed.ok);
      assert.match(plain(parsed.message), message);
      assert.equal(parsed.position, position);
    });
});
