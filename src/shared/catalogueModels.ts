import * as z from 'zod';
import { dialects } from './models.ts';

const tokens = (text: string): z.ZodOptional<z.ZodNumber> => z.int().positive().optional().describe(text);
const price = (text: string): z.ZodNumber => z.number().min(0).max(10_000).describe(text);

const model = z
  .strictObject({
    context: tokens('Tokens that a conversation may have.'),
    output: tokens('Tokens that an answer may have.'),
    input: z
      .array(z.enum(['image', 'audio', 'pdf', 'video']))
      .optional()
      .describe('What it takes beside text.'),
    reasoning: z.boolean().optional(),
    price: z
      .strictObject({
        input: price('US dollars for a million tokens of input.'),
        output: price('US dollars for a million tokens of output.'),
        cacheRead: price('US dollars for a million tokens read from a cache.').optional(),
        cacheWrite: price('US dollars for a million tokens written to a cache.').optional(),
      })
      .optional()
      .describe('In US dollars for a million tokens. Counts before every price list.'),
  })
  .describe('What is known of a model.');

/** What `ai` of an API holds. */
export const aiMember = z
  .strictObject({
    dialect: z.enum(dialects).optional().describe('How its models are spoken to, where Tollgate cannot know.'),
    path: z
      .string()
      .regex(/^(?:\/.*[^/])?$/, 'A path begins with a slash and does not end with one.')
      .optional()
      .describe('What stands before "/chat/completions", "/messages" and the like, as in "/v1".'),
    strict: z
      .boolean()
      .optional()
      .describe('Refuse requests with fields that the model’s vendor cannot honour, in place of leaving those out.'),
    models: z.record(z.string().min(1), model).optional().describe('Models, or what is otherwise with them.'),
  })
  .describe('How to use this API from the common formats under /v1.');
