import type { Sample } from './series.ts';

/** Milliseconds that the present pace is taken from. */
const lately = 3_600_000;
/** Milliseconds over which a burst is spread at least: most are over before they matter. */
const shortest = 900_000;

/** How much has gone per millisecond in the last hour, pauses included; 0 where nothing has. `now` as `Sample.at`. */
export function dropPerMillisecond(samples: readonly Sample[], now: number): number {
  const [first] = samples;
  const last = samples.at(-1);
  if (first === undefined || last === undefined) return 0;
  const from = Math.max(first.at, now - lately);
  const drop = valueAt(samples, from) - last.remaining;
  return Math.max(0, drop) / Math.max(now - from, shortest);
}

/** What was left at a moment, evenly between the samples around it. */
function valueAt(samples: readonly Sample[], moment: number): number {
  const next = samples.findIndex(({ at }) => at >= moment);
  const after = samples[next] ?? samples.at(-1);
  const before = samples[next - 1];
  if (after === undefined) return 0;
  if (before === undefined || next === -1 || after.at === before.at) return after.remaining;
  const share = (moment - before.at) / (after.at - before.at);
  return before.remaining + (after.remaining - before.remaining) * share;
}
