import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { openSync, writeSync, closeSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { copyAccess, openAccessDatabase } from '../../src/gateway/access/accessDatabase.ts';
import { accessMigrations, accessVersion } from '../../src/gateway/access/accessSchema.ts';
import { openAccessFile } from '../../src/gateway/access/accessFile.ts';
import { createAccessStore } from '../../src/gateway/access/accessStore.ts';
import type { KeyRow } from '../../src/gateway/access/rows.ts';
import { crashGateways } from './accessCrash.ts';
import { call, declared, restarted, subscribed } from './accessStage.ts';
import { closeAll, until } from './support.ts';

describe('What access keeps', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'tollgate-keep-'));
  });
  afterEach(async () => {
    await closeAll();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('survives a gateway that is killed under load: all that was acknowledged, all that was told as settled', async function () {
    this.timeout(120_000);
    const report = await crashGateways(3);
    assert.ok(report.changes >= 6 && report.charges >= 3, JSON.stringify(report));
  });

  it('is brought up to date from every earlier version, with nothing lost', () => {
    for (let version = 1; version < accessVersion; version++) {
      const data = path.join(folder, String(version));
      mkdirSync(data);
      const old = new DatabaseSync(path.join(data, 'access.db'));
      for (const step of accessMigrations.slice(0, version)) old.exec(step);
      old.exec(`PRAGMA user_version = ${version};
        INSERT INTO subscriptions VALUES ('s', 'shop', 'x', NULL, 'active', NULL, NULL, 1, 'me', 1, 'me', 1, NULL, 5000, 1);
        INSERT INTO usage (minute, application, key, api, model, ${version === 1 ? '' : 'term, '}calls, tokens, usd)
        VALUES (1, 'shop', 'k', 'x', '', ${version === 1 ? '' : "'5000', "}3, 4, 0.5)`);
      old.close();
      const { database, problem } = openAccessDatabase(data, Date.now());
      assert.equal(problem, null);
      const store = createAccessStore(database);
      assert.deepEqual(
        store.usage().map((row) => ({ ...row })),
        [
          {
            minute: 1,
            application: 'shop',
            key: 'k',
            api: 'x',
            model: '',
            term: '5000',
            calls: 3,
            tokens: 4,
            usd: 0.5,
          },
        ],
      );
      assert.equal(store.state().subscriptions[0]?.id, 's');
      database.close();
    }
  });

  it('is restored from its copy where the file is damaged, which is told and set aside', async () => {
    keep();
    const file = path.join(folder, 'access.db');
    const handle = openSync(file, 'r+');
    for (let at = 0; at < statSync(file).size; at += 512) writeSync(handle, 'rotten', at);
    closeSync(handle);
    const { database, writable, problem } = openAccessDatabase(folder, Date.now());
    assert.match(problem ?? '', /was damaged .* restored from the copy/);
    assert.ok(writable);
    assert.deepEqual(
      createAccessStore(database)
        .state()
        .keys.map(({ id, apis }) => [id, apis]),
      [['key_1', ['x']]],
    );
    database.close();
    assert.ok((await readdir(folder)).some((name) => name.endsWith('.bad')));
  });

  it('is read and left alone where a newer Tollgate made it', () => {
    keep();
    const newer = new DatabaseSync(path.join(folder, 'access.db'));
    newer.exec(`PRAGMA user_version = ${accessVersion + 1}`);
    newer.close();
    const { database, writable, problem } = openAccessDatabase(folder, Date.now());
    assert.deepEqual([writable, createAccessStore(database).state().keys.length], [false, 1]);
    assert.match(problem ?? '', /newer version of Tollgate/);
    database.close();
  });

  it('is not changed while another process holds the file, which is said, and nothing of what passes is lost', async function () {
    this.timeout(30_000);
    const gateway = await declared({ budgets: { b: { application: 'shop', calls: 9, per: 'total' } } });
    const secret = await subscribed(gateway, 'z');
    const data = path.join(gateway.directory, 'data', 'access.db');
    const other = new DatabaseSync(data);
    other.exec('PRAGMA busy_timeout = 5000; BEGIN EXCLUSIVE');
    try {
      const refused = gateway.api.issueKey({ application: 'shop', name: 'late' });
      const [answer] = await Promise.all([
        call(gateway, '/z/a', { 'x-api-key': secret }),
        assert.rejects(refused, { code: 'access_unavailable', message: /Another process holds the file.*Try again/ }),
      ]);
      assert.equal(answer.status, 200);
      const board = await until(async () => {
        const found = await gateway.api.access();
        return found.limits[0]?.spent === 1 && found.problem !== null ? found : undefined;
      }, 'the charge, and that it cannot be kept yet');
      assert.equal(board.keys.length, 1);
      assert.match(board.problem ?? '', /Another process holds the file/);
    } finally {
      other.exec('ROLLBACK');
      other.close();
    }
    const { key } = await gateway.api.issueKey({ application: 'shop', name: 'late' });
    await until(async () => ((await gateway.api.access()).problem === null ? true : undefined), 'all to be well');
    await gateway.close();
    const again = await restarted(gateway, path.dirname(data));
    const { limits, keys } = await again.api.access();
    assert.deepEqual([limits[0]?.spent, keys.some(({ id }) => id === key.id)], [1, true]);
  });

  it('is written anew where its file is deleted under a running gateway, and restored where it is gone at a start', async function () {
    this.timeout(30_000);
    if (process.platform === 'win32') this.skip();
    const gateway = await declared();
    const secret = await subscribed(gateway, 'z');
    const data = path.join(gateway.directory, 'data');
    for (const name of ['access.db', 'access.db-wal', 'access.db-shm']) await rm(path.join(data, name));
    const { key } = await gateway.api.issueKey({ application: 'shop', name: 'after' });
    assert.equal((await call(gateway, '/z/a', { 'x-api-key': secret })).status, 200);
    const told = await until(async () => (await gateway.api.access()).problem ?? undefined, 'that it is told');
    assert.match(told, /was deleted while the gateway ran. It was written anew/);
    await gateway.close();
    // All that was acknowledged is in the new file, and in the copy beside it.
    await rm(path.join(data, 'access.db'));
    const again = await restarted(gateway, data);
    const board = await again.api.access();
    assert.match(board.problem ?? '', /was gone. It was restored from the copy/);
    assert.ok(board.keys.some(({ id }) => id === key.id));
    assert.equal((await call(again, '/z/a', { 'x-api-key': secret })).status, 200);
  });

  it('can be changed again once a file that could not be written at the start can be', () => {
    keep();
    const file = path.join(folder, 'access.db');
    rmSync(file);
    mkdirSync(file);
    let replaced = 0;
    const opened = openAccessFile(folder, () => replaced++);
    try {
      assert.equal(opened.opened.writable, false);
      assert.throws(() => opened.change((store) => store.settle([], {})), { code: 'access_unavailable' });
      rmSync(file, { recursive: true });
      opened.look();
      assert.deepEqual([opened.opened.writable, replaced], [true, 1]);
      assert.match(opened.opened.problem ?? '', /was restored from the copy/);
      assert.equal(
        opened.change((store) => store.commit({ keys: [{ ...key, id: 'key_9', hash: 'z' }], audit: [] }, 1)),
        true,
      );
    } finally {
      opened.opened.database.close();
    }
  });

  it('is changed whole or not at all, and not by who saw an older state', () => {
    const { database } = openAccessDatabase(folder, Date.now());
    const store = createAccessStore(database);
    assert.equal(store.commit({ keys: [key], audit: [] }, 0), true);
    assert.equal(store.commit({ keys: [{ ...key, id: 'key_2', hash: 'b' }], audit: [] }, 0), false);
    assert.throws(() =>
      store.commit(
        {
          keys: [
            { ...key, id: 'key_3', hash: 'c' },
            { ...key, id: null as never, hash: null as never },
          ],
          audit: [],
        },
        1,
      ),
    );
    assert.deepEqual(
      store.state().keys.map(({ id }) => id),
      ['key_1'],
    );
    database.exec('PRAGMA max_page_count = 1');
    const audit = [
      {
        at: 1,
        by: 'x'.repeat(9_000_000),
        action: 'key.issued',
        subject: 's',
        team: null,
        application: null,
        api: null,
        detail: null,
      },
    ] as const;
    assert.throws(() => store.commit({ keys: [{ ...key, id: 'key_4', hash: 'd' }], audit }, 1), /full/);
    assert.deepEqual(
      store.state().keys.map(({ id }) => id),
      ['key_1'],
    );
    database.close();
  });

  function keep(): void {
    const { database } = openAccessDatabase(folder, Date.now());
    createAccessStore(database).commit({ keys: [key], audit: [] }, 0);
    copyAccess(database, folder);
    database.close();
  }
});

const key: KeyRow = {
  ...{ id: 'key_1', application: 'shop', name: 'ci', hint: 'tgk_…', hash: 'a', apis: ['x'], methods: null },
  ...{ createdAt: 1, createdBy: 'me', expiresAt: null, revokedAt: null, lastUsedAt: null, replacedBy: null },
};
