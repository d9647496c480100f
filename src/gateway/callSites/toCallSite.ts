import { statSync } from 'node:fs';
import type { CallSite } from '../../shared/callSite.ts';
import { isLibrary, type SourceMaps } from './sourceMaps.ts';
import type { SpooledNote } from './spool.ts';

/** Generated code this big, in bytes, holds libraries too; without a map nobody can tell which lines are the user's. */
const bundleSize = 200 * 1024;

/**
 * The innermost frame that is the user's own, after source maps; null where there is none. It is `exact` only where
 * nothing speaks against it: an await between line and call, a file changed since the program began, a bundle
 * without a map, or a map to sources that are gone.
 */
export function toCallSite(note: SpooledNote, maps: SourceMaps): CallSite | null {
  for (const frame of note.frames) {
    const original = maps.original(frame);
    if (original !== null && isLibrary(original.file)) continue;
    const changed = statSync(frame.file, { throwIfNoEntry: false });
    const doubtful =
      note.how === 'async' ||
      frame.awaited ||
      changed === undefined ||
      isStale(frame.file, changed.mtimeMs, note) ||
      (original === null && (changed.size > bundleSize || maps.isMapped(frame)));
    const { file, line, column } = original ?? frame;
    return { file, line, column, function: frame.function, certainty: doubtful ? 'near' : 'exact' };
  }
  return null;
}

/** Next.js in development writes and reloads its chunks while the program runs. */
function isStale(file: string, changedAt: number, note: SpooledNote): boolean {
  const since = /[\\/]\.next[\\/]/.test(file) ? note.at : note.programStartedAt;
  return changedAt > since;
}
