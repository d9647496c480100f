import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import path from 'node:path';
import { openDatabase, storeFileName } from '../../src/gateway/store/database.ts';
import { createRetention } from '../../src/gateway/store/retention.ts';
import { createTrends } from '../../src/gateway/store/trends.ts';
import { createStore } from '../../src/gateway/store/store.ts';
import { defaultSettings } from '../../src/shared/settings.ts';
import { stepFilter, trendQuery, trendRangeNames, trendRanges, type TrendGrouping } from '../../src/shared/trends.ts';
import { createQueries } from '../../src/gateway/store/queries.ts';
import { makeFolder, openStage, record, type Folder, type Stage } from './storeStage.ts';

const minute = 60_000;
/** Half a minute past: sums by minute are not kept for long. */
const now = Math.floor(Date.now() / minute) * minute - minute / 2;
const answer = (input: number, output: number): string =>
  JSON.stringify({ model: 'gpt-4o', usage: { prompt_tokens: input, completion_tokens: output } });

describe('trends', () => {
  let folder: Folder;
  let stage: Stage;
  beforeEach(async () => {
    folder = makeFolder();
    stage = await openStage(folder.path, { retentionDays: 3650 });
  });
  afterEach(async () => {
    await stage.recording.close();
    folder.remove();
  });
  const ask = async (by: TrendGrouping = 'all', range: (typeof trendRangeNames)[number] = '1h') => {
    // Prices are loaded with the first answer that tells what it used.
    await stage.recording.flush();
    return stage.recording.trends(trendQuery(range, by, now));
  };

  it('counts calls, errors with their causes, tokens and durations, step by step, beside the time before', async () => {
    const { recording } = stage;
    const ai = { provider: 'openai', url: 'https://api.openai.com/v1/chat/completions', request: '{"model":"gpt-4o"}' };
    record(recording, { ...ai, startedAt: now - 5000, response: answer(1000, 500) });
    record(recording, { ...ai, startedAt: now - 5000, response: answer(10, 5) });
    record(recording, {
      ...{ ...ai, startedAt: now - 10 * minute, status: 429 },
      response: '{"error":{"code":"insufficient_quota","message":"You exceeded your current quota"}}',
    });
    record(recording, { startedAt: now - 2 * minute, state: 'aborted' });
    record(recording, { startedAt: now - 70 * minute, status: 500 });
    const { total, causes, series } = await ask();
    assert.deepEqual(
      [total.sum.calls, total.sum.errors, total.sum.inputTokens, total.sum.outputTokens],
      [4, 1, 1010, 505],
    );
    assert.ok(total.sum.costUsd > 0);
    assert.deepEqual([total.before.calls, total.before.errors], [1, 1]);
    assert.deepEqual(
      total.points.map(({ calls }) => calls).filter((calls) => calls > 0),
      [1, 1, 2],
    );
    assert.equal(total.points.at(-1)?.calls, 2);
    assert.ok(Math.abs((total.sum.p50 ?? 0) / 51 - 1) < 0.05, `the median is ${String(total.sum.p50)}`);
    assert.deepEqual(
      causes.map(({ cause, calls }) => [cause, calls]),
      [['insufficient_funds', 1]],
    );
    assert.deepEqual(series, []);
  });

  it('tells calls apart, and its terms and times find the calls behind a point', async () => {
    const { recording } = stage;
    for (const [api, count] of [['a', 3] as const, ['b', 1] as const])
      for (let index = 0; index < count; index++) record(recording, { api, startedAt: now - index * 1000 });
    record(recording, { api: null, startedAt: now, url: 'https://elsewhere.example.test/' });
    record(recording, { api: 'a', startedAt: now - 30 * minute });
    const { series, since, step } = await ask('api');
    assert.deepEqual(
      series.map(({ key, term, sum }) => [key, term, sum.calls]),
      [
        ['a', 'api=a', 4],
        ['b', 'api=b', 1],
        ['elsewhere.example.test', '-api:* host=elsewhere.example.test', 1],
      ],
    );
    for (const { term, points } of series)
      for (const [index, { calls }] of points.entries()) {
        const from = since + index * step;
        if (calls === 0) continue;
        const { total } = await recording.exchanges({ filter: stepFilter(from, from + step, term ?? ''), limit: 5 });
        assert.equal(total, calls);
      }
  });

  it('puts those beyond the first few together', async () => {
    for (let index = 0; index < 9; index++) record(stage.recording, { api: `api${index}`, startedAt: now });
    const { series } = await ask('api');
    assert.equal(series.length, 7);
    assert.deepEqual([series.at(-1)?.term, series.at(-1)?.sum.calls], [null, 3]);
  });

  it('keeps the sums when calls are cleared, and answers for every range', async () => {
    record(stage.recording, { startedAt: now - 1000 });
    await stage.recording.clear();
    for (const range of trendRangeNames) {
      const { total } = await ask('all', range);
      assert.deepEqual([range, total.sum.calls, total.points.length], [range, 1, trendRanges[range].steps]);
    }
  });

  it('refuses what it cannot answer', async () => {
    const query = trendQuery('1h', 'all', now);
    await assert.rejects(stage.recording.trends({ ...query, step: 1000 }), { code: 'bad_trend_query' });
    await assert.rejects(stage.recording.trends({ ...query, since: 0 }), { code: 'bad_trend_query' });
  });

  it('adds what an earlier version stored, once, and forgets minutes before quarters of an hour', async () => {
    for (let index = 0; index < 5; index++) record(stage.recording, { startedAt: now - index * minute });
    await stage.recording.flush();
    await stage.recording.close();
    const earlier = new DatabaseSync(path.join(folder.path, storeFileName));
    earlier.exec('DELETE FROM trends; UPDATE trend_backlog SET upto = 3');
    earlier.close();
    const database = openDatabase(folder.path, now, (problem) => assert.fail(problem.message));
    try {
      const store = createStore(database);
      const trends = createTrends(database);
      const calls = (range: '1h' | '24h', at = now): number => trends(trendQuery(range, 'all', at)).total.sum.calls;
      assert.equal(calls('1h'), 0);
      while (store.catchUp());
      assert.equal(calls('1h'), 3);
      while (store.catchUp());
      assert.equal(calls('1h'), 3);
      const later = now + 10 * 86_400_000;
      createRetention(database).step({ ...defaultSettings, retentionDays: 1 }, later);
      assert.equal(calls('1h'), 0);
      assert.equal(calls('24h'), 3);
    } finally {
      database.close();
    }
    stage = await openStage(folder.path);
  });

  it('moves a call to its line where that is learned after its end', async () => {
    const id = record(stage.recording, { startedAt: now });
    await stage.recording.flush();
    const exchange = await stage.recording.exchange(id);
    assert.ok(exchange);
    await stage.recording.close();
    const database = openDatabase(folder.path, now, (problem) => assert.fail(problem.message));
    try {
      const store = createStore(database);
      const callSite = { file: '/w/app.ts', line: 7, column: 1, function: null, certainty: 'exact' } as const;
      const known = createQueries(database).exchange(id);
      assert.ok(known);
      for (let times = 0; times < 2; times++)
        store.save([{ number: known.number, exchange: { ...known, callSite } as never }]);
      const { series, total, lines } = createTrends(database)(trendQuery('1h', 'line', now));
      assert.deepEqual(
        series.map(({ key, sum }) => [key, sum.calls]),
        [['/w/app.ts:7', 1]],
      );
      assert.equal(total.sum.calls, 1);
      assert.deepEqual(lines, [{ file: '/w/app.ts', line: 7, calls: 1, errors: 0, tokens: 0, costUsd: 0 }]);
    } finally {
      database.close();
    }
    stage = await openStage(folder.path);
  });
});
