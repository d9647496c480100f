import type { ChildProcess } from 'node:child_process';
import { nextMessage } from './forked.ts';
import { cpuMicroseconds, residentMegabytes } from './processCost.ts';
import type { Load, LoadResult } from './shape.ts';
import type { Target } from './targets.ts';

/** What all parts of the benchmark share. */
export interface Stage {
  readonly directory: string;
  /** The gateway's bundle. */
  readonly gateway: string;
  readonly generator: ChildProcess;
  readonly direct: Target;
  readonly rounds: number;
  readonly milliseconds: number;
  readonly exchanges: number;
}

/** Has the generator send requests to a target. */
export async function load(
  generator: ChildProcess,
  target: Pick<Target, 'port' | 'path'>,
  rest: Omit<Load, 'port' | 'path'>,
): Promise<LoadResult> {
  generator.send({ ...rest, port: target.port, path: target.path } satisfies Load);
  return nextMessage<LoadResult>(generator);
}

/** Waits until a process has nothing left to do, so that all it was given to record is stored. */
export async function idle(pid: number): Promise<void> {
  for (let used = -1, tries = 0; tries < 120; tries++) {
    const now = cpuMicroseconds([pid]) ?? 0;
    if (now - used < 20_000) return;
    used = now;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Looks at a process's memory again and again. @returns what ends that and tells the most that it was, in megabytes. */
export function watchMemory(pid: number): () => number {
  let peak = residentMegabytes(pid) ?? NaN;
  const timer = setInterval(() => (peak = Math.max(peak, residentMegabytes(pid) ?? 0)), 50);
  return () => {
    clearInterval(timer);
    return peak;
  };
}

/** The one process of a target. */
export function pidOf(target: Target): number {
  const [pid] = target.pids();
  if (pid === undefined) throw new Error(`${target.name} has no process.`);
  return pid;
}
