import { shown, type Bar } from '../bars.ts';
import type { BodyLoad } from '../bigBody.ts';
import { forkHere, nextMessage } from '../forked.ts';
import { startNginx } from '../nginx.ts';
import { cpuMicroseconds } from '../processCost.ts';
import { median } from '../report.ts';
import { idle, pidOf, watchMemory, type Stage } from '../stage.ts';
import { table } from '../table.ts';
import { startBare, startTollgate, type Target } from '../targets.ts';

const directions = ['down', 'up'] as const;

interface Passage {
  /** Seconds until it was passed. */
  readonly seconds: number;
  /** Seconds of CPU until then, and in all. */
  readonly cpu: number;
  readonly cpuInAll: number;
}

/** How fast big bodies pass in both directions, and in how much memory, beside proxies that record nothing. */
export async function bigBodies(stage: Stage, megabytes: number): Promise<readonly Bar[]> {
  const upstream = forkHere('bigBody.ts', ['upstream']);
  const port = await nextMessage<number>(upstream);
  const client = forkHere('bigBody.ts', ['client']);
  await nextMessage(client);
  const direct: Target = { name: 'direct', port, path: '', pids: () => [], stop: () => Promise.resolve() };
  const nginx = await startNginx(port, stage.directory);
  const targets = [
    direct,
    ...(nginx === null ? [] : [{ ...nginx, path: '/a' }]),
    { ...(await startBare(port)), path: '' },
    ...[await startTollgate(port, stage.gateway, false), await startTollgate(port, stage.gateway, true)].map(
      (target) => ({ ...target, path: '/a' }),
    ),
  ];
  const bytes = megabytes * 1024 * 1024;
  const pass = async (target: Target, direction: BodyLoad['direction']): Promise<Passage> => {
    const pids = target.pids();
    const used = (): number => (cpuMicroseconds(pids) ?? NaN) / 1e6;
    const before = used();
    client.send({ port: target.port, path: target.path, direction, bytes } satisfies BodyLoad);
    const seconds = await nextMessage<number>(client);
    const cpu = used() - before;
    // What was recorded is worked off before the next one is measured.
    for (const pid of pids) await idle(pid);
    return { seconds, cpu, cpuInAll: used() - before };
  };

  const rows = [['', `${megabytes} MB`, 'MB/s', 'of direct', 'of nginx', 'CPU s', 'CPU s afterwards', 'memory MB']];
  const ratios = new Map<string, number>();
  const peaks = new Map<string, number>();
  for (const direction of directions) {
    const passages = new Map<string, Passage[]>(targets.map(({ name }) => [name, []]));
    for (let round = 0; round < Math.min(3, stage.rounds); round++)
      for (const target of targets) {
        const peakOf = target.pids().length === 0 ? () => NaN : watchMemory(target.pids().at(-1) ?? pidOf(target));
        passages.get(target.name)?.push(await pass(target, direction));
        peaks.set(target.name, Math.max(peaks.get(target.name) ?? 0, peakOf()));
      }
    const of = (name: string, base: string): number =>
      median(
        (passages.get(name) ?? []).map(({ seconds }, round) => (passages.get(base)?.[round]?.seconds ?? NaN) / seconds),
      );
    for (const { name } of targets) {
      const own = passages.get(name) ?? [];
      ratios.set(`${name} ${direction}`, of(name, 'direct'));
      rows.push([
        name,
        direction,
        shown(megabytes / median(own.map(({ seconds }) => seconds))),
        shown(of(name, 'direct')),
        shown(of(name, 'nginx')),
        name === 'direct' ? '-' : shown(median(own.map(({ cpu }) => cpu))),
        name === 'direct' ? '-' : shown(median(own.map(({ cpu, cpuInAll }) => cpuInAll - cpu))),
        shown(peaks.get(name) ?? NaN),
      ]);
    }
  }
  for (const target of targets) await target.stop();
  client.disconnect();
  upstream.disconnect();
  console.log(`${table(rows)}\n`);
  return [
    ...directions.map((direction) => ({
      what: `${megabytes} MB ${direction}, of direct`,
      value: ratios.get(`Tollgate ${direction}`) ?? NaN,
      ...({ unit: '×', is: 'at least', limit: 0.8 } as const),
    })),
    {
      what: `memory with bodies of ${megabytes} MB`,
      value: peaks.get('Tollgate') ?? NaN,
      ...({ unit: 'MB', is: 'at most', limit: 120 } as const),
    },
  ];
}
