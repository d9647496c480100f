import * as z from 'zod';
import type { CallNote } from '../../shared/callSite.ts';

const position = z.int().positive();

const callNote: z.ZodType<CallNote> = z.object({
  pid: z.int(),
  port: position,
  ordinal: position,
  method: z.string(),
  path: z.string(),
  at: z.number(),
  parent: z.int().optional(),
  session: z.string().optional(),
  test: z.string().optional(),
  how: z.enum(['sync', 'als', 'async']),
  frames: z.array(
    z.object({
      file: z.string().min(1),
      line: position,
      column: position,
      function: z.string().nullable(),
      awaited: z.boolean(),
    }),
  ),
});

/** Reads one line of a spool file; null where it is no note, as after a program was killed in the middle of a write. */
export function parseCallNote(line: string): CallNote | null {
  if (line === '') return null;
  try {
    return callNote.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}
