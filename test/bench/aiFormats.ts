import { execFileSync, fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Pool } from 'undici';
import { cpuMicroseconds } from './processCost.ts';
import { shippedGateway } from './shippedGateway.ts';
import { startAi } from './targets.ts';

/**
 * What the common formats cost: a mock that is called directly, Tollgate, and Portkey (fetched for the run), by turns.
 * Each row is a format that callers speak and a vendor's dialect. CPU is that of the gateway's process for each answer,
 * which holds where a busy machine makes the rest doubtful.
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
  readonly prefix: boolean;
  readonly pids: () => readonly number[];
}

/** What callers speak, and to whom. */
interface Talk {
  readonly format: 'chat' | 'messages' | 'responses';
  readonly vendor: 'openai' | 'anthropic' | 'gemini';
  readonly stream: boolean;
}
const models = { openai: 'gpt-4.1', anthropic: 'claude-sonnet-4-5', gemini: 'gemini-2.5-flash' };
const native = { openai: '/v1/chat/completions', anthropic: '/v1/messages', gemini: '/v1beta/models/g:' };
const paths = { chat: '/v1/chat/completions', messages: '/v1/messages', responses: '/v1/responses' };
const talks: readonly Omit<Talk, 'stream'>[] = [
  { format: 'chat', vendor: 'openai' },
  { format: 'chat', vendor: 'anthropic' },
  { format: 'chat', vendor: 'gemini' },
  { format: 'messages', vendor: 'openai' },
  { format: 'responses', vendor: 'anthropic' },
];
const ways: readonly Way[] = [
  { name: 'direct', origin: mock.url, headers: { authorization: 'Bearer k' }, prefix: false, pids: () => [] },
  {
    name: 'Tollgate',
    origin: gateway.url,
    headers: { authorization: `Bearer ${gateway.key}` },
    prefix: true,
    pids: gateway.pids,
  },
  ...(portkey === null
    ? []
    : [{ name: 'Portkey', origin: portkey.url, headers: {}, prefix: false, pids: portkey.pids }]),
];

try {
  const titles = ['answers/s', 'p50 ms', 'added ms', 'by Portkey', 'CPU µs', 'by Portkey'].map((one) =>
    one.padStart(11),
  );
  console.log('what'.padEnd(31), 'way'.padEnd(9), ...titles);
  for (const talk of talks)
    for (const stream of [false, true]) {
      const what = `${talk.format} to ${talk.vendor}, ${stream ? 'streamed' : 'whole'}`;
      const found = new Map<string, { rate: number; median: number; cpu: number | null }>();
      for (const way of ways) {
        try {
          const { median } = await measure(way, { ...talk, stream }, 1);
          const { rate, cpu } = await measure(way, { ...talk, stream }, 8);
          found.set(way.name, { rate, median, cpu });
        } catch (error) {
          console.log(what.padEnd(31), way.name.padEnd(9), error instanceof Error ? error.message : error);
        }
      }
      // Other programs disturb all ways alike, so that ratios tell more than numbers.
      const [direct, other] = [found.get('direct'), found.get('Portkey')];
      for (const [name, { rate, median, cpu }] of found) {
        const added = direct === undefined ? '' : (median - direct.median).toFixed(3);
        const factor = other === undefined ? '' : `${(rate / other.rate).toFixed(1)} ×`;
        const share = other?.cpu == null || cpu === null ? '' : `1/${(other.cpu / cpu).toFixed(1)}`;
        const numbers = [rate.toFixed(0), median.toFixed(3), added, factor, cpu?.toFixed(0) ?? '', share];
        console.log(what.padEnd(31), name.padEnd(9), ...numbers.map((text) => text.padStart(11)));
      }
    }
} finally {
  await gateway.stop();
  await portkey?.stop();
  mock.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function measure(
  way: Way,
  { format, vendor, stream }: Talk,
  connections: number,
): Promise<{ readonly rate: number; readonly median: number; readonly cpu: number | null }> {
  const pool = new Pool(way.origin, { connections });
  const said = 'Say something of some length. '.repeat(15);
  const body = JSON.stringify({
    model: (way.prefix ? `${vendor}/` : '') + models[vendor],
    ...(format === 'responses' ? { max_output_tokens: 100, input: said } : { max_tokens: 100 }),
    stream,
    ...(format === 'responses' ? {} : { messages: [{ role: 'user', content: said }] }),
  });
  // Nobody speaks another's format to a vendor directly; the vendor's own stands for it.
  const gemini = vendor === 'gemini' ? (stream ? 'streamGenerateContent?alt=sse' : 'generateContent') : '';
  const path = way.name === 'direct' ? native[vendor] + gemini : paths[format];
  const provider = vendor === 'gemini' ? 'google' : vendor;
  const host = `${mock.url}/${vendor === 'gemini' ? 'v1beta' : 'v1'}`;
  const own =
    way.name === 'Portkey'
      ? { 'x-portkey-provider': provider, 'x-portkey-custom-host': host, authorization: 'Bearer k' }
      : way.headers;
  const headers = { 'content-type': 'application/json', ...own };
  const call = async (): Promise<number> => {
    const start = performance.now();
    const answer = await pool.request({ path, method: 'POST', headers, body });
    const text = await answer.body.text();
    if (answer.statusCode !== 200)
      throw new Error(`${way.name} answered ${String(answer.statusCode)}: ${text.slice(0, 300)}`);
    return performance.now() - start;
  };
  for (let warm = 0; warm < 150; warm++) await call();
  const times: number[] = [];
  const end = performance.now() + duration;
  const before = cpuMicroseconds(way.pids());
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < end) times.push(await call());
    }),
  );
  const rate = (times.length / (performance.now() - begin)) * 1000;
  const after = cpuMicroseconds(way.pids());
  await pool.close();
  const cpu = before === null || after === null || after === before ? null : (after - before) / times.length;
  return { rate, cpu, median: times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0 };
}

async function startMock(): Promise<{ readonly url: string; stop(): void }> {
  const child = fork(path.join(import.meta.dirname, 'aiVendor.ts'), [String(events)], { execArgv: [] });
  const [port] = (await once(child, 'message')) as [number];
  return { url: `http://127.0.0.1:${String(port)}`, stop: () => child.kill() };
}

interface Portkey {
  readonly url: string;
  readonly pids: () => readonly number[];
  stop(): Promise<void>;
}

/** Null where it cannot be had. */
async function startPortkey(directory: string): Promise<Portkey | null> {
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
  return { url, pids: () => (child.pid === undefined ? [] : [child.pid]), stop };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
