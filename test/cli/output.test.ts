import assert from 'node:assert/strict';
import { findingEvent, findingLine, isDiagnosed, type DiagnosedRow } from '../../src/cli/findingReport.ts';
import { FindingFeed } from '../../src/cli/findingFeed.ts';
import { linesOf } from '../../src/cli/lines.ts';
import { logTable } from '../../src/cli/logTable.ts';
import { parseSubjectLine } from '../../src/cli/subjectLine.ts';
import type { ExchangeId } from '../../src/shared/exchange.ts';
import { text } from '../../src/shared/text.ts';

const refused: DiagnosedRow = {
  id: 'x1' as ExchangeId,
  number: 7,
  startedAt: new Date(2020, 0, 2, 3, 4, 5).getTime(),
  state: 'complete',
  api: 'llm',
  provider: 'openrouter',
  method: 'POST',
  host: 'openrouter.ai',
  path: '/api/v1/chat/completions',
  status: 402,
  requestSize: 10,
  responseSize: 20,
  duration: 1234,
  contentType: 'application/json',
  model: null,
  callSite: { file: '/project/src/app.ts', line: 12, column: 9, function: 'ask', certainty: 'exact' },
  replayOf: null,
  simulated: false,
  usage: null,
  costUsd: null,
  costEstimated: false,
  diagnosis: {
    rule: 'r',
    cause: 'insufficient_funds',
    alternatives: [],
    responsibleParty: 'caller',
    confidence: 0.9,
    summary: text('Your credit covers {0} tokens.\u001b[31m', 412),
    evidence: [],
    retry: { helps: false, afterSeconds: null },
    facts: {},
  },
};

describe('findings on the command line', () => {
  it('are lines as compilers print them', () => {
    const line = '12:9: error: Your credit covers 412 tokens. [31m [insufficient_funds]';
    assert.equal(findingLine(refused, '/project'), `src/app.ts:${line}`);
    assert.equal(findingLine(refused, '/elsewhere'), `/project/src/app.ts:${line}`);
    const near = { ...refused, callSite: { ...refused.callSite, certainty: 'near' } as DiagnosedRow['callSite'] };
    assert.match(findingLine(near, '/project'), / \(near this line\) \[insufficient_funds\]$/);
    assert.match(
      findingLine({ ...refused, callSite: null }, '/project'),
      /^-:0:0: error: .* \(POST openrouter\.ai\/api\/v1\/chat\/completions\) \[insufficient_funds\]$/,
    );
  });

  it('are events with all that is known', () => {
    const event = findingEvent(refused);
    assert.equal(event.event, 'finding');
    assert.deepEqual([event.file, event.line, event.column], ['/project/src/app.ts', 12, 9]);
    assert.deepEqual([event.id, event.number, event.cause, event.status], ['x1', 7, 'insufficient_funds', 402]);
  });

  it('are told once, as soon as the call site is known', () => {
    const told: (number | undefined)[] = [];
    const feed = new FindingFeed((row) => told.push(row.callSite?.line));
    assert.ok(isDiagnosed(refused));
    feed.add([
      { ...refused, state: 'open' },
      { ...refused, callSite: null },
    ]);
    assert.deepEqual(told, []);
    feed.add([refused, refused]);
    feed.add([{ ...refused, id: 'x2' as ExchangeId, callSite: null }]);
    feed.flush();
    feed.flush();
    assert.deepEqual(told, [12, undefined]);
  });
});

