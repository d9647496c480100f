import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { openSessionFile, type OpenedSession } from '../../../src/gateway/sessions/openedSession.ts';
import type { Exchange, ExchangeSummary } from '../../../src/shared/exchange.ts';
import type { ImportedSession } from '../../../src/shared/sessions.ts';
import { plain } from '../../../src/shared/text.ts';
import { makeFolder, noRules, type Folder } from '../storeStage.ts';
import { harStyles } from './harStyles.ts';

const cut = 'The file ends early; what it broke off in is left out';

describe('the import of HAR', () => {
  let folder: Folder;
  const opened: OpenedSession[] = [];
  before(() => (folder = makeFolder()));
  afterEach(() => opened.splice(0).forEach((one) => one.close()));
  after(() => folder.remove());

  const open = async (content: string | Uint8Array, signal = new AbortController().signal): Promise<OpenedSession> => {
    const file = path.join(folder.path, `file${String(Math.random()).slice(2)}.har`);
    writeFileSync(file, content);
    const session = await openSessionFile({
      ...{ id: 'import1', file, folder: null, redaction: noRules, bodyLimit: 1e7, signal },
      onRead: () => undefined,
    });
    opened.push(session);
    return session;
  };
  const rows = ({ queries }: OpenedSession): readonly ExchangeSummary[] =>
    [...queries.exchanges({ filter: '', limit: 100 }).rows].reverse();
  const whole = ({ queries }: OpenedSession, index = 0): Exchange => {
    const exchange = [...queries.matching('')][index];
    assert.ok(exchange);
    return exchange;
  };
  const text = ({ queries }: OpenedSession, { id }: Exchange, side: 'request' | 'response' = 'response'): string =>
    Buffer.from(queries.body(id, side)?.bytes ?? []).toString();
  const told = ({ problems }: ImportedSession): unknown =>
    problems.map(({ message, count, first }) => [plain(message), count, first]);
  const har = (name: string): string => JSON.stringify(harStyles[name]);

  it('takes what Chrome writes: HTTP/2, decoded bodies, sockets, refusals with their cause; secrets are taken out', async () => {
    const session = await open(har('chrome'));
    assert.equal(session.session.creator, 'WebInspector 537.36');
    assert.deepEqual(
      rows(session).map(({ method, host, status, state, model, duration }) => [
        method,
        host,
        status,
        state,
        model,
        duration,
      ]),
      [
        ['POST', 'api.openai.com', 429, 'complete', 'gpt-4o', 321.5],
        ['GET', 'api.example.com', 101, 'complete', null, 5000],
        ['GET', 'blocked.example.com', null, 'failed', null, 1],
      ],
    );
    assert.deepEqual(told(session.session), [['It is not a call by HTTP', 1, 3]]);
    const [first, socket, blocked] = [whole(session), whole(session, 1), whole(session, 2)];
    assert.equal(first.diagnosis?.cause, 'insufficient_funds');
    assert.equal(first.request.headers[0]?.[0], 'authorization');
    assert.doesNotMatch(JSON.stringify(first), /abcdefghij/);
    assert.match(text(session, first), /insufficient_quota/);
    assert.equal(first.response?.body.truncated, false);
    assert.deepEqual(first.timing, { queue: 3.1, connect: 10, tls: 20, firstByte: 250.4, download: 38, total: 321.5 });
    assert.equal(blocked.failure?.message, 'net::ERR_CONNECTION_REFUSED');
    const frames = Buffer.from(session.queries.body(socket.id, 'response')?.bytes ?? []);
    assert.deepEqual([...frames.subarray(0, 4)], [0x81, 126, 0, 200]);
    assert.equal(session.queries.exchanges({ filter: 'body~insufficient_quota', limit: 5 }).total, 1);
  });

  it('says where Firefox left a body out', async () => {
    const session = await open(har('firefox'));
    const exchange = whole(session);
    assert.deepEqual(
      [exchange.startedAt, exchange.response?.body.truncated],
      [Date.parse('2026-05-10T12:00:00.123Z'), true],
    );
    assert.equal(exchange.request.httpVersion, '3');
  });

  it('takes parameters, base64, events and odd values as Charles, Fiddler, Insomnia, mitmproxy and Proxyman have them', async () => {
    const charles = await open(har('charles'));
    assert.equal(text(charles, whole(charles), 'request'), 'a=1+2&b=%C3%A4');
    assert.equal(text(charles, whole(charles)), 'GIF89a');
    const fiddler = whole(await open(har('fiddler')));
    assert.deepEqual([fiddler.method, fiddler.status, fiddler.request.headers], ['GET', 204, [['Accept', '1']]]);
    assert.equal(whole(await open(har('insomnia'))).status, 201);
    const mitmproxy = await open(har('mitmproxy'));
    assert.match(text(mitmproxy, whole(mitmproxy)), /^data: \{"a":1\}/);
    const proxyman = await open(har('proxyman'));
    assert.equal(whole(proxyman).url, 'https://api.example.com/only/a/path');
    assert.equal(text(proxyman, whole(proxyman)), 'data: one\ndata: two\n\nevent: end\nid: 9\ndata: \n\n');
  });

  it('reads UTF-8 with a mark, UTF-16 of either order, and gzip', async () => {
    const source = har('charles');
    const swapped = Buffer.from(`\ufeff${source}`, 'utf16le').swap16();
    const forms = [
      `\ufeff${source}`,
      Buffer.from(`\ufeff${source}`, 'utf16le'),
      Buffer.from(source, 'utf16le'),
      swapped,
      gzipSync(source),
    ];
    for (const form of forms) {
      const session = await open(form);
      assert.equal(text(session, whole(session), 'request'), 'a=1+2&b=%C3%A4');
    }
  });

  it('survives every place at which a file can end, and tells what it left out', async () => {
    const source = har('chrome');
    for (let at = 0; at < source.length; at += 211) {
      const session = await open(source.slice(0, at)).catch((error: unknown) => error as { readonly code: string });
      if ('code' in session) assert.equal(session.code, 'not_a_session');
      else
        assert.ok(
          session.session.problems.some(({ message }) => plain(message) === cut),
          String(at),
        );
    }
    const zipped = gzipSync(
      JSON.stringify({
        log: {
          entries: Array.from(
            { length: 300 },
            () => (harStyles.charles as { log: { entries: object[] } }).log.entries[0],
          ),
        },
      }),
      { level: 0 },
    );
    const session = await open(zipped.subarray(0, zipped.length / 2));
    assert.ok(session.session.calls > 10);
    assert.ok(session.session.problems.some(({ message }) => plain(message) === cut));
  });

  it('mends what is nearly JSON, leaves out what is not, and goes on', async () => {
    const [entry] = (harStyles.insomnia as { log: { entries: object[] } }).log.entries;
    const good = JSON.stringify(entry);
    const odd = good.replace('"Created"', '"Cre\u0001\nated"').replace('"cache":{}', '"cache":{},"x":NaN,"y":[1,]');
    const session = await open(`{"log":{"entries":[${good},${odd},{"request":17},null,5,"x",{"a":b},${good}]}}`);
    assert.equal(session.session.calls, 3);
    assert.deepEqual(told(session.session), [
      ['It is not quite JSON, and was mended', 1, 2],
      ['It has no request, or no address', 1, 3],
      ['It is damaged: no JSON', 1, 4],
    ]);
  });

  it('says so of a file that is no HAR, leaves nothing behind, and stops when asked to', async () => {
    await assert.rejects(open('hello'), { code: 'not_a_session' });
    await assert.rejects(open(''), { code: 'not_a_session' });
    await assert.rejects(open(Buffer.from([0x1f, 0x8b, 1, 2, 3])), { code: 'not_a_session' });
    await assert.rejects(open(har('chrome'), AbortSignal.abort()), { code: 'cancelled' });
    const session = await open(har('chrome'));
    assert.ok(existsSync(session.directory));
    session.close();
    assert.ok(!existsSync(session.directory));
    opened.pop();
  });
});
