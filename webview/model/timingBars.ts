import type { Timing } from '../../src/shared/exchange.ts';

/** A phase of a call, placed on the time it took in all. Milliseconds; shares from 0 to 1. */
export interface TimingBar {
  readonly phase: 'queue' | 'connect' | 'tls' | 'firstByte' | 'download';
  readonly start: number;
  readonly length: number;
  readonly startShare: number;
  readonly lengthShare: number;
}

const phases = ['queue', 'connect', 'tls', 'firstByte', 'download'] as const;

/** The phases one after the other, as they happened; those that did not happen are left out. */
export function timingBars(timing: Timing): readonly TimingBar[] {
  const sum = phases.reduce((total, phase) => total + (timing[phase] ?? 0), 0);
  const whole = Math.max(timing.total ?? 0, sum, Number.MIN_VALUE);
  let start = 0;
  return phases.flatMap((phase) => {
    const length = timing[phase];
    if (length === null) return [];
    const bar = { phase, start, length, startShare: start / whole, lengthShare: length / whole };
    start += length;
    return [bar];
  });
}