describe('the log as a table', () => {
  it('shows each exchange on a line, aligned', () => {
    const table = logTable([refused, { ...refused, number: 18, diagnosis: null, status: 200 }], {
      width: null,
      cwd: '/project',
    });
    assert.deepEqual(
      table.split('\n').map((line) => line.replace(/ {2,}/g, ' | ')),
      [
        '# | TIME | STATUS | METHOD | API | URL | TIME TAKEN | CAUSE | CALL SITE',
        '7 | 2020-01-02 03:04:05 | 402 | POST | llm | openrouter.ai/api/v1/chat/completions | 1.2 s | insufficient_funds | src/app.ts:12',
        '18 | 2020-01-02 03:04:05 | 200 | POST | llm | openrouter.ai/api/v1/chat/completions | 1.2 s | src/app.ts:12',
        '',
      ],
    );
  });

  it('tells costs where there are any', () => {
    const table = logTable([refused, { ...refused, number: 18, costUsd: 0.0123, costEstimated: true }], {
      width: 110,
      cwd: '/project',
    });
    assert.match(table.split('\n')[0] ?? '', /TIME TAKEN {2}COST {4}CAUSE/);
    assert.match(table.split('\n')[2] ?? '', / ~\$0\.01 /);
  });

  it('fits a terminal', () => {
    const lines = logTable([refused], { width: 110, cwd: '/project' }).trimEnd().split('\n');
    assert.ok(lines.every((line) => line.length <= 110));
    assert.ok(lines[1]?.includes('…') === true && lines[1].includes('src/app.ts:12'));
  });

  it('says that there is nothing', () => {
    assert.equal(logTable([], { width: null, cwd: '/' }), 'No exchanges.\n');
  });
});

describe('JSON lines', () => {
  async function split(...chunks: (string | Uint8Array)[]): Promise<string[]> {
    const found: string[] = [];
    const encoder = new TextEncoder();
    async function* stream(): AsyncGenerator<Uint8Array> {
      await Promise.resolve();
      for (const chunk of chunks) yield typeof chunk === 'string' ? encoder.encode(chunk) : chunk;
    }
    for await (const line of linesOf(stream())) found.push(line);
    return found;
  }

  it('end at line feeds only, wherever the chunks end', async () => {
    const euro = new TextEncoder().encode('€');
    assert.deepEqual(await split('\uFEFFa\u2028b\r\nc', 'd\n\ne', euro.slice(0, 1), euro.slice(1), '\n'), [
      'a\u2028b',
      'cd',
      '',
      'e€',
    ]);
    assert.deepEqual(await split('no end'), ['no end']);
    assert.deepEqual(await split(), []);
  });

  it('become subjects, whatever is missing', () => {
    const { id, subject } = parseSubjectLine('{"id":3,"response":{}}');
    assert.equal(id, 3);
    assert.deepEqual(subject.request, { method: null, host: null, path: null, headers: [], body: null });
    assert.deepEqual(subject.response, { status: null, headers: [], trailers: [], body: null, truncated: false });
  });

  it('may have headers as objects, lists in objects or pairs, and bodies as JSON', () => {
    const { subject } = parseSubjectLine(
      JSON.stringify({
        id: 'a',
        request: { url: 'https://h.test:8443/p?q=1', headers: [['A', 'b']] },
        response: { status: 402, headers: { 'X-A': ['1', '2'], 'X-B': 3, none: null }, body: { error: null } },
      }),
    );
    assert.deepEqual([subject.request.host, subject.request.path], ['h.test:8443', '/p?q=1']);
    assert.deepEqual(subject.request.headers, [['A', 'b']]);
    assert.deepEqual(subject.response.headers, [
      ['X-A', '1'],
      ['X-A', '2'],
      ['X-B', '3'],
    ]);
    assert.equal(subject.response.body, '{"error":null}');
  });

  for (const [line, message] of [
    ['[]', /line must be an object/],
    ['{"response":{}}', /"id"/],
    ['{"id":1}', /"response" is missing/],
    ['{"id":1,"response":{"status":"402"}}', /whole number/],
    ['{"id":1,"response":{"headers":"x"}}', /"response\.headers"/],
    ['{"id":1,"request":{"host":5},"response":{}}', /"request\.host"/],
  ] as const)
    it(`are refused with the reason: ${line}`, () => {
      assert.throws(() => parseSubjectLine(line), message);
    });
});
