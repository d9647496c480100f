import { table } from './table.ts';

/** What was measured of one target in one round. */
export interface Sample {
  /** Requests a second at 32 connections. */
  readonly throughput: number;
  /** Microseconds of CPU a request, all threads; null where the system does not tell. */
  readonly cpu: number | null;
  /** Microseconds of half of the answers at most, at one connection. */
  readonly latency: number;
  /** Microseconds of 99 in 100 answers at most, at one connection, and at 32. */
  readonly p99: number;
  readonly busyP99: number;
  readonly errors: number;
}

/** The middle one of an odd number of values, or between the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.floor(middle - 0.5)] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2;
}

/**
 * A table of all targets. Ratios are taken within each round and then their median, because a machine's speed drifts
 * between rounds.
 */
export function report(samples: ReadonlyMap<string, readonly Sample[]>): string {
  const rows = [['', 'requests/s', 'of direct', 'of nginx', 'of bare', 'CPU µs', 'p50 µs', 'added µs', 'p99 µs']];
  const ratio = (own: readonly Sample[], to: string): string => {
    const base = samples.get(to);
    if (base === undefined) return '-';
    return median(own.map(({ throughput }, round) => throughput / (base[round]?.throughput ?? NaN))).toFixed(2);
  };
  const direct = samples.get('direct') ?? [];
  for (const [name, own] of samples) {
    const cpu = own.flatMap((sample) => (sample.cpu === null ? [] : [sample.cpu]));
    const added = median(own.map(({ latency }, round) => latency - (direct[round]?.latency ?? NaN)));
    rows.push([
      name,
      Math.round(median(own.map(({ throughput }) => throughput))).toString(),
      ratio(own, 'direct'),
      ratio(own, 'nginx'),
      ratio(own, 'bare node:http'),
      cpu.length === 0 || name === 'direct' ? '-' : median(cpu).toFixed(1),
      Math.round(median(own.map(({ latency }) => latency))).toString(),
      name === 'direct' ? '-' : Math.round(added).toString(),
      Math.round(median(own.map(({ p99 }) => p99))).toString(),
    ]);
  }
  return table(rows);
}
