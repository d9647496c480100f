import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ChannelError } from '../../src/shared/channel.ts';
import { defaultSettings } from '../../src/shared/settings.ts';
import {
  bodyText,
  eventsOf,
  idOf,
  makeFolder,
  noRules,
  openStage,
  record,
  type Folder,
  type Stage,
} from './storeStage.ts';

describe('the store', () => {
  let folder: Folder;
  let stage: Stage;
  beforeEach(async () => {
    folder = makeFolder();
    stage = await openStage(folder.path);
  });
  afterEach(async () => {
    await stage.recording.close();
    folder.remove();
  });

  it('keeps an exchange as it was', async () => {
    const id = record(stage.recording, {
      url: 'https://api.example.com:8443/v1/chat?stream=1',
      requestHeaders: [
        ['content-type', 'application/json'],
        ['X-Twice', 'a'],
        ['x-twice', 'b'],
      ],
      request: '{"model":"m-1","messages":[]}',
      status: 201,
      response: '{"ok":true}',
      trailers: [['X-Checksum', 'abc']],
    });
    const exchange = await stage.recording.exchange(id);
    assert.ok(exchange?.response);
    assert.equal(exchange.number, 1);
    assert.equal(exchange.state, 'complete');
    assert.equal(exchange.host, 'api.example.com:8443');
    assert.equal(exchange.path, '/v1/chat?stream=1');
    assert.equal(exchange.model, 'm-1');
    assert.equal(exchange.duration, 51);
    assert.deepEqual(exchange.request.headers.slice(1), [
      ['X-Twice', 'a'],
      ['x-twice', 'b'],
    ]);
    assert.deepEqual(exchange.response.trailers, [['X-Checksum', 'abc']]);
    assert.deepEqual(exchange.response.body, {
      size: 11,
      stored: 11,
      truncated: false,
      contentType: 'application/json',
      encoding: null,
    });
    assert.equal(await bodyText(stage.recording, id, 'request'), '{"model":"m-1","messages":[]}');
    assert.equal(await bodyText(stage.recording, id, 'response'), '{"ok":true}');
  });

  it('numbers exchanges in the order of their beginnings and pages through them, newest first', async () => {
    const calls = Array.from({ length: 25 }, () => eventsOf());
    for (const [begin] of calls) if (begin) stage.recording.record(begin);
    // They end the other way round.
    for (const [, ...rest] of calls.toReversed()) for (const event of rest) stage.recording.record(event);
    const first = await stage.recording.exchanges({ filter: '', limit: 10 });
    assert.equal(first.total, 25);
    assert.deepEqual(
      first.rows.map(({ number }) => number),
      [25, 24, 23, 22, 21, 20, 19, 18, 17, 16],
    );
    const second = await stage.recording.exchanges({ filter: '', limit: 10, before: 16 });
    assert.equal(second.rows[0]?.number, 15);
    assert.equal(second.total, 25);
    const ids = (await stage.recording.exchanges({ filter: '', limit: 100 })).rows.map(({ id }) => id);
    assert.deepEqual(
      ids.toReversed(),
      calls.map(([begin]) => begin?.id),
    );
  });

  it('tells of an exchange when it begins, when it is answered and when it ends', async () => {
    const [begin, response, end] = eventsOf();
    for (const [index, event] of [begin, response, end].entries()) {
      if (event) stage.recording.record(event);
      while (stage.rows.length <= index) await sleep(5);
    }
    assert.deepEqual(
      stage.rows.map(({ state, status }) => [state, status]),
      [
        ['open', null],
        ['open', 200],
        ['complete', 200],
      ],
    );
    assert.deepEqual(new Set(stage.rows.map(({ number }) => number)), new Set([1]));
  });

  it('shows what a running answer has brought so far', async () => {
    const events = eventsOf({ response: 'data: one\n\ndata: tw' }).slice(0, 3);
    for (const event of events) stage.recording.record(event);
    const id = idOf(events);
    // The last word is held back, because it may be the first half of a secret.
    assert.equal(await bodyText(stage.recording, id, 'response'), 'data: one\n\ndata: ');
    assert.equal((await stage.recording.exchange(id))?.state, 'open');
  });

  it('cuts bodies at the limit, says so, and counts what it did not keep', async () => {
    await stage.recording.close();
    stage = await openStage(folder.path, { maxBodyBytes: 1000 });
    const id = record(stage.recording, {
      request: 'a b '.repeat(500),
      response: [Buffer.alloc(900, 'x '), Buffer.alloc(900, 'y ')],
    });
    const exchange = await stage.recording.exchange(id);
    assert.equal(exchange?.request.body.size, 2000);
    assert.equal(exchange.request.body.truncated, true);
    assert.equal(exchange.response?.body.size, 1800);
    assert.equal(exchange.response.body.truncated, true);
    const text = await bodyText(stage.recording, id, 'response');
    assert.ok(text !== undefined && text.length <= 1000 && text.length > 980);
    assert.ok(text.startsWith('x x ') && text.includes('y y '));
  });

  it('says that a filter is wrong, and where', async () => {
    await assert.rejects(
      stage.recording.exchanges({ filter: 'status>=400 (api:x', limit: 10 }),
      (error) => error instanceof ChannelError && error.code === 'bad_filter' && error.message.includes('character 13'),
    );
  });

  it('clears everything and goes on counting', async () => {
    record(stage.recording);
    const [begin, ...rest] = eventsOf();
    if (begin) stage.recording.record(begin);
    await stage.recording.clear();
    assert.equal((await stage.recording.exchanges({ filter: '', limit: 10 })).total, 0);
    for (const event of rest) stage.recording.record(event);
    const { rows } = await stage.recording.exchanges({ filter: '', limit: 10 });
    assert.deepEqual(
      rows.map(({ number, state }) => [number, state]),
      [[3, 'complete']],
    );
  });

  it('sums up each API with its newest call', async () => {
    record(stage.recording, { api: 'a' });
    record(stage.recording, { api: 'b', status: 500 });
    record(stage.recording, { api: 'a', status: 404 });
    record(stage.recording, { api: null });
    const totals = await stage.recording.totals();
    assert.deepEqual(
      totals.map(({ api, calls, newest }) => [api, calls, newest.status]),
      [
        ['a', 2, 404],
        ['b', 1, 500],
      ],
    );
  });

  it('records nothing new once capturing is off, but ends what it began', async () => {
    const [begin, ...rest] = eventsOf();
    if (begin) stage.recording.record(begin);
    stage.recording.configure({ ...defaultSettings, capture: false }, noRules);
    record(stage.recording);
    for (const event of rest) stage.recording.record(event);
    const { rows } = await stage.recording.exchanges({ filter: '', limit: 10 });
    assert.deepEqual(
      rows.map(({ id, state }) => [id, state]),
      [[begin?.id, 'complete']],
    );
  });

  it('stores twenty thousand exchanges and still finds one among them', async () => {
    for (let index = 0; index < 20_000; index++) {
      record(stage.recording, { url: `https://api.example.com/v1/things/${index}`, response: '{"n":1}' });
      if (index % 200 === 0) await sleep(0);
    }
    await stage.recording.flush();
    const { rows, total } = await stage.recording.exchanges({ filter: 'path:*/12345', limit: 10 });
    assert.equal(total, 1);
    assert.equal(rows[0]?.number, 12_346);
  }).timeout(120_000);
});
