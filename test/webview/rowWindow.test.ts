import assert from 'node:assert/strict';
import { readFilter } from '../../webview/model/filterText.ts';
import { RowWindow } from '../../webview/model/rowWindow.ts';
import { CallLog } from './callLog.ts';

describe('The window onto the rows', () => {
  function windowOnto(log: CallLog): { readonly rows: RowWindow; readonly problems: unknown[] } {
    const problems: unknown[] = [];
    const rows = new RowWindow({
      fetch: (query) => log.exchanges(query),
      onChange: () => undefined,
      onProblem: (problem) => problems.push(problem),
    });
    return { rows, problems };
  }

  function logOf(count: number): CallLog {
    const log = new CallLog();
    for (let index = 0; index < count; index++) log.add({ status: index % 10 === 0 ? 402 : 200 });
    return log;
  }

  const settled = (): Promise<unknown> => new Promise((resolve) => setImmediate(resolve));

  it('asks only for the pages that are looked at', async () => {
    const log = logOf(5000);
    const { rows } = windowOnto(log);
    await rows.setFilter('', () => 'yes');
    assert.equal(rows.count, 5000);
    assert.equal(rows.row(0)?.number, 5000);
    assert.equal(rows.row(2500), null);
    rows.ensure(2490, 2510);
    await settled();
    assert.equal(rows.row(2500)?.number, 2500);
    assert.equal(rows.row(4000), null);
    assert.ok(log.queries.every(({ limit }) => limit <= 100));
  });

  it('goes on counting where a big log was not looked through at once', async () => {
    const log = logOf(300);
    const asked: (number | undefined)[] = [];
    const rows = new RowWindow({
      fetch: async (query) => {
        if (query.limit === 0 && query.filter !== '') {
          asked.push(query.before);
          return { rows: [], total: 10, ...(query.before === 200 ? { uncounted: 100 } : {}) };
        }
        const page = await log.exchanges(query);
        return query.filter === '' ? page : { ...page, total: 100, uncounted: 200 };
      },
      onChange: () => undefined,
      onProblem: (problem) => assert.fail(String(problem)),
    });
    await rows.setFilter('status:200', () => 'yes');
    while (rows.counting) await settled();
    assert.deepEqual(asked, [200, 100]);
    assert.equal(rows.count, 120);
  });

  it('puts new rows first while the reader is at the top', async () => {
    const log = logOf(300);
    const { rows } = windowOnto(log);
    await rows.setFilter('', () => 'yes');
    rows.receive([log.add(), log.add()]);
    assert.equal(rows.count, 302);
    assert.equal(rows.row(0)?.number, 302);
    assert.equal(rows.row(2)?.number, 300);
    rows.ensure(150, 160);
    await settled();
    assert.equal(rows.row(152)?.number, 150);
  });

  it('lets new rows wait while the reader is elsewhere, and moves nothing', async () => {
    const log = logOf(300);
    const { rows } = windowOnto(log);
    await rows.setFilter('', () => 'yes');
    rows.setFollowing(false);
    rows.receive([log.add(), log.add(), log.add()]);
    assert.equal(rows.pending, 3);
    assert.equal(rows.count, 300);
    assert.equal(rows.row(0)?.number, 300);
    assert.equal(rows.matching, 303);
    rows.setFollowing(true);
    assert.equal(rows.pending, 0);
    assert.equal(rows.row(0)?.number, 303);
  });

  it('shows a row anew when it changes, wherever it is', async () => {
    const log = logOf(300);
    const { rows } = windowOnto(log);
    await rows.setFilter('', () => 'yes');
    const added = log.add({ state: 'open', response: null, duration: null });
    rows.receive([added]);
    rows.receive([log.change(added.id, { state: 'complete', status: 200, duration: 12 })]);
    assert.equal(rows.row(0)?.duration, 12);
    assert.equal(rows.count, 301);
    const old = rows.row(40);
    assert.ok(old);
    rows.receive([log.change(old.id, { duration: 77 })]);
    assert.equal(rows.row(40)?.duration, 77);
  });

  it('takes in only rows that match the filter', async () => {
    const log = logOf(100);
    const { rows } = windowOnto(log);
    await rows.setFilter('status:402', readFilter('status:402').matches);
    assert.equal(rows.count, 10);
    assert.equal(rows.total, 100);
    rows.receive([log.add({ status: 200 }), log.add({ status: 402 })]);
    assert.equal(rows.count, 11);
    assert.equal(rows.row(0)?.number, 102);
    assert.equal(rows.total, 102);
  });

  it('asks the store again where only the store can tell whether a row matches', async () => {
    const log = logOf(20);
    const { rows } = windowOnto(log);
    const filter = 'body~"kettle"';
    await rows.setFilter(filter, readFilter(filter).matches);
    assert.equal(rows.count, 0);
    rows.receive([log.add({ response: 'a kettle' }), log.add({ response: 'a pot' })]);
    assert.equal(rows.stale, true);
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(rows.count, 1);
    assert.equal(rows.row(0)?.number, 21);
  });

  it('finds the place of any row with one question', async () => {
    const log = logOf(5000);
    const { rows } = windowOnto(log);
    await rows.setFilter('status:402', readFilter('status:402').matches);
    rows.receive([log.add({ status: 402 })]);
    const index = await rows.locate(11);
    rows.ensure(index, index + 1);
    await settled();
    assert.equal(rows.row(index)?.number, 11);
    assert.equal(await rows.locate(12), index, 'a row that is not in the list has the place of the next older one');
  });

  it('keeps its memory bounded however far somebody scrolls', async () => {
    const log = logOf(12_000);
    const { rows } = windowOnto(log);
    await rows.setFilter('', () => 'yes');
    for (let index = 0; index < 12_000; index += 100) {
      rows.ensure(index, index + 50);
      await settled();
    }
    assert.equal(rows.row(100), null, 'pages not looked at for long are dropped');
    assert.equal(rows.row(11_950)?.number, 50);
  });

  it('says what went wrong once, and does not ask again and again', async () => {
    const log = logOf(500);
    let asked = 0;
    const problems: unknown[] = [];
    const rows = new RowWindow({
      fetch: (query) => {
        asked++;
        return query.before === undefined ? log.exchanges(query) : Promise.reject(new Error('gone'));
      },
      onChange: () => undefined,
      onProblem: (problem) => problems.push(problem),
    });
    await rows.setFilter('', () => 'yes');
    const before = asked;
    for (let time = 0; time < 5; time++) {
      rows.ensure(200, 210);
      await settled();
    }
    assert.equal(asked, before + 1);
    assert.equal(problems.length, 1);
  });

  it('is empty after the log was cleared, and fills again', async () => {
    const log = logOf(50);
    const { rows } = windowOnto(log);
    await rows.setFilter('', () => 'yes');
    rows.clear();
    assert.equal(rows.count, 0);
    assert.equal(rows.total, 0);
    rows.receive([log.add()]);
    assert.equal(rows.count, 1);
    assert.equal(rows.row(0)?.number, 51);
  });
});
