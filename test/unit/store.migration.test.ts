import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openDatabase, storeFileName, versionOf } from '../../src/gateway/store/database.ts';
import { summaryColumns, toSummary } from '../../src/gateway/store/exchangeRow.ts';
import { migrations, schemaVersion } from '../../src/gateway/store/schema.ts';

describe('the store of an earlier version', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'tollgate-test-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

  it('keeps its rows, none of which was a rehearsal', () => {
    const old = new DatabaseSync(path.join(folder, storeFileName));
    old.exec(migrations[0] ?? '');
    old.exec(`
      INSERT INTO exchanges (id, started_at, state, method, host, path, status, request_size, response_size, pid, detail)
      VALUES ('old', 1, 'complete', 'GET', 'api.example.test', '/', 402, 0, 0, 1, '{}');
      PRAGMA user_version = 1;
    `);
    old.close();
    const problems: unknown[] = [];
    const database = openDatabase(folder, 1, (problem) => problems.push(problem));
    try {
      assert.equal(versionOf(database), schemaVersion);
      const rows = database.prepare(`SELECT ${summaryColumns} FROM exchanges`).all().map(toSummary);
      assert.deepEqual(
        rows.map(({ id, status, simulated }) => ({ id, status, simulated })),
        [{ id: 'old', status: 402, simulated: false }],
      );
      assert.deepEqual(problems, []);
    } finally {
      database.close();
    }
  });
});
