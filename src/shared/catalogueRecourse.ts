import * as z from 'zod';
import { causes } from './finding.ts';

const on = z
  .array(z.enum(causes))
  .min(1)
  .optional()
  .describe(
    'The causes at which this entry is tried. By default those that waiting does not mend: out of money, quota, budget, subscription, token, plan, suspended.',
  );

/** What `retryAfter` of an API holds. */
export const retryAfterMember = z
  .strictObject({
    queue: z
      .boolean()
      .default(true)
      .describe('Whether calls wait in the gateway, in order, until the time that a refusal names. True by default.'),
    maxWait: z
      .number()
      .positive()
      .max(3600)
      .default(60)
      .describe(
        'Seconds that a call may wait in all. A refusal that asks for more is passed on at once. 60 by default.',
      ),
    maxQueued: z
      .int()
      .min(1)
      .max(10_000)
      .default(100)
      .describe('Calls that may wait at a time; further ones are answered 429. 100 by default.'),
  })
  .describe(
    'Honours "Retry-After" and its kin: a call refused for now is sent again when the vendor says, and the calls after it wait as well.',
  );

const otherCredential = z
  .strictObject({
    credential: z.string().min(1).describe('The name of a credential under "credentials", for the same upstream.'),
    on,
  })
  .describe('The same API with another credential.');

const otherApi = z
  .strictObject({
    api: z.string().min(1).describe('The name of another API in this file that speaks the same dialect.'),
    model: z.string().min(1).optional().describe('The model to ask for there, in place of the one in the request.'),
    path: z
      .string()
      .regex(/^(?:\/.*[^/])?$/, 'A path begins with a slash and does not end with one.')
      .optional()
      .describe('What stands before "/chat/completions" and the like there, as in "/v1", where Tollgate cannot know.'),
    on,
  })
  .describe('Another API.');

/** What `fallback` of an API holds. */
export const fallbackMember = z
  .array(z.union([otherCredential, otherApi]))
  .min(1)
  .max(8)
  .describe(
    'What to try, in this order, when the answer means out of money, quota, subscription or token, before the program hears of it. Request bodies of up to 4 MB are held for it. Only for calls that carry Tollgate’s own key.',
  );

export type FallbackDeclaration = z.infer<typeof fallbackMember>[number];
