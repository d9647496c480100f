import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const token = 'a-token-for-tests';
const cli = path.join(import.meta.dirname, '..', '..', 'src', 'cli', 'cli.ts');

/** What was told to be done before the gateways were killed. */
export interface CrashReport {
  readonly kills: number;
  readonly changes: number;
  readonly charges: number;
  readonly calls: number;
}

/**
 * Starts a gateway again and again, changes subscriptions and keys and makes calls, and kills it in the middle. After
 * each start, every change that was acknowledged and every charge that was told as settled has to be there.
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
  await once(upstream, 'listening');
  const address = upstream.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const catalogue = {
    ...{ teams: { web: {} }, applications: { shop: { team: 'web' } } },
    apis: { x: { upstream: `http://127.0.0.1:${port}`, access: { subscription: 'auto' } } },
    budgets: { all: { application: 'shop', calls: 1_000_000, per: 'total' } },
  };
  await writeFile(path.join(directory, 'tollgate.jsonc'), JSON.stringify(catalogue));
  const keys = new Map<string, 'active' | 'revoked'>();
  const attempted = new Set<string>();
  let secret = '';
  let settled = 0;
  let sent = 0;
  let changes = 0;
  try {
    for (let count = 1; count <= kills; count++) {
      const { child, url } = await start(directory);
      const ask = async (method: string, at: string, body?: object): Promise<unknown> => {
        const headers = { authorization: `Bearer ${token}` };
        const answer = await fetch(`${url}/_tollgate/v1/${at}`, {
          method,
          headers,
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        });
        assert.ok(answer.ok, `${method} ${at}: ${answer.status} ${await answer.clone().text()}`);
        return answer.json();
      };
      const found = (await ask('GET', 'keys')) as readonly { readonly id: string; readonly state: string }[];
      const states = new Map(found.map(({ id, state }) => [id, state]));
      for (const [id, state] of keys)
        if (!attempted.has(id) || state === 'revoked')
          assert.equal(states.get(id), state, `${id} after ${count - 1} kills`);
      const used = await spentOf(ask);
      assert.ok(
        used >= settled && used <= sent,
        `${used} calls are charged, ${settled} were told as settled, ${sent} sent`,
      );
      settled = used;
      if (secret === '') {
        await ask('POST', 'subscriptions', { application: 'shop', api: 'x' });
        secret = ((await ask('POST', 'keys', { application: 'shop', name: 'load' })) as { secret: string }).secret;
      }
      let dead = false;
      const isDead = (): boolean => dead;
      const untilDead = async (work: () => Promise<void>): Promise<void> => {
        while (!dead) {
          try {
            await work();
          } catch (error) {
            if (!isDead()) throw error;
          }
        }
      };
      const change = async (): Promise<void> => {
        const { key } = (await ask('POST', 'keys', { application: 'shop', name: 'k' })) as { key: { id: string } };
        keys.set(key.id, 'active');
        changes++;
        if (changes % 2 === 0) return;
        attempted.add(key.id);
        await ask('DELETE', `keys/${key.id}`);
        keys.set(key.id, 'revoked');
        changes++;
      };
      const load = async (): Promise<void> => {
        sent++;
        const answer = await fetch(`${url}/x/a`, { method: 'POST', body: '{}', headers: { 'x-api-key': secret } });
        await answer.text();
        assert.equal(answer.status, 200);
      };
      const look = async (): Promise<void> => {
        settled = Math.max(settled, await spentOf(ask));
      };
      const running = Promise.all([untilDead(change), untilDead(load), untilDead(load), untilDead(look)]);
      // Killed in the middle of something, but not before there is something to lose.
      const before = { changes, settled };
      while (changes < before.changes + 2 || settled <= before.settled) await pause(5);
      await pause((count * 37) % 60);
      dead = true;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await Promise.all([gone, running]);
      onKill(count);
    }
    return { kills, changes, charges: settled, calls: sent };
  } finally {
    upstream.closeAllConnections();
    upstream.close();
    await rm(directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function spentOf(ask: (method: string, at: string) => Promise<unknown>): Promise<number> {
  const [limit] = (await ask('GET', 'usage')) as readonly { readonly spent: number }[];
  return limit?.spent ?? 0;
}

async function start(directory: string): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = spawn(process.execPath, [cli, 'serve', '--data', path.join(directory, 'data'), '--token', token], {
    cwd: directory,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(child.stdout)) {
    const { event, url } = JSON.parse(line) as { event: string; url: string };
    if (event === 'listening') return { child, url };
  }
  throw new Error('The gateway ended before it listened.');
}

const kills = Number(process.argv[2]);
if (process.argv[1] === import.meta.filename) {
  const report = await crashGateways(Number.isNaN(kills) ? 300 : kills, (count) => {
    if (count % 20 === 0) process.stdout.write(`${count} kills\n`);
  });
  process.stdout.write(`Nothing was lost: ${JSON.stringify(report)}\n`);
}
