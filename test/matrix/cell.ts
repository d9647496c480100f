import type { Recorded } from '../hooks/recordingGateway.ts';

/** What a call's line was told as. */
export type Cell = 'exact' | 'near' | 'none' | 'not made' | 'WRONG';

/** Compares the line that was found with the one that made the call. */
export function judge({ site }: Recorded, file: string, line: number): Cell {
  if (site === null) return 'none';
  if (site.certainty !== 'exact') return 'near';
  return site.file === file && site.line === line ? 'exact' : 'WRONG';
}

/** Notes what was told of a call; of several, what is not exact. */
export function keepWorst(found: Map<string, Cell>, mark: string, cell: Cell): void {
  if (found.get(mark) === undefined || (cell !== 'exact' && found.get(mark) !== 'WRONG')) found.set(mark, cell);
}
