import * as z from 'zod';
import { apiNamePattern } from './catalogueName.ts';
import { variableTypes } from './prompts.ts';

const variable = z
  .strictObject({
    type: z.enum(variableTypes).default('string').describe('What it holds. "image" takes a data: or https: URL.'),
    description: z
      .string()
      .max(2000)
      .optional()
      .describe('What it is for: shown when it is asked for, and in OpenAPI.'),
    default: z.unknown().optional().describe('Its value where a request brings none.'),
    required: z.boolean().optional().describe('False lets requests leave it out; then it is empty.'),
    enum: z
      .array(z.union([z.string(), z.number()]))
      .min(1)
      .max(200)
      .optional()
      .describe('The values to choose from.'),
    maxLength: z.int().positive().max(10_000_000).optional().describe('Characters that a string may have.'),
  })
  .describe('A variable of the prompt, written {{name}} in its text.');

const limited = (least: number, most: number, text: string): z.ZodOptional<z.ZodNumber> =>
  z.number().min(least).max(most).optional().describe(text);

const parameters = z
  .strictObject({
    temperature: limited(0, 2, 'How much chance there is in the choice of words.'),
    top_p: limited(0, 1, 'The share of likely words to choose from.'),
    max_completion_tokens: z.int().positive().optional().describe('The longest answer, reasoning included, in tokens.'),
    max_tokens: z.int().positive().optional().describe('The longest answer in tokens, as older models have it.'),
    stop: z
      .union([z.string(), z.array(z.string()).max(4)])
      .optional()
      .describe('Where to stop.'),
    seed: z.int().optional().describe('Makes answers repeatable, as far as the vendor does so.'),
    presence_penalty: limited(-2, 2, 'Above 0: new subjects rather than old ones.'),
    frequency_penalty: limited(-2, 2, 'Above 0: fewer repetitions.'),
    reasoning_effort: z
      .enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh'])
      .optional()
      .describe('How much it thinks before it answers.'),
    verbosity: z.enum(['low', 'medium', 'high']).optional().describe('How much it says.'),
    service_tier: z.string().min(1).optional(),
  })
  .describe('Parameters of the request, as in OpenAI’s chat completions.');

/** The front matter of a `*.prompt.md` file: the one source of its types, its validation and its JSON schema. */
export const promptFrontMatter = z
  .strictObject({
    name: z
      .string()
      .regex(apiNamePattern, 'A name is 1 to 64 lower-case letters, digits, dots, hyphens or underscores.')
      .refine((name) => name !== 'openapi.json', 'This name is taken.')
      .optional()
      .describe('The last segment of its URL. By default the name of the file.'),
    description: z.string().max(2000).optional().describe('What it does.'),
    publish: z.boolean().optional().describe('True serves it as POST /prompts/<name>. False by default.'),
    model: z.string().min(1).describe('The model, as provider/model, or an alias.'),
    parameters: parameters.optional(),
    variables: z
      .record(
        z.string().regex(/^[A-Za-z_][\w-]{0,63}$/, 'A variable’s name is letters, digits, hyphens and underscores.'),
        z.union([z.enum(variableTypes), variable]),
      )
      .optional()
      .describe('Its variables, by name: a type, or more than that.'),
    output: z
      .record(z.string(), z.unknown())
      .optional()
      .describe('A JSON schema. Answers are then JSON that matches it.'),
    structured: z
      .enum(['schema', 'json', 'instructions'])
      .optional()
      .describe(
        'How the model is told of "output": by the vendor’s own structured output, by its JSON mode and in words, or in words alone. "schema" by default.',
      ),
  })
  .describe('A prompt that Tollgate serves as a REST API.');

export type PromptFrontMatter = z.infer<typeof promptFrontMatter>;

/** The JSON schema of the front matter (draft 7). */
export function promptJsonSchema(): object {
  return z.toJSONSchema(promptFrontMatter, { target: 'draft-7', io: 'input', unrepresentable: 'any' });
}
