import path from 'node:path';
import type { CallNote, CallSite } from '../../shared/callSite.ts';
import type { CaptureHealth } from '../../shared/origin.ts';
import { openNoteIndex, type RequestOnConnection } from './noteIndex.ts';
import { openSourceMaps } from './sourceMaps.ts';
import { openSpool } from './spool.ts';
import { toCallSite } from './toCallSite.ts';

/** Who made a request. */
export interface Caller extends Pick<CallNote, 'pid' | 'parent' | 'session' | 'test'> {
  /** Null where none of the lines is the user's. */
  readonly callSite: CallSite | null;
}

/** Which programs noted calls, the last one last, and when; see `CaptureHealth`. */
export type NotesSeen = Pick<CaptureHealth, 'processes' | 'notedAt'>;

const mostSeen = 32;

/** Finds the line that made a call, from what the hooks in the calling programs noted. Runs on the recording thread. */
export interface CallNotes {
  /**
   * Who made a request, or null where no hook noted it (yet: a note is written when the head goes out, so ask once the
   * answer has begun). A note is handed out once.
   */
  take(request: RequestOnConnection): Caller | null;
  /** Runs work that asks about many requests: what programs noted is read once before it, not for each. */
  together<Result>(work: () => Result): Result;
  /** What has been noted since this was opened. */
  seen(): NotesSeen;
  dispose(): void;
}

/** Reads the notes in the folder `spool`, which is made if missing. Removes the files of programs that have ended. */
export function openCallNotes(spool: string): CallNotes {
  const index = openNoteIndex();
  const processes = new Set<number>();
  let notedAt: number | null = null;
  const files = openSpool(path.resolve(spool), (note) => {
    index.add(note);
    notedAt = Math.max(notedAt ?? 0, note.at);
    processes.delete(note.pid);
    processes.add(note.pid);
    if (processes.size > mostSeen) processes.delete([...processes][0] ?? 0);
  });
  const maps = openSourceMaps();
  let isRead = false;
  return {
    take: (request) => {
      // Read first, always: an older note of the same port, still unclaimed, must not win over one just written.
      if (!isRead) files.read();
      const note = index.take(request);
      if (note === null) return null;
      const { pid, parent, session, test } = note;
      return { pid, parent, session, test, callSite: toCallSite(note, maps) };
    },
    together: (work) => {
      files.read();
      isRead = true;
      try {
        return work();
      } finally {
        isRead = false;
      }
    },
    seen: () => {
      files.read();
      return { processes: [...processes], notedAt };
    },
    dispose: () => {
      files.close();
      maps.clear();
    },
  };
}
