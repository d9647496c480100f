import type { Refusals } from './answer.ts';

/** https://docs.x.ai/docs/key-information/debugging. A flat pair of `code` and `error`, both sentences. */
export const xai: Refusals = {
  insufficient_funds: () => ({
    status: 403,
    body: {
      code: 'The caller does not have permission to execute the specified operation',
      error: 'Your team has run out of credits or reached its monthly spending limit. Add credits to continue.',
    },
  }),
  token_expired_or_invalid: () => ({
    status: 400,
    body: {
      code: 'Client specified an invalid argument',
      error: 'Incorrect API key provided: xa***00. You can obtain an API key from the console.',
    },
  }),
  rate_limit: ({ model }) => ({
    status: 429,
    body: {
      code: 'Some resource has been exhausted',
      error: `Too many requests for ${model}: 60 requests per minute. Please slow down.`,
    },
  }),
};
