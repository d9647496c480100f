import * as z from 'zod';

/** A call site from a file that somebody handed over. */
export const callSiteSchema = z.object({
  file: z.string().min(1),
  line: z.int().min(1),
  column: z.int().min(1).catch(1),
  function: z.string().nullable().catch(null),
  certainty: z.enum(['exact', 'near', 'search']).catch('near'),
});
