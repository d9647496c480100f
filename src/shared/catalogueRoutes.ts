import * as z from 'zod';

const seconds = (text: string): z.ZodOptional<z.ZodNumber> =>
  z.number().positive().max(86_400).optional().describe(text);

const modelName = z
  .string()
  .regex(
    /^[^/\s]+\/\S+$/,
    'A target is "provider/model", as in "openai/gpt-5": an API of this file, and a model there.',
  )
  .describe('An API of this file (or its provider) and a model there, as in "openai/gpt-5".');

const timeouts = z
  .strictObject({
    connect: seconds('Seconds to reach the upstream. By default what the API says.'),
    firstByte: seconds('Seconds until the answer begins. By default what the API says.'),
    idle: seconds('Seconds of silence within an answer. By default what the API says.'),
    total: seconds('Seconds for the whole call, all tries together. None by default.'),
  })
  .describe('How long each phase of a try may last.');

const target = z
  .strictObject({
    model: modelName,
    credentials: z
      .array(z.string().min(1))
      .min(1)
      .max(16)
      .optional()
      .describe('Names of credentials to call it with, tried in this order. By default the one that the API has.'),
    parameters: z
      .record(z.string().min(1), z.json())
      .optional()
      .describe('Members that requests get where they do not set them themselves, as in {"temperature": 0.2}.'),
    weight: z
      .number()
      .positive()
      .max(1_000_000)
      .optional()
      .describe('How many of the calls this one gets first, against the others of its list. 1 by default.'),
    timeouts: timeouts.omit({ total: true }).optional(),
  })
  .describe('A model to ask, and how.');

const oneTarget = z.union([modelName, target]);

const cache = z
  .strictObject({
    ttl: z.number().positive().max(31_536_000).describe('Seconds for which an answer is given again.'),
    maxEntryBytes: z
      .int()
      .positive()
      .max(16 * 1024 * 1024)
      .default(1024 * 1024)
      .describe('Longer answers are not kept. 1 MB by default.'),
    scope: z
      .enum(['team', 'credential'])
      .default('team')
      .describe(
        'Who shares answers: the applications of a team, or only callers that show the same key. Never two teams.',
      ),
  })
  .describe(
    'Gives the same answer to the same request again, streams as streams. "Cache-Control: no-store", "no-cache" and "max-age" of requests are honoured.',
  );

const route = z
  .strictObject({
    targets: z
      .array(z.union([modelName, target, z.array(oneTarget).min(1).max(32)]))
      .min(1)
      .max(32)
      .describe(
        'What to ask, in this order: the next one when the one before is out of money, throttled or down. Targets in a list of their own share the calls by weight.',
      ),
    title: z.string().min(1).optional().describe('What it is for, shown in the editor.'),
    retries: z
      .int()
      .min(0)
      .max(10)
      .default(1)
      .describe(
        'How often a target is asked again that is down, or refuses only for a moment, before the next. 1 by default.',
      ),
    backOff: z
      .strictObject({
        first: z.number().min(0).max(60).default(0.5).describe('Seconds before the first retry. 0.5 by default.'),
        most: z.number().min(0).max(300).default(8).describe('Seconds before a retry at most. 8 by default.'),
      })
      .optional()
      .describe('Doubles with each retry, up to the most, and varies so that calls do not come back together.'),
    maxWait: z
      .number()
      .min(0)
      .max(3600)
      .default(20)
      .describe(
        'Seconds that a call may wait in all for a time that a vendor names, where nothing else is left to ask. 20 by default.',
      ),
    timeouts: timeouts.optional(),
    breaker: z
      .strictObject({
        failures: z.int().min(1).max(1000).default(5).describe('Failures in a row that open it. 5 by default.'),
        open: z.number().positive().max(86_400).default(30).describe('Seconds until it is tried again. 30 by default.'),
      })
      .optional()
      .describe('Leaves a target with its credential out for a while after it failed again and again.'),
    cache: cache.optional(),
  })
  .describe('A model of your own name, and what it stands for.');

/** What `models` holds: aliases, by the name that requests ask for. */
export const modelsMember = z
  .record(
    z
      .string()
      .regex(
        /^[A-Za-z0-9][A-Za-z0-9._:@-]{0,127}$/,
        'A model’s name is letters, digits, and . _ : @ -, without a slash.',
      ),
    z.union([modelName, route]),
  )
  .default({})
  .describe(
    'Names for models, as in "fast": "groq/llama-3.3-70b-versatile", with what to do when one does not answer.',
  );

export type RouteDeclaration = Exclude<z.infer<typeof modelsMember>[string], string>;
export type TargetDeclaration = Exclude<RouteDeclaration['targets'][number], string | readonly unknown[]>;
