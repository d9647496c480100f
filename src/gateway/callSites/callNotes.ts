import path from 'node:path';
import type { CallNote, CallSite } from '../../shared/callSite.ts';
import { openNoteIndex, type RequestOnConnection } from './noteIndex.ts';
import { openSourceMaps } from './sourceMaps.ts';
import { openSpool } from './spool.ts';
import { toCallSite } from './toCallSite.ts';

/** Who made a request. */
export interface Caller extends Pick<CallNote, 'pid' | 'parent' | 'session' | 'test'> {
  /** Null where none of the lines is the user's. */
  readonly callSite: CallSite | null;
}

/** Finds the line that made a call, from what the hooks in the calling programs noted. Runs on the recording thread. */
export interface CallNotes {
  /**
   * Who made a request, or null where no hook noted it (yet: a note is written when the head goes out, so ask once the
   * answer has begun). A note is handed out once.
   */
  take(request: RequestOnConnection): Caller | null;
  dispose(): void;
}

/** Reads the notes in the folder `spool`, which is made if missing. Removes the files of programs that have ended. */
export function openCallNotes(spool: string): CallNotes {
  const index = openNoteIndex();
  const files = openSpool(path.resolve(spool), (note) => index.add(note));
  const maps = openSourceMaps();
  return {
    take: (request) => {
      // Read first, always: an older note of the same port, still unclaimed, must not win over one just written.
      files.read();
      const note = index.take(request);
      if (note === null) return null;
      const { pid, parent, session, test } = note;
      return { pid, parent, session, test, callSite: toCallSite(note, maps) };
    },
    dispose: () => {
      files.close();
      maps.clear();
    },
  };
}
