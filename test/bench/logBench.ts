import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../../src/gateway/store/database.ts';
import type { Exchange, ExchangeId } from '../../src/shared/exchange.ts';
import type { BodyContent, ExchangePage, ExchangeQuery, GroupQuery, LogGroup } from '../../src/shared/protocol.ts';
import { startPanelHost, until } from '../webview/panelPage.ts';
import { forkHere, nextMessage } from './forked.ts';
import { fillStore } from './millionCalls.ts';

/**
 * Fills a store with calls (a million unless `--rows` says otherwise; `--keep DIR` uses that folder again), starts a
 * gateway over it, opens the real panel in a browser, and prints what a person would feel; and, because other programs
 * run beside it, how much of that was its own work. `--panel` measures the panel alone.
 */
const { values: options } = parseArgs({
  options: { rows: { type: 'string' }, keep: { type: 'string' }, panel: { type: 'boolean' } },
});
const rows = Number(options.rows ?? 1_000_000);
const folder = options.keep ?? mkdtempSync(path.join(tmpdir(), 'tollgate-bench-'));
const filters = [
  ...['status>=400', 'status:402', 'api:openai status:429', 'cause:insufficient_funds', 'method:GET dur>30s'],
  ...['path:/chat', 'host:openai cost>0.001', 'model:claude', 'line:kettles.ts:7', 'has:finding -api:openai'],
  ...['dur>3s', 'tokens>2000', 'since:1h', 'number<500', 'not (status:200 or status:402)', 'state:failed'],
];
const searches = [
  ...['body~"refused"', 'body~kettles', 'kettles', 'insufficient', 'response.body~usage_quota', 'nothinglikethis'],
  ...['body~"insufficient_funds"', 'header~openai', 'request.body~max_tokens', 'harbour -model:gpt'],
];

/** Scrolls for three seconds as a hand does, and tells how long each frame took. */
const scroll = `new Promise((resolve) => {
  const scroller = document.querySelector('tollgate-log').renderRoot.querySelector('tollgate-table').renderRoot.querySelector('.scroller');
  const frames = [];
  let last = performance.now();
  const begun = last;
  const step = (now) => {
    frames.push(now - last);
    last = now;
    scroller.scrollTop += 180;
    if (now - begun < 3000) requestAnimationFrame(step);
    else resolve(frames.slice(1));
  };
  requestAnimationFrame(step);
})`;

if (!existsSync(path.join(folder, 'tollgate.db'))) {
  const database = openDatabase(folder, Date.now(), ({ message }) => console.error(message));
  // What a power cut would do to made-up calls is of no interest.
  database.exec('PRAGMA synchronous = OFF');
  const begun = performance.now();
  fillStore(database, rows, Date.now());
  database.close();
  print('filling', `${((performance.now() - begun) / 1000).toFixed(0)} s for ${rows} calls`);
}

const child = forkHere('./logGateway.ts', [folder]);
const { url } = await nextMessage<{ url: string }>(child);
const call = async <Result>(method: string, ...parameters: readonly unknown[]): Promise<Result> => {
  const answer = await fetch(`${url}/_tollgate/api/${method}`, {
    method: 'POST',
    headers: { authorization: 'Bearer bench' },
    body: JSON.stringify(parameters),
  });
  return (await answer.json()) as Result;
};
const log = {
  exchanges: (query: ExchangeQuery) => call<ExchangePage>('exchanges', query),
  groups: (query: GroupQuery) => call<readonly LogGroup[]>('groups', query),
  exchange: (id: ExchangeId) => call<Exchange | null>('exchange', id),
  body: () => Promise.resolve<BodyContent | null>(null),
  sessions: () => Promise.resolve([]),
  replay: () => Promise.reject<ExchangeId>(new Error('Nothing is sent here.')),
};

