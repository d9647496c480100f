import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { applicationSpending } from '../../src/gateway/store/applicationSpending.ts';
import { openDatabase, storeFileName } from '../../src/gateway/store/database.ts';
import { migrations } from '../../src/gateway/store/schema.ts';
import { createSpending } from '../../src/gateway/store/spending.ts';
import { ledgerStep } from '../../src/gateway/store/spendingTables.ts';
import type { Spending } from '../../src/shared/protocol.ts';
import { makeFolder } from './storeStage.ts';

/** The beginning of a quarter of an hour. */
const quarter = Math.floor(Date.parse('2026-05-10T12:00:00Z') / ledgerStep) * ledgerStep;

describe('the ledger of the store', () => {
  const folder = makeFolder();
  let database: DatabaseSync;
  let spending: ReturnType<typeof createSpending>;
  beforeEach(() => {
    database = openDatabase(folder.path, quarter, (problem) => assert.fail(problem.message));
    database.exec('DELETE FROM exchanges; DELETE FROM spending');
    spending = createSpending(database);
  });
  afterEach(() => database.close());
  after(() => folder.remove());

  const begin = (id: string, startedAt: number, api: string | null = 'a', simulated = 0): void => {
    database
      .prepare(
        `INSERT INTO exchanges (id, started_at, state, api, method, host, path, request_size, response_size, pid, detail, simulated)
        VALUES (?, ?, 'open', ?, 'POST', 'api.example.test', '/', 0, 0, 1, '{}', ?)`,
      )
      .run(id, startedAt, api, simulated);
  };
  const end = (id: string, cost: number | null, model: string | null = 'm'): void => {
    database
      .prepare("UPDATE exchanges SET state = 'complete', cost = ?, tokens = 10, model = ? WHERE id = ?")
      .run(cost, model, id);
  };
  const brief = (rows: readonly Spending[]): unknown => rows.map(({ key, calls, costUsd }) => [key, calls, costUsd]);

  it('counts calls once they end, dearest first, and no rehearsals', () => {
    begin('1', quarter);
    begin('2', quarter + 1000, null);
    begin('3', quarter + 2000);
    begin('4', quarter + 3000, 'a', 1);
    begin('5', quarter + 4000);
    for (const [id, cost] of [['1', 0.5] as const, ['2', 2] as const, ['3', null] as const, ['4', 9] as const])
      end(id, cost);
    const rows = spending({ since: quarter, by: 'api' });
    assert.deepEqual(brief(rows), [
      ['api.example.test', 1, 2],
      ['a', 2, 0.5],
    ]);
    assert.deepEqual([rows[1]?.tokens, rows[1]?.firstAt, rows[1]?.lastAt], [20, quarter, quarter + 2000]);
  });

  it('is exact within a quarter of an hour', () => {
    begin('1', quarter + 1000);
    begin('2', quarter + 5000);
    begin('3', quarter + ledgerStep);
    for (const id of ['1', '2', '3']) end(id, 1);
    assert.deepEqual(brief(spending({ since: quarter + 1001, by: 'model' })), [['m', 2, 2]]);
    assert.deepEqual(brief(spending({ since: quarter + 5000, by: 'model', api: 'A' })), [['m', 2, 2]]);
    assert.deepEqual(brief(spending({ since: quarter, by: 'model', api: 'b' })), []);
  });

  it('moves a call to its line where that is learned after its end', () => {
    begin('1', quarter);
    begin('2', quarter);
    end('1', 1);
    end('2', 3);
    assert.deepEqual(brief(spending({ since: 0, by: 'line' })), [[null, 2, 4]]);
    const learn = database.prepare("UPDATE exchanges SET call_file = '/app.ts', call_line = 7 WHERE id = ?");
    learn.run('2');
    learn.run('2');
    assert.deepEqual(brief(spending({ since: 0, by: 'line' })), [
      ['/app.ts:7', 1, 3],
      [null, 1, 1],
    ]);
  });

  it('tells applications apart, and finds out whose calls were that an earlier version added up', () => {
    const old = mkdtempSync(path.join(folder.path, 'old-'));
    const before = new DatabaseSync(path.join(old, storeFileName));
    const version = migrations.indexOf(applicationSpending);
    for (const step of migrations.slice(0, version)) before.exec(step);
    const insert = before.prepare(
      `INSERT INTO exchanges (id, started_at, state, api, method, host, path, request_size, response_size, pid, detail, application, cost)
        VALUES (?, ?, 'complete', 'a', 'POST', 'h', '/', 0, 0, 1, '{}', ?, 1)`,
    );
    for (const [id, application] of [['1', 'shop'] as const, ['2', 'blog'] as const, ['3', null] as const])
      insert.run(id, quarter + 1, application);
    insert.run('4', quarter + 2, 'shop');
    before.exec(`DELETE FROM exchanges WHERE id = '4'; PRAGMA user_version = ${version}`);
    before.close();
    const after = openDatabase(old, quarter, (problem) => assert.fail(problem.message));
    const ask = createSpending(after);
    // The log no longer says whose the fourth was.
    assert.deepEqual(brief(ask({ since: quarter, by: 'application' })), [
      [null, 2, 2],
      ['blog', 1, 1],
      ['shop', 1, 1],
    ]);
    assert.deepEqual(brief(ask({ since: quarter, by: 'api', applications: ['shop', 'other'] })), [['a', 1, 1]]);
    assert.deepEqual(brief(ask({ since: quarter + 1, by: 'api', applications: ['shop'] })), [['a', 1, 1]]);
    assert.deepEqual(brief(ask({ since: quarter, by: 'api', applications: [] })), []);
    after.close();
  });

  it('keeps what was spent when exchanges go', () => {
    begin('1', quarter);
    end('1', 1);
    database.exec('DELETE FROM exchanges');
    assert.deepEqual(brief(spending({ since: quarter, by: 'api' })), [['a', 1, 1]]);
  });
});
