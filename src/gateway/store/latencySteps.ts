/** Steps by which a duration doubles: neighbours differ by 9 %, so that the middle of one is within 5 %. */
const perDoubling = 8;

/** The step of a duration in milliseconds; -1 where there is none. Everything up to a millisecond is step 0. */
export function latencyStep(milliseconds: number | null): number {
  return milliseconds === null ? -1 : Math.floor(Math.log2(Math.max(1, milliseconds)) * perDoubling);
}

/** The duration below which that share (from 0 to 1) of the counted calls are; null where there are none. */
export function percentile(counts: ReadonlyMap<number, number>, share: number): number | null {
  const steps = [...counts].filter(([step, count]) => step >= 0 && count > 0).sort(([a], [b]) => a - b);
  const total = steps.reduce((sum, [, count]) => sum + count, 0);
  let below = 0;
  for (const [step, count] of steps) {
    below += count;
    if (below >= total * share) return 2 ** ((step + 0.5) / perDoubling);
  }
  return null;
}
