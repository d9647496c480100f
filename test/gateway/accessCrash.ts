import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { AccessBoard } from '../../src/shared/access.ts';
import type { AccessExport } from '../../src/shared/accessApi.ts';
import { Acknowledged, changeAll, type Ask } from './acknowledged.ts';

const token = 'a-token-for-tests';
const cli = path.join(import.meta.dirname, '..', '..', 'src', 'cli', 'cli.ts');
/** One gateway in so many is killed while it starts. */
const startsKilled = 5;

/** What was told to be done before the gateways were killed. */
export interface CrashReport {
  readonly kills: number;
  /** Of those, the ones that hit a gateway before it listened. */
  readonly duringStart: number;
  readonly changes: number;
  /** Calls that are charged, all told. */
  readonly charges: number;
  readonly calls: number;
}

/**
 * Starts a gateway again and again, changes teams, applications, subscriptions and keys and makes calls, and kills it in
 * the middle. After each start, every change that was acknowledged and every charge that was told as settled has to be
 * there, and nothing that nobody asked for.
 */
export async function crashGateways(
  kills: number,
  onKill: (count: number) => void = () => undefined,
): Promise<CrashReport> {
  const directory = await mkdtemp(path.join(tmpdir(), 'tollgate-crash-'));
  const upstream = createServer((request, response) => {
    request.resume();
    response.end('{}');
  }).listen(0, '127.0.0.1');
  // A connection that ends just as a call goes out on it would fail that call, and prove nothing.
  upstream.keepAliveTimeout = 0;
  await once(upstream, 'listening');
  await writeFile(path.join(directory, 'tollgate.jsonc'), JSON.stringify(catalogueFor(upstream.address())));
  const known = new Acknowledged();
  let secret = '';
  let settled = 0;
  let sent = 0;
  let duringStart = 0;
  let names = 0;
  try {
    for (let count = 1; count <= kills; count++) {
      if (count % startsKilled === 0) {
        await killStarting(directory, (count * 53) % 900);
        duringStart++;
        onKill(count);
        continue;
      }
      const { child, url } = await start(directory);
      const ask = asking(url);
      const board = (await ask('GET', 'access')) as AccessBoard;
      assert.equal(board.problem, null);
      known.check(board, `after ${count - 1} kills`);
      const used = await spentOf(ask);
      assert.ok(
        used >= settled && used <= sent,
        `${used} calls are charged after ${count - 1} kills; ${settled} were told as settled, ${sent} sent`,
      );
      const { usage } = (await ask('GET', 'state')) as AccessExport;
      assert.equal(
        usage.reduce((sum, { calls }) => sum + calls, 0),
        used,
      );
      settled = used;
      if (secret === '') {
        await ask('POST', 'subscriptions', { application: 'shop', api: 'x' });
        secret = ((await ask('POST', 'keys', { application: 'shop', name: 'load' })) as { secret: string }).secret;
      }
      const dying = new AbortController();
      const untilDead = async (work: () => Promise<void>): Promise<void> => {
        try {
          for (;;) {
            dying.signal.throwIfAborted();
            await work();
          }
        } catch (error) {
          if (!dying.signal.aborted) throw error;
        }
      };
      const load = async (): Promise<void> => {
        sent++;
        const answer = await fetch(`${url}/x/a`, { method: 'POST', body: '{}', headers: { 'x-api-key': secret } });
        assert.equal(answer.status, 200, await answer.text());
      };
      const look = async (): Promise<void> => {
        settled = Math.max(settled, await spentOf(ask));
      };
      const change = (): Promise<void> => changeAll(ask, known, `n${++names}`, names);
      const running = Promise.all([change, change, load, load, look].map(untilDead));
      // Killed in the middle of something, but not before there is something to lose.
      const before = { changes: known.changes, settled };
      const enough = async (): Promise<void> => {
        while (known.changes < before.changes + 4 || settled <= before.settled) await pause(5);
        await pause((count * 37) % 60);
      };
      // What fails before ends the wait.
      await Promise.race([enough(), running]);
      dying.abort();
      await kill(child);
      await running;
      onKill(count);
    }
    assert.ok((await readdir(path.join(directory, 'data'))).every((name) => !name.endsWith('.bad')));
    return { kills, duringStart, changes: known.changes, charges: settled, calls: sent };
  } finally {
    upstream.closeAllConnections();
    upstream.close();
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

function catalogueFor(address: ReturnType<ReturnType<typeof createServer>['address']>): object {
  const upstream = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return {
    ...{ teams: { web: {} }, applications: { shop: { team: 'web' } } },
    apis: {
      x: { upstream, access: { subscription: 'auto' } },
      asked: { upstream, access: { subscription: 'manual' } },
    },
    budgets: { all: { application: 'shop', calls: 1_000_000, per: 'total' } },
  };
}

function asking(url: string): Ask {
  return async (method, at, body) => {
    const answer = await fetch(`${url}/_tollgate/v1/${at}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const told = await answer.text();
    assert.ok(answer.ok, `${method} ${at}: ${answer.status} ${told}`);
    return JSON.parse(told) as unknown;
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function spentOf(ask: Ask): Promise<number> {
  const limits = (await ask('GET', 'usage')) as readonly { readonly spent: number }[];
  return limits[0]?.spent ?? 0;
}

function launch(directory: string): ChildProcess {
  return spawn(process.execPath, [cli, 'serve', '--data', path.join(directory, 'data'), '--token', token], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function start(directory: string): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = launch(directory);
  if (child.stdout === null) throw new Error('A gateway has a standard output.');
  for await (const line of createInterface(child.stdout)) {
    const { event, url } = JSON.parse(line) as { event: string; url: string };
    if (event !== 'listening') continue;
    // What it says from here on is of no interest, but it must be able to say it.
    child.stdout.resume();
    return { child, url };
  }
  throw new Error('The gateway ended before it listened.');
}

async function killStarting(directory: string, after: number): Promise<void> {
  const child = launch(directory);
  child.stdout?.resume();
  await pause(after);
  await kill(child);
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) throw new Error(`The gateway ended by itself, with ${child.exitCode}.`);
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

const wanted = Number(process.argv[2]);
if (process.argv[1] === import.meta.filename) {
  const report = await crashGateways(Number.isNaN(wanted) ? 300 : wanted, (count) => {
    if (count % 20 === 0) process.stdout.write(`${count} kills\n`);
  });
  process.stdout.write(`Nothing was lost: ${JSON.stringify(report)}\n`);
}
