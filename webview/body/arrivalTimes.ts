import type { Arrival } from '../../src/shared/exchange.ts';

/** When a byte came: its place among all pieces of both sides, and milliseconds since the call began. */
export interface Moment {
  readonly order: number;
  readonly at: number;
}

/** Tells when the byte at an offset of one side came; null where that is not known. */
export function arrivalTimes(arrivals: readonly Arrival[], side: Arrival[0]): (offset: number) => Moment | null {
  const ends: { readonly end: number; readonly moment: Moment }[] = [];
  let end = 0;
  arrivals.forEach(([from, bytes, at], order) => {
    if (from !== side) return;
    end += bytes;
    ends.push({ end, moment: { order, at } });
  });
  let next = 0;
  // Offsets are mostly asked for from the beginning to the end.
  return (offset) => {
    if ((ends[next - 1]?.end ?? 0) > offset) next = 0;
    while (next < ends.length && (ends[next]?.end ?? 0) <= offset) next++;
    return ends[next]?.moment ?? null;
  };
}

/** `+0.42 s` */
export function sinceBegin({ at }: Moment): string {
  return `+${(at / 1000).toFixed(2)} s`;
}
