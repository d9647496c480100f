import assert from 'node:assert/strict';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openDatabase, storeFileName } from '../../src/gateway/store/database.ts';
import { facetTables } from '../../src/gateway/store/facetTables.ts';
import { createQueries } from '../../src/gateway/store/queries.ts';
import { migrations } from '../../src/gateway/store/schema.ts';
import { createStore } from '../../src/gateway/store/store.ts';
import { fillStore } from '../bench/millionCalls.ts';
import { makeFolder } from './storeStage.ts';

describe('a log that is looked through', () => {
  const folder = makeFolder();
  let database: DatabaseSync;
  before(() => {
    database = openDatabase(folder.path, Date.now(), ({ message }) => assert.fail(message));
    fillStore(database, 3000, Date.now());
  });
  after(() => {
    database.close();
    folder.remove();
  });

  it('finds words of bodies by their beginnings, and phrases as they are written', () => {
    const queries = createQueries(database);
    const total = (filter: string): number => queries.exchanges({ filter, limit: 5 }).total;
    assert.equal(total('body~"insufficient_funds"'), total('cause:insufficient_funds'));
    assert.equal(total('response.body~insuffic'), total('cause:insufficient_funds'));
    assert.equal(total('request.body~insufficient'), 0);
    assert.ok(total('insufficient') > 0);
    assert.equal(total('body~"no such words"'), 0);
  });

  it('sorts by any column, in pages that fit together, what lacks the value last', () => {
    const queries = createQueries(database);
    const costs: (number | null)[] = [];
    const seen = new Set<number>();
    for (let offset = 0; offset < 3000; offset += 1000)
      for (const row of queries.exchanges({ filter: '', limit: 1000, offset, sort: { by: 'cost', descending: true } })
        .rows) {
        costs.push(row.costUsd);
        seen.add(row.number);
      }
    assert.equal(seen.size, 3000);
    const known = costs.filter((cost) => cost !== null);
    assert.deepEqual(costs.slice(0, known.length), known);
    assert.deepEqual(
      known,
      [...known].sort((one, other) => other - one),
    );
    const apis = queries
      .exchanges({ filter: '', limit: 1000, sort: { by: 'api', descending: false } })
      .rows.map(({ api }) => api);
    assert.equal(apis[0], 'anthropic');
  });

  it('groups, and names a filter that finds each group and nothing else', () => {
    const queries = createQueries(database);
    for (const by of ['api', 'cause', 'line', 'model', 'trace'] as const) {
      const found = queries.groups({ filter: 'status>=400', by });
      assert.ok(found.length > 0, by);
      for (const { term, calls } of found.slice(0, 5))
        assert.equal(queries.exchanges({ filter: `status>=400 ${term}`, limit: 1 }).total, calls, term);
    }
  });

  it('takes in what an earlier version stored, its texts bit by bit', () => {
    const old = makeFolder();
    const earlier = new DatabaseSync(path.join(old.path, storeFileName));
    const until = migrations.indexOf(facetTables);
    for (const step of migrations.slice(0, until)) earlier.exec(step);
    earlier.exec(`
      INSERT INTO exchanges (id, started_at, state, api, method, host, path, status, request_size, response_size, pid, detail)
      VALUES ('a', 1, 'complete', 'OpenAI', 'GET', 'api.example.test', '/x', 402, 0, 6, 1,
        '{"request":{"headers":[["X-One","two"]]},"response":null}');
      INSERT INTO bodies (key, bytes) VALUES (3, CAST('kettle' AS BLOB));
      PRAGMA user_version = ${String(until)};
    `);
    earlier.close();
    const opened = openDatabase(old.path, Date.now(), ({ message }) => assert.fail(message));
    const numbers = (filter: string) => createQueries(opened).exchanges({ filter, limit: 9 }).rows.length;
    assert.equal(numbers('api:openai status:402 path:/x'), 1);
    assert.equal(createStore(opened).catchUp(), false);
    assert.equal(numbers('body~kettle'), 1);
    assert.equal(numbers('header~"x-one: two"'), 1);
    opened.close();
    old.remove();
  });
});
