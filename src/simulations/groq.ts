import { openaiError, type Refusals } from './answer.ts';

/** https://console.groq.com/docs/errors. One code for minutes and days; the sentence tells which. */
export const groq: Refusals = {
  rate_limit: ({ model, id, tokens }) =>
    openaiError(
      429,
      `Rate limit reached for model \`${model}\` in organization \`org_${id.slice(0, 16)}\` service tier \`on_demand\` on tokens per minute (TPM): Limit 6000, Used 5400, Requested ${tokens}. Please try again in 8.4s.`,
      'tokens',
      'rate_limit_exceeded',
      { 'retry-after': '9', 'x-ratelimit-limit-tokens': '6000', 'x-ratelimit-remaining-tokens': '600' },
    ),
  usage_quota_exceeded: ({ model, id, tokens }) =>
    openaiError(
      429,
      `Rate limit reached for model \`${model}\` in organization \`org_${id.slice(0, 16)}\` service tier \`on_demand\` on tokens per day (TPD): Limit 100000, Used 99600, Requested ${tokens}. Please try again in 4h21m.`,
      'tokens',
      'rate_limit_exceeded',
      { 'retry-after': '15660' },
    ),
  token_expired_or_invalid: () => openaiError(401, 'Invalid API Key', 'invalid_request_error', 'invalid_api_key'),
  account_suspended: () =>
    openaiError(
      400,
      'Organization has been restricted. Please reach out to support.',
      'invalid_request_error',
      'organization_restricted',
    ),
};
