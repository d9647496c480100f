import type { SpooledNote } from './spool.ts';

/** A request as the gateway saw it on the client's connection. */
export interface RequestOnConnection {
  /** The client's port. */
  readonly port: number;
  /** Counts requests on that connection, from 1. */
  readonly ordinal: number;
  readonly method: string;
  /** The request target as the client sent it, query included. */
  readonly path: string;
  /** When the head was read, in milliseconds since 1970. */
  readonly startedAt: number;
}

/** Notes that no request has claimed yet. */
export interface NoteIndex {
  add(note: SpooledNote): void;
  /** Removes and gives the note of this request, or null. */
  take(request: RequestOnConnection): SpooledNote | null;
}

/** A port may serve another connection soon after: notes further from the request than this belong to one before. */
const longestBefore = 30_000;
/** A head may be read by the gateway before the program gets to write its note. */
const longestAfter = 2_000;

/** Keeps at most `capacity` notes; the oldest make room. */
export function openNoteIndex(capacity = 20_000): NoteIndex {
  const byConnection = new Map<string, SpooledNote[]>();
  let size = 0;

  const dropOldest = (): void => {
    for (const [key, notes] of byConnection) {
      byConnection.delete(key);
      size -= notes.length;
      if (size < capacity) return;
    }
  };

  return {
    add: (note) => {
      if (size >= capacity) dropOldest();
      const key = keyOf(note);
      const notes = byConnection.get(key);
      if (notes === undefined) byConnection.set(key, [note]);
      else notes.push(note);
      size += 1;
    },
    take: (request) => {
      const key = keyOf(request);
      const notes = byConnection.get(key) ?? [];
      const note = nearest(notes, request);
      if (note === null) return null;
      const rest = notes.filter((other) => other !== note && other.at > note.at);
      size -= notes.length - rest.length;
      if (rest.length === 0) byConnection.delete(key);
      else byConnection.set(key, rest);
      return note;
    },
  };
}

function keyOf({ port, ordinal }: { readonly port: number; readonly ordinal: number }): string {
  return `${port}#${ordinal}`;
}

function nearest(notes: readonly SpooledNote[], request: RequestOnConnection): SpooledNote | null {
  let best: SpooledNote | null = null;
  for (const note of notes) {
    if (note.method !== request.method || note.path !== request.path) continue;
    const distance = request.startedAt - note.at;
    if (distance > longestBefore || distance < -longestAfter) continue;
    if (best === null || Math.abs(distance) < Math.abs(request.startedAt - best.at)) best = note;
  }
  return best;
}