try {
  if (options.panel !== true) await measureQueries();
  await measurePanel();
  print('memory of the gateway', `${memoryOf(child.pid ?? 0)} MB`);
} finally {
  child.kill();
  if (options.keep === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function measureQueries(): Promise<void> {
  await measureFilters('filters', filters);
  await measureFilters('full text', searches);
  for (const by of ['duration', 'cost', 'api'] as const)
    await timed(`sort by ${by}`, () =>
      log.exchanges({ filter: '', limit: 100, sort: { by, descending: true }, total: false }),
    );
  for (const by of ['api', 'line', 'cause'] as const)
    await timed(`group by ${by}`, () => log.groups({ filter: '', by }));
}

async function measureFilters(what: string, list: readonly string[]): Promise<void> {
  const times: { readonly filter: string; readonly time: number }[] = [];
  const works: number[] = [];
  for (let round = 0; round < 5; round++)
    for (const filter of list) {
      const begun = performance.now();
      const before = workOf(child.pid ?? 0);
      await log.exchanges({ filter, limit: 100 });
      works.push(workOf(child.pid ?? 0) - before);
      times.push({ filter, time: performance.now() - begun });
    }
  works.sort((one, other) => one - other);
  const workAt = (share: number): string => (works[Math.floor(works.length * share)] ?? 0).toFixed(0);
  times.sort((one, other) => one.time - other.time);
  const at = (share: number): string =>
    (times[Math.min(times.length - 1, Math.floor(times.length * share))]?.time ?? 0).toFixed(0);
  const worst = times.at(-1);
  print(
    what,
    `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${worst?.time.toFixed(0) ?? ''} ms (${worst?.filter ?? ''}); of that work p50 ${workAt(0.5)} ms, p95 ${workAt(0.95)} ms`,
  );
}

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const begun = performance.now();
  await work();
  print(what, `${(performance.now() - begun).toFixed(0)} ms`);
}

async function measurePanel(): Promise<void> {
  const host = await startPanelHost();
  try {
    // The browser's own start is not the panel's.
    await (await host.open(log as never)).page.close();
    const { page } = await host.open(log as never);
    await page.locator('tollgate-table .row').nth(5).waitFor();
    const opened: number[] = [];
    // In the same tab: what the browser does for a new one is not the panel's.
    for (let time = 0; time < 9; time++) {
      await page.reload();
      await page.locator('tollgate-table .row').nth(5).waitFor();
      opened.push(
        await page.evaluate<number>(
          'performance.getEntriesByType("mark").find(({ name }) => name === "tollgate-rows")?.startTime ?? -1',
        ),
      );
    }
    opened.sort((one, other) => one - other);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const work = async (): Promise<number> => {
      const { metrics } = await session.send('Performance.getMetrics');
      return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
    };
    print(
      'the panel opens',
      `p50 ${opened[4]?.toFixed(0) ?? ''} ms from navigation to the first rows, ${opened[0]?.toFixed(0) ?? ''} to ${opened[8]?.toFixed(0) ?? ''} ms`,
    );
    const before = await work();
    const frames = await page.evaluate<readonly number[]>(scroll);
    const sorted = [...frames].sort((one, other) => one - other);
    const at = (share: number): string => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
    const late = frames.filter((frame) => frame > 25).length;
    const perFrame = ((await work()) - before) / Math.max(1, frames.length);
    print(
      'scrolling',
      `${frames.length} frames: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, ${late} later than 25 ms; ${perFrame.toFixed(1)} ms of work in the page for each`,
    );
    await page.evaluate(
      'document.querySelector("tollgate-log").renderRoot.querySelector("tollgate-table").renderRoot.querySelector(".scroller").scrollTop = 11000000',
    );
    await until(async () => (await page.locator('tollgate-table .row .number').count()) > 10);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize, totalSize } = await session.send('Runtime.getHeapUsage');
    print('memory of the page', `${mega(usedSize)} MB of JavaScript in a heap of ${mega(totalSize)} MB`);
  } finally {
    await host.close();
  }
}

function mega(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}

/** Milliseconds that a process has computed so far, to 10; 0 where that is not told. */
function workOf(pid: number): number {
  if (process.platform !== 'linux') return 0;
  const fields =
    readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
      .split(') ')[1]
      ?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function memoryOf(pid: number): string {
  if (process.platform !== 'linux') return 'unknown (only told on Linux)';
  const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
  return (Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024).toFixed(0);
}

function print(what: string, result: string): void {
  console.log(`${what.padEnd(24)} ${result}`);
}
