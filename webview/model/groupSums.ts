import type { LogGroup } from '../../src/shared/protocol.ts';

/** Groups that are shown: more of them nobody reads. */
const most = 500;

/** Adds the groups of a piece of the log to those of newer pieces. */
export function addGroups(sums: Map<string, LogGroup>, piece: readonly LogGroup[]): void {
  for (const group of piece) {
    const before = sums.get(group.term);
    sums.set(group.term, before === undefined ? group : sum(before, group));
  }
}

/** Those with most calls first. */
export function biggest(sums: ReadonlyMap<string, LogGroup>): readonly LogGroup[] {
  return [...sums.values()].sort((one, other) => other.calls - one.calls || other.newest - one.newest).slice(0, most);
}

function sum(newer: LogGroup, older: LogGroup): LogGroup {
  const { costUsd, duration } = newer;
  return {
    ...newer,
    calls: newer.calls + older.calls,
    findings: newer.findings + older.findings,
    tokens: newer.tokens + older.tokens,
    costUsd: costUsd === null ? older.costUsd : costUsd + (older.costUsd ?? 0),
    // Calls that have not ended yet are too few to matter.
    duration:
      duration === null || older.duration === null
        ? (duration ?? older.duration)
        : (duration * newer.calls + older.duration * older.calls) / (newer.calls + older.calls),
    newestAt: Math.max(newer.newestAt, older.newestAt),
  };
}
