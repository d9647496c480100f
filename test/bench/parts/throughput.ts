import { availableParallelism } from 'node:os';
import type { Bar } from '../bars.ts';
import { startNginx } from '../nginx.ts';
import { peerNames, startPeer } from '../peers/peers.ts';
import { cpuMicroseconds } from '../processCost.ts';
import { median, report, type Sample } from '../report.ts';
import { load, type Stage } from '../stage.ts';
import { startBare, startTollgate, startUndici, type Target } from '../targets.ts';

/** Requests a second, CPU and latency of all, in interleaved rounds. */
export async function throughput(stage: Stage, peers: readonly string[]): Promise<readonly Bar[]> {
  const { direct, generator } = stage;
  const started: (Target | null)[] = [
    await startNginx(direct.port, stage.directory),
    await startBare(direct.port),
    await startUndici(direct.port),
  ];
  for (const name of peerNames) {
    if (!peers.includes(name)) continue;
    const peer = await startPeer(name, direct.port);
    if (peer === null) console.log(`${name} cannot be installed here, so there is no comparison with it.`);
    started.push(peer);
  }
  for (const capture of [false, true]) started.push(await startTollgate(direct.port, stage.gateway, capture));
  const workers = Math.max(2, availableParallelism());
  const shared = await startTollgate(direct.port, stage.gateway, true, undefined, undefined, workers);
  started.push(shared);
  const own = started.filter((target) => target !== null);
  const targets = [direct, ...own];
  const samples = new Map<string, Sample[]>(targets.map(({ name }) => [name, []]));
  try {
    // Until the engines have compiled what is hot.
    for (const target of targets) await load(generator, target, { connections: 32, milliseconds: 2000 });
    for (let round = 1; round <= stage.rounds; round++) {
      const turn = round % targets.length;
      for (const target of [...targets.slice(turn), ...targets.slice(0, turn)])
        samples.get(target.name)?.push(await measure(stage, target));
      process.stderr.write(`round ${round} of ${stage.rounds}\n`);
    }
  } finally {
    for (const target of own) await target.stop();
  }
  console.log(`${report(samples)}\n`);
  const errors = [...samples.values()].flat().reduce((sum, sample) => sum + sample.errors, 0);
  if (errors > 0) console.log(`${errors} requests failed.`);
  return [...barsOf(samples), ...scaling(samples, shared.name)];
}

async function measure({ generator, milliseconds }: Stage, target: Target): Promise<Sample> {
  const before = cpuMicroseconds(target.pids());
  const busy = await load(generator, target, { connections: 32, milliseconds });
  // What was recorded is stored a moment later, and counts too.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const after = cpuMicroseconds(target.pids());
  const single = await load(generator, target, { connections: 1, milliseconds: milliseconds / 2 });
  return {
    throughput: busy.answers / busy.seconds,
    cpu: before === null || after === null ? null : (after - before) / busy.answers,
    latency: single.median,
    p99: single.p99,
    busyP99: busy.p99,
    errors: busy.errors + single.errors,
  };
}

/** The load generator and the upstream take a core each: with fewer than two to spare there is nothing to scale to. */
function scaling(samples: ReadonlyMap<string, readonly Sample[]>, shared: string): readonly Bar[] {
  if (availableParallelism() < 4) return [];
  const one = samples.get('Tollgate') ?? [];
  const ratios = (samples.get(shared) ?? []).map(
    ({ throughput }, round) => throughput / (one[round]?.throughput ?? NaN),
  );
  return [{ what: `throughput, ${shared}, of one`, value: median(ratios), unit: '×', is: 'at least', limit: 1.5 }];
}

function barsOf(samples: ReadonlyMap<string, readonly Sample[]>): readonly Bar[] {
  /** The median over the rounds of what two targets make of one. */
  const compare = (one: string, other: string, of: (one: Sample, other: Sample) => number): number | null => {
    const others = samples.get(other);
    if (others === undefined) return null;
    return median(
      (samples.get(one) ?? []).flatMap((sample, round) => {
        const base = others[round];
        return base === undefined ? [] : [of(sample, base)];
      }),
    );
  };
  const faster = (one: Sample, other: Sample): number => one.throughput / other.throughput;
  const bar = (what: string, value: number | null, unit: string, is: Bar['is'], limit: number): readonly Bar[] =>
    value === null ? [] : [{ what, value, unit, is, limit }];
  const [on, off] = ['Tollgate', 'Tollgate, capture off'];
  return [
    ...bar('throughput, recording, of nginx', compare(on, 'nginx', faster), '×', 'at least', 0.7),
    ...bar('throughput, capture off, of nginx', compare(off, 'nginx', faster), '×', 'at least', 0.9),
    ...bar(
      'added median over nginx',
      compare(on, 'nginx', (a, b) => a.latency - b.latency),
      'µs',
      'at most',
      60,
    ),
    ...bar(
      'added p99 over nginx',
      compare(on, 'nginx', (a, b) => (a.p99 - b.p99) / 1000),
      'ms',
      'at most',
      1,
    ),
    ...bar('throughput, recording, of mockttp', compare(on, 'mockttp', faster), '×', 'at least', 5),
    ...bar('throughput, recording, of mitmproxy', compare(on, 'mitmproxy', faster), '×', 'at least', 20),
    ...bar(
      'p99 at 32 connections, http-proxy of ours',
      compare('http-proxy', on, (a, b) => a.busyP99 / b.busyP99),
      '×',
      'at least',
      10,
    ),
  ];
}
