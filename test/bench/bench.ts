import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { ChildProcess } from 'node:child_process';
import { forkHere, nextMessage } from './forked.ts';
import { startNginx } from './nginx.ts';
import { cpuMicroseconds, residentMegabytes } from './processCost.ts';
import { report, type Sample } from './report.ts';
import type { Load, LoadResult } from './shape.ts';
import { shippedGateway } from './shippedGateway.ts';
import { startBare, startDirect, startTollgate, type Target } from './targets.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    milliseconds: { type: 'string', default: '1500' },
    exchanges: { type: 'string', default: '100000' },
  },
});
const [rounds, milliseconds, exchanges] = [values.rounds, values.milliseconds, values.exchanges].map(Number) as [
  number,
  number,
  number,
];

/** Answers until the engine has compiled what is hot. */
const warmUpAnswers = 20_000;

const directory = await mkdtemp(path.join(tmpdir(), 'tollgate-bench-'));
const generator = forkHere('loadGenerator.ts');
await nextMessage(generator);
const direct = await startDirect();
const nginx = await startNginx(direct.port, directory);
const gateway = await shippedGateway(directory);
const targets: readonly Target[] = [
  direct,
  ...(nginx === null ? [] : [nginx]),
  await startBare(direct.port),
  await startTollgate(direct.port, gateway, false),
  await startTollgate(direct.port, gateway, true),
];
console.log(`${cpus().length} cores, Node ${process.version}, ${rounds} rounds, interleaved; medians.`);
if (nginx === null) console.log('nginx is not installed, so there is no comparison with it.');

try {
  const samples = new Map<string, Sample[]>(targets.map(({ name }) => [name, []]));
  for (const target of targets) await load(generator, { ...target, connections: 32, answers: warmUpAnswers });
  process.stderr.write('warmed up\n');
  for (let round = 1; round <= rounds; round++) {
    const turn = round % targets.length;
    for (const target of [...targets.slice(turn), ...targets.slice(0, turn)]) {
      samples.get(target.name)?.push(await measure(generator, target));
    }
    process.stderr.write(`round ${round} of ${rounds}\n`);
  }
  console.log(`\n${report(samples)}\n`);
  const errors = [...samples.values()].flat().reduce((sum, sample) => sum + sample.errors, 0);
  if (errors > 0) console.log(`${errors} requests failed.`);
  await reportMemory();
} finally {
  generator.disconnect();
  for (const target of [...targets].reverse()) await target.stop();
  await rm(directory, { recursive: true, force: true });
}

async function measure(child: ChildProcess, target: Target): Promise<Sample> {
  const before = cpuMicroseconds(target.pids());
  const busy = await load(child, { ...target, connections: 32, milliseconds });
  // What was recorded is stored a moment later, and counts too.
  await new Promise((resolve) => setTimeout(resolve, 300));
  const after = cpuMicroseconds(target.pids());
  const single = await load(child, { ...target, connections: 1, milliseconds: milliseconds / 2 });
  return {
    throughput: busy.answers / busy.seconds,
    cpu: before === null || after === null ? null : (after - before) / busy.answers,
    latency: single.median,
    errors: busy.errors + single.errors,
  };
}

async function load(child: ChildProcess, { port, path: target, connections, ...end }: Load): Promise<LoadResult> {
  const limits = {
    ...(end.milliseconds === undefined ? {} : { milliseconds: end.milliseconds }),
    ...(end.answers === undefined ? {} : { answers: end.answers }),
  };
  child.send({ port, path: target, connections, ...limits } satisfies Load);
  return nextMessage<LoadResult>(child);
}

/** Memory of a gateway of its own, fresh and after many exchanges. */
async function reportMemory(): Promise<void> {
  const target = await startTollgate(direct.port, gateway, true);
  const [pid] = target.pids();
  if (pid === undefined) return;
  const fresh = residentMegabytes(pid);
  let peak = fresh ?? 0;
  const timer = setInterval(() => (peak = Math.max(peak, residentMegabytes(pid) ?? 0)), 200);
  const { answers } = await load(generator, { ...target, connections: 32, answers: exchanges });
  await idle(pid);
  clearInterval(timer);
  const settled = residentMegabytes(pid);
  if (fresh === null || settled === null) console.log('This system does not tell how much memory a process has.');
  else
    console.log(
      `Memory of the gateway: ${Math.round(fresh)} MB fresh, ${Math.round(peak)} MB at most, ${Math.round(settled)} MB after ${answers} exchanges.`,
    );
  await target.stop();
}

/** Waits until a process has nothing left to do, so that all it was given to record is stored. */
async function idle(pid: number): Promise<void> {
  for (let used = -1, tries = 0; tries < 120; tries++) {
    const now = cpuMicroseconds([pid]) ?? 0;
    if (now - used < 20_000) return;
    used = now;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
