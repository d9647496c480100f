import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import { openSessionFile, type OpenedSession } from '../../../src/gateway/sessions/openedSession.ts';
import { openSessions, type Sessions } from '../../../src/gateway/sessions/openSessions.ts';
import { harPieces } from '../../../src/gateway/store/har.ts';
import { toFrames } from '../../../src/gateway/store/frames.ts';
import type { ImportedSession, JobProgress } from '../../../src/shared/sessions.ts';
import { makeFolder, noRules, openStage, record, type Folder, type Stage } from '../storeStage.ts';
import { harSchema } from './harSchema.ts';
import { harStyles } from './harStyles.ts';

interface Har {
  readonly log: { readonly entries: readonly (Record<string, unknown> & { _tollgate?: object })[] };
}

describe('files of calls', () => {
  let folder: Folder;
  let stage: Stage;
  let sessions: Sessions;
  const changed: (readonly ImportedSession[])[] = [];
  const progress: JobProgress[] = [];
  const isHar = new Ajv({ allowUnionTypes: true }).compile(harSchema);
  const file = (name: string): string => path.join(folder.path, name);

  before(async () => {
    folder = makeFolder();
    stage = await openStage(folder.path, { maxBodyBytes: 400_000 });
    const { recording } = stage;
    sessions = openSessions({
      recording,
      options: () => ({ dataDirectory: folder.path, redaction: noRules, bodyLimit: 400_000 }),
      onChanged: (now) => changed.push(now),
      onProgress: (told) => progress.push(told),
    });
    record(recording, {
      url: 'https://api.openai.com/v1/chat/completions?a=1&key=hidden',
      ...{ provider: 'openai', status: 429, request: '{"model":"gpt-4o"}' },
      requestHeaders: [
        ['Authorization', 'Bearer hidden-secret-value'],
        ['Cookie', 'a=hidden'],
        ['Content-Type', 'application/json'],
      ],
      response: '{"error":{"code":"insufficient_quota","message":"quota"}}',
    });
    record(recording, {
      responseHeaders: [['Content-Type', 'text/event-stream']],
      response: 'event: a\nid: 1\ndata: {"x":1}\ndata: 2\n\n: comment\n\ndata: [DONE]\n\n',
    });
    record(recording, {
      ...{ status: 101, responseHeaders: [['Upgrade', 'websocket']], url: 'https://api.example.com/socket' },
      request: toFrames([{ opcode: 1, data: 'hello' }]),
      response: toFrames([
        { opcode: 1, data: 'ä'.repeat(70_000) },
        { opcode: 2, data: 'AAH/' },
      ]),
    });
    record(recording, {
      responseHeaders: [['Content-Type', 'image/png']],
      response: Uint8Array.of(0x89, 0x50, 0, 1),
      request: Uint8Array.of(0, 255),
    });
    record(recording, {
      url: 'https://api.example.com/big',
      response: 'x'.repeat(500_000),
      responseHeaders: [['Content-Type', 'text/plain']],
    });
    record(recording, { state: 'aborted' });
    await recording.flush();
  });
  after(async () => {
    await sessions.close();
    await stage.recording.close();
    folder.remove();
  });

  const harOf = ({ queries }: OpenedSession): Har => JSON.parse([...harPieces(queries, '')].join('')) as Har;
  const readHar = async (source: string): Promise<OpenedSession> => {
    writeFileSync(file('again.har'), source);
    return openSessionFile({
      ...{ id: 'import9', file: file('again.har'), folder: null, redaction: noRules, bodyLimit: 1e7 },
      ...{ signal: new AbortController().signal, onRead: () => undefined },
    });
  };
  /** What was cut is cut a little more each time, for what may begin at its end. */
  const plainEntries = ({ log }: Har): unknown =>
    log.entries
      .filter(({ request }) => !(request as { url: string }).url.endsWith('/big'))
      .map((entry) => ({ ...entry, _tollgate: undefined }));

  it('are HAR 1.2 by its schema, keep streams as browsers do, and come back as they went', async () => {
    const source = await stage.recording.exportHar('');
    const har = JSON.parse(source) as Har;
    assert.ok(isHar(har), JSON.stringify(isHar.errors));
    const [, events, socket] = har.log.entries;
    assert.deepEqual(
      (events?._eventSourceMessages as { eventName: string; eventId: string; data: string }[]).map(
        ({ eventName, eventId, data }) => [eventName, eventId, data],
      ),
      [
        ['a', '1', '{"x":1}\n2'],
        ['message', '1', '[DONE]'],
      ],
    );
    assert.deepEqual(
      (socket?._webSocketMessages as { type: string; opcode: number; data: string }[]).map(({ type, opcode, data }) => [
        type,
        opcode,
        data.length,
      ]),
      [
        ['send', 1, 5],
        ['receive', 1, 70_000],
        ['receive', 2, 4],
      ],
    );
    const back = await readHar(source);
    assert.deepEqual(back.session.problems, []);
    assert.deepEqual(plainEntries(harOf(back)), plainEntries(har));
    assert.equal([...back.queries.matching('path:/big')][0]?.response?.body.truncated, true);
    back.close();
  });

  for (const name of Object.keys(harStyles))
    it(`are HAR 1.2 by its schema when they came from ${name}, and the same a second time`, async () => {
      const first = await readHar(JSON.stringify(harStyles[name]));
      const har = harOf(first);
      assert.ok(isHar(har), JSON.stringify(isHar.errors));
      const second = await readHar(JSON.stringify(har));
      assert.deepEqual(plainEntries(harOf(second)), plainEntries(har));
      first.close();
      second.close();
    });

  it('are saved and opened on a thread of their own, with progress, and asked like the log', async () => {
    const saved = await sessions.api.saveSession({
      file: file('a.tollgate'),
      filter: '',
      format: 'session',
      job: 'save',
    });
    assert.equal(saved, 6);
    const source = gunzipSync(readFileSync(file('a.tollgate'))).toString();
    assert.doesNotMatch(source, /hidden/);
    const opened = await sessions.api.openSession({ file: file('a.tollgate'), job: 'open' });
    assert.deepEqual([opened.kind, opened.calls, opened.problems], ['session', 6, []]);
    assert.deepEqual(changed.at(-1), [opened]);
    assert.ok(progress.some(({ job, done, total }) => job === 'open' && done === total && total > 0));
    const reader = sessions.reader(stage.recording);
    const { rows } = await reader.exchanges({ session: opened.id, filter: 'cause:insufficient_funds', limit: 9 });
    const [row] = rows;
    assert.ok(row);
    const [before] = (await reader.exchanges({ filter: 'cause:insufficient_funds', limit: 9 })).rows;
    assert.ok(before);
    const [one, other] = await Promise.all([reader.exchange(row.id), reader.exchange(before.id)]);
    const { id, number, client, ownCredential, ...told } = other ?? assert.fail();
    assert.deepEqual({ ...one, id, number, client, ownCredential }, { ...told, id, number, client, ownCredential });
    for (const side of ['request', 'response'] as const)
      assert.deepEqual(await reader.body(row.id, side), await reader.body(before.id, side));
    await sessions.api.closeSession(opened.id);
    assert.deepEqual(await sessions.api.sessions(), []);
    assert.equal((await reader.exchanges({ session: opened.id, filter: '', limit: 9 })).total, 0);
  });

  it('tell where a session file is damaged, newer, or cut short', async () => {
    await sessions.api.saveSession({ file: file('b.tollgate'), filter: '', format: 'session' });
    const lines = gunzipSync(readFileSync(file('b.tollgate')))
      .toString()
      .split('\n');
    const opening = (content: string | Uint8Array): Promise<ImportedSession> => {
      writeFileSync(file('c.tollgate'), content);
      return sessions.api.openSession({ file: file('c.tollgate') });
    };
    const damaged = await opening([lines[0], lines[1], '{"exchange":{}}', lines[2], lines[3]?.slice(0, 50)].join('\n'));
    assert.deepEqual(
      [damaged.calls, damaged.problems.map(({ message, first }) => [message.message, first])],
      [
        2,
        [
          ['It is damaged', 2],
          ['The file ends early; what it broke off in is left out', null],
        ],
      ],
    );
    await assert.rejects(opening(gzipSync(lines.join('\n').replace('"version":1', '"version":2'))), /newer version/);
    await assert.rejects(sessions.api.openSession({ file: file('none.har') }), { code: 'no_file' });
    await assert.rejects(sessions.api.saveSession({ file: file('x/y.har'), filter: '', format: 'har' }), {
      code: 'cannot_write',
    });
    await assert.rejects(sessions.api.saveSession({ file: file('y.har'), filter: 'status>', format: 'har' }), {
      code: 'bad_filter',
    });
  });

  it('name lines relative to the workspace, and find them in that of whoever opens them', async () => {
    const { sessionLines } = await import('../../../src/gateway/sessions/writeSession.ts');
    const source = await openSessionFile({
      ...{ id: 'import8', file: file('again.har'), folder: null, redaction: noRules, bodyLimit: 400_000 },
      ...{ signal: new AbortController().signal, onRead: () => undefined },
    });
    const site = (name: string) => ({ file: name, line: 3, column: 1, function: null, certainty: 'exact' as const });
    const [exchange] = [...source.queries.matching('')];
    assert.ok(exchange);
    const lines = (name: string, from: string): string =>
      [
        ...sessionLines(
          { matching: () => [{ ...exchange, callSite: site(name) }], body: () => null, bodyFile: () => null },
          '',
          from,
        ),
      ].join('');
    assert.match(lines('/w/shop/src/a.ts', '/w/shop'), /"file":"src\/a\.ts"/);
    assert.match(lines('/home/ada/other.ts', '/w/shop'), /"file":"other\.ts"/);
    writeFileSync(file('d.tollgate'), lines('/w/shop/src/a.ts', '/w/shop'));
    const { id } = await sessions.api.openSession({ file: file('d.tollgate'), folder: '/home/bob/shop' });
    const { rows } = await sessions.reader(stage.recording).exchanges({ session: id, filter: '', limit: 1 });
    assert.equal(rows[0]?.callSite?.file, '/home/bob/shop/src/a.ts');
    source.close();
  });
});
