import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Worker } from 'node:worker_threads';
import { openLog } from '../../src/gateway/store/log.ts';
import { ChannelError } from '../../src/shared/channel.ts';
import type { GatewaySettings } from '../../src/shared/settings.ts';
import { bodyText, eventsOf, makeFolder, openStage, record, type Folder, type Stage } from './storeStage.ts';

describe('the store survives', () => {
  let folder: Folder;
  let stage: Stage | null = null;
  const children: ChildProcess[] = [];
  const open = async (settings: Partial<GatewaySettings> = {}): Promise<Stage> =>
    (stage = await openStage(folder.path, settings));
  beforeEach(() => {
    folder = makeFolder();
  });
  afterEach(async () => {
    await stage?.recording.close();
    stage = null;
    for (const child of children.splice(0)) child.kill('SIGKILL');
    folder.remove();
  });

  /** Starts a recording process and waits until it has flushed. */
  const startChild = async (count: number, name: string): Promise<ChildProcess> => {
    const script = path.join(import.meta.dirname, 'storeChild.ts');
    const child = spawn(process.execPath, [script, folder.path, String(count), name], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    for await (const chunk of child.stdout) if (String(chunk).includes('flushed')) break;
    return child;
  };
  const kill = async (child: ChildProcess): Promise<void> => {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };

  it('a gateway that is killed: what was flushed is there, what ran is marked as failed', async () => {
    await kill(await startChild(300, 'a'));
    const { recording } = await open();
    const { rows, total } = await recording.exchanges({ filter: '', limit: 2 });
    assert.equal(total, 301);
    assert.equal(rows[0]?.id, 'a-open');
    assert.equal(rows[0].state, 'failed');
    assert.equal((await recording.exchange(rows[0].id))?.failure?.code, 'internal_error');
    assert.equal(await bodyText(recording, rows[0].id, 'response'), 'data: begun\n\n');
    assert.equal((await recording.exchanges({ filter: 'state:complete', limit: 1 })).total, 300);
  });

  it('two gateways that write to one file at the same time', async () => {
    const [first, second] = await Promise.all([startChild(200, 'a'), startChild(200, 'b')]);
    const { recording } = await open();
    for (let index = 0; index < 50; index++) record(recording, { api: 'c' });
    const totals = await recording.totals();
    assert.deepEqual(
      totals.map(({ api, calls }) => [api, calls]),
      [
        ['a', 201],
        ['b', 201],
        ['c', 50],
      ],
    );
    const { rows } = await recording.exchanges({ filter: '', limit: 1000 });
    assert.equal(new Set(rows.map(({ number }) => number)).size, 452);
    // Those of gateways that live are still running.
    assert.equal((await recording.exchanges({ filter: 'state:open', limit: 5 })).total, 2);
    await Promise.all([kill(first), kill(second)]);
  });

  it('the death of its recording thread: says so once and goes on', async () => {
    const workers: Worker[] = [];
    const note = (worker: Worker): number => workers.push(worker);
    process.on('worker', note);
    const { recording, problems } = await open();
    record(recording, { api: 'before' });
    await recording.flush();
    const [begin, ...rest] = eventsOf({ api: 'lost' });
    if (begin) recording.record(begin);
    await workers[0]?.terminate();
    for (const event of rest) recording.record(event);
    record(recording, { api: 'after' });
    await recording.flush();
    const { rows } = await recording.exchanges({ filter: '', limit: 5 });
    assert.deepEqual(
      rows.map(({ api }) => api).filter((api) => api !== 'lost'),
      ['after', 'before'],
    );
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['worker_restarted'],
    );

    await workers[1]?.terminate();
    process.off('worker', note);
    record(recording);
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['worker_restarted', 'worker_lost'],
    );
    await assert.rejects(recording.flush(), (error) => error instanceof ChannelError);
  });

  it('a file that is no database: sets it aside and begins anew', async () => {
    writeFileSync(
      path.join(folder.path, 'tollgate.db'),
      'this is not a database, and it is long enough to tell. '.repeat(50),
    );
    const { recording, problems } = await open();
    const id = record(recording);
    assert.ok(await recording.exchange(id));
    assert.deepEqual(
      problems.map(({ code }) => code),
      ['store_set_aside'],
    );
    assert.ok(readdirSync(folder.path).some((name) => /^tollgate\.db\..*\.bad$/.test(name)));
  });

  it('a file of a newer version: sets it aside whole', async () => {
    const newer = new DatabaseSync(path.join(folder.path, 'tollgate.db'));
    newer.exec('CREATE TABLE future (a); PRAGMA user_version = 999');
    newer.close();
    assert.throws(
      () => openLog(folder.path),
      (error) => error instanceof ChannelError && error.code === 'log_version',
    );
    const { recording, problems } = await open();
    assert.ok(await recording.exchange(record(recording)));
    assert.match(problems[0]?.message ?? '', /newer version/);
    const aside = readdirSync(folder.path).find((name) => name.endsWith('.newer')) ?? '';
    const kept = new DatabaseSync(path.join(folder.path, aside), { readOnly: true });
    assert.equal(kept.prepare('SELECT count(*) AS n FROM future').get()?.n, 0);
    kept.close();
  });

  it('damage that shows only while it runs', async () => {
    const { recording, problems } = await open();
    for (let index = 0; index < 200; index++) record(recording, { response: `{"filler":"${'x'.repeat(2000)}"}` });
    await recording.close();
    const file = path.join(folder.path, 'tollgate.db');
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 4096, bytes.length - 4096);
    writeFileSync(file, bytes);
    const next = await open();
    record(next.recording);
    await next.recording.flush();
    await next.recording.exchanges({ filter: '', limit: 500 });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      next.problems.map(({ code }) => code),
      ['store_set_aside'],
    );
    assert.ok((await next.recording.exchanges({ filter: '', limit: 5 })).rows.length <= 1);
  });

  it('a folder that cannot be made: goes on in memory and says so', async () => {
    const file = path.join(folder.path, 'in-the-way');
    writeFileSync(file, '');
    stage = await openStage(path.join(file, 'data'));
    assert.ok(await stage.recording.exchange(record(stage.recording)));
    assert.deepEqual(
      stage.problems.map(({ code }) => code),
      ['store_in_memory', 'call_notes_off'],
    );
  });

  it('its age: deletes what is older than the retention, and keeps what is not', async () => {
    const { recording } = await open({ retentionDays: 2 });
    for (let index = 0; index < 500; index++) record(recording, { api: 'old', startedAt: Date.now() - 3 * 86_400_000 });
    record(recording, { api: 'new' });
    await recording.close();
    const next = await open({ retentionDays: 2 });
    while ((await next.recording.exchanges({ filter: 'api:old', limit: 1 })).total > 0) await sleep(50);
    assert.equal((await next.recording.exchanges({ filter: '', limit: 5 })).total, 1);
  });

  it('its size: deletes the oldest until the rest fits, and gives the space back', async () => {
    const filler = Buffer.alloc(100_000, 'filler ').toString();
    const { recording } = await open({ retentionMegabytes: 2 });
    for (let index = 0; index < 60; index++) record(recording, { response: filler });
    await recording.close();
    const next = await open({ retentionMegabytes: 2 });
    const count = async (): Promise<number> => (await next.recording.exchanges({ filter: '', limit: 1 })).total;
    while ((await count()) > 21) await sleep(50);
    await sleep(100);
    assert.ok((await count()) >= 15);
    assert.equal((await next.recording.exchanges({ filter: '', limit: 1 })).rows[0]?.number, 60);
    await next.recording.close();
    stage = null;
    const { size } = statSync(path.join(folder.path, 'tollgate.db'));
    assert.ok(size < 3 * 1024 * 1024, `the file has ${size} bytes`);
  });

  it('being asked for before there is one: says what to do', () => {
    assert.throws(
      () => openLog(folder.path),
      (error) => error instanceof ChannelError && error.code === 'no_log',
    );
    assert.ok(!existsSync(path.join(folder.path, 'tollgate.db')));
  });
});
