import * as z from 'zod';

// After OpenAI's own description of its API (github.com/openai/openai-openapi): what it requires has to be there.

const usage = z.object({
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  total_tokens: z.int(),
});
const calls = z.array(
  z.object({
    id: z.string().min(1),
    type: z.literal('function'),
    function: z.object({ name: z.string().min(1), arguments: z.string() }),
  }),
);
const reason = z.enum(['stop', 'length', 'tool_calls', 'content_filter', 'function_call']);

const chat = z.object({
  id: z.string().min(1),
  object: z.literal('chat.completion'),
  created: z.int(),
  model: z.string().min(1),
  choices: z
    .array(
      z.object({
        index: z.int(),
        message: z.object({
          role: z.literal('assistant'),
          content: z.string().nullable(),
          tool_calls: calls.optional(),
        }),
        finish_reason: reason,
      }),
    )
    .min(1),
  usage,
});

const chunk = z.object({
  id: z.string().min(1),
  object: z.literal('chat.completion.chunk'),
  created: z.int(),
  model: z.string().min(1),
  choices: z.array(
    z.object({
      index: z.int(),
      delta: z.object({
        role: z.literal('assistant').optional(),
        content: z.string().nullish(),
        tool_calls: z
          .array(
            z.object({
              index: z.int(),
              id: z.string().optional(),
              type: z.literal('function').optional(),
              function: z.object({ name: z.string().optional(), arguments: z.string().optional() }).optional(),
            }),
          )
          .optional(),
      }),
      finish_reason: reason.nullable(),
    }),
  ),
  usage: usage.nullish(),
});

/** Fails where an answer is not as OpenAI describes it. */
export function checkChat(value: unknown): void {
  chat.parse(value);
}

/** Fails where a chunk of a stream is not as OpenAI describes it. */
export function checkChunk(value: unknown): void {
  chunk.parse(value);
}
