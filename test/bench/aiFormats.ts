import { execFileSync, fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { shippedGateway } from './shippedGateway.ts';
import { startAi } from './targets.ts';

/**
 * What the common formats cost: a mock that is called directly, Tollgate, and Portkey (fetched for the run), by turns.
 * Passed on is OpenAI's dialect to OpenAI's, translated is OpenAI's to Anthropic's.
 */
const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '3' }, portkey: { type: 'string', default: '1.15.2' } },
});
const duration = Number(values.seconds) * 1000;
const events = 72;

const folder = mkdtempSync(path.join(tmpdir(), 'tollgate-bench-ai-'));
const mock = await startMock();
const gateway = await startAi(mock.url, await shippedGateway(folder));
const portkey = await startPortkey(folder);

interface Way {
  readonly name: string;
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly prefix: { readonly openai: string; readonly anthropic: string };
}
const ways: readonly Way[] = [
  { name: 'direct', origin: mock.url, headers: { authorization: 'Bearer k' }, prefix: { openai: '', anthropic: '' } },
  {
    name: 'Tollgate',
    origin: gateway.url,
    headers: { authorization: `Bearer ${gateway.key}` },
    prefix: { openai: 'openai/', anthropic: 'anthropic/' },
  },
  ...(portkey === null
    ? []
    : [{ name: 'Portkey', origin: portkey.url, headers: {}, prefix: { openai: '', anthropic: '' } }]),
];

try {
  const titles = ['answers/s', 'p50 ms', 'added ms', 'of direct', 'by Portkey'].map((title) => title.padStart(10));
  console.log('what'.padEnd(22), 'way'.padEnd(10), ...titles);
  for (const [what, stream, vendor] of [
    ['passed on, whole', false, 'openai'],
    ['passed on, streamed', true, 'openai'],
    ['translated, whole', false, 'anthropic'],
    ['translated, streamed', true, 'anthropic'],
  ] as const) {
    const found = new Map<string, { readonly rate: number; readonly median: number }>();
    for (const way of ways) {
      // Nobody speaks OpenAI's format to Anthropic directly; the vendor's own stands for it.
      try {
        const single = await measure(way, vendor, stream, 1);
        const busy = await measure(way, vendor, stream, 8);
        found.set(way.name, { rate: busy.rate, median: single.median });
      } catch (error) {
        console.log(what.padEnd(22), way.name.padEnd(10), error instanceof Error ? error.message : error);
      }
    }
    // Other programs disturb all ways alike, so that ratios tell more than numbers.
    const [direct, other] = [found.get('direct'), found.get('Portkey')];
    for (const [name, { rate, median }] of found) {
      const added = direct === undefined ? '' : (median - direct.median).toFixed(3);
      const share = direct === undefined ? '' : `${((rate / direct.rate) * 100).toFixed(0)} %`;
      const factor = other === undefined ? '' : `${(rate / other.rate).toFixed(1)} ×`;
      const numbers = [rate.toFixed(0), median.toFixed(3), added, share, factor].map((text) => text.padStart(10));
      console.log(what.padEnd(22), name.padEnd(10), ...numbers);
    }
  }
} finally {
  await gateway.stop();
  await portkey?.stop();
  mock.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(
  way: Way,
  vendor: 'openai' | 'anthropic',
  stream: boolean,
  connections: number,
): Promise<{ readonly rate: number; readonly median: number }> {
  const pool = new Pool(way.origin, { connections });
  const native = way.name === 'direct' && vendor === 'anthropic';
  const model = way.prefix[vendor] + (vendor === 'openai' ? 'gpt-4.1' : 'claude-sonnet-4-5');
  const body = JSON.stringify({
    model,
    max_tokens: 100,
    stream,
    messages: [{ role: 'user', content: 'Say something of some length. '.repeat(15) }],
  });
  const own =
    way.name === 'Portkey'
      ? { 'x-portkey-provider': vendor, 'x-portkey-custom-host': `${mock.url}/v1`, authorization: 'Bearer k' }
      : way.headers;
  const headers = { 'content-type': 'application/json', ...own };
  const call = async (): Promise<number> => {
    const start = performance.now();
    const answer = await pool.request({
      path: native ? '/v1/messages' : '/v1/chat/completions',
      method: 'POST',
      headers,
      body,
    });
    const text = await answer.body.text();
    if (answer.statusCode !== 200)
      throw new Error(`${way.name} answered ${String(answer.statusCode)}: ${text.slice(0, 300)}`);
    return performance.now() - start;
  };
  for (let warm = 0; warm < 300; warm++) await call();
  const times: number[] = [];
  const end = performance.now() + duration;
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < end) times.push(await call());
    }),
  );
  const rate = (times.length / (performance.now() - begin)) * 1000;
  await pool.close();
  return { rate, median: times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0 };
}

async function startMock(): Promise<{ readonly url: string; stop(): void }> {
  const child = fork(path.join(import.meta.dirname, 'aiVendor.ts'), [String(events)], { execArgv: [] });
  const [port] = (await once(child, 'message')) as [number];
  return { url: `http://127.0.0.1:${String(port)}`, stop: () => child.kill() };
}

/** Null where it cannot be had. */
async function startPortkey(directory: string): Promise<{ readonly url: string; stop(): Promise<void> } | null> {
  try {
    // Its streams fail with later versions of what it is made of.
    const overrides = { hono: '4.6.10', '@hono/node-server': '1.13.7' };
    writeFileSync(path.join(directory, 'package.json'), JSON.stringify({ type: 'module', overrides }));
    const wanted = `@portkey-ai/gateway@${values.portkey}`;
    execFileSync('npm', ['install', '--ignore-scripts', '--silent', wanted], { cwd: directory, stdio: 'ignore' });
  } catch {
    console.log('Portkey cannot be fetched, so there is no comparison with it.');
    return null;
  }
  const port = await freePort();
  const start = path.join(directory, 'node_modules/@portkey-ai/gateway/build/start-server.js');
  const child: ChildProcess = spawn(process.execPath, [start, '--headless', `--port=${String(port)}`], {
    stdio: 'ignore',
    env: { ...process.env, TRUSTED_CUSTOM_HOSTS: '127.0.0.1,localhost' },
  });
  const url = `http://127.0.0.1:${String(port)}`;
  for (let tries = 0; tries < 100; tries++) {
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const stop = async (): Promise<void> => {
    child.kill();
    await once(child, 'exit');
  };
  return { url, stop };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
