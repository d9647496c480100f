import * as z from 'zod';

/** What guardrails know how to find. */
export const detectors = ['email', 'phone', 'card', 'key'] as const;
export type Detector = (typeof detectors)[number];

const guardrail = z
  .strictObject({
    detect: z
      .array(z.enum(detectors))
      .optional()
      .describe(
        'What to look for: e-mail addresses, phone numbers, payment cards (checked by Luhn), API keys. All by default.',
      ),
    patterns: z
      .record(
        z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,31}$/, 'A pattern’s name is up to 32 letters and digits.'),
        z.string().min(1),
      )
      .optional()
      .describe(
        'Regular expressions of your own, by a name that stands in for what they match, as in {"employee": "EMP-\\\\d{6}"}.',
      ),
    action: z
      .enum(['mask', 'reversible', 'block'])
      .default('mask')
      .describe(
        'mask: what is found is replaced, as by [EMAIL]. reversible: replaced by a placeholder that is put back in the answer. block: the call is refused.',
      ),
    answers: z
      .boolean()
      .default(true)
      .describe('Whether what the upstream answers is masked as well. True by default.'),
    apis: z.array(z.string().min(1)).min(1).optional().describe('APIs of this file that it is for. All by default.'),
    teams: z.array(z.string().min(1)).min(1).optional().describe('Teams whose calls it is for. All calls by default.'),
  })
  .describe('Keeps personal data and secrets from upstreams, and out of answers.');

/** What `guardrails` holds, by their names. */
export const guardrailsMember = z
  .record(z.string().regex(/^[A-Za-z0-9][\w-]{0,63}$/, 'A guardrail’s name is letters, digits, - and _.'), guardrail)
  .default({})
  .describe('What must not go out in calls, nor come back.');

export type GuardrailDeclaration = z.infer<typeof guardrailsMember>[string];
