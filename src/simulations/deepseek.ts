import { openaiError, type Refusals } from './answer.ts';

/** https://api-docs.deepseek.com/quick_start/error_codes. 401 and 402 share one `code`; `type` tells them apart. */
export const deepseek: Refusals = {
  insufficient_funds: () => openaiError(402, 'Insufficient Balance', 'unknown_error', 'invalid_request_error'),
  token_expired_or_invalid: () =>
    openaiError(
      401,
      'Authentication Fails, Your api key: ****0000 is invalid',
      'authentication_error',
      'invalid_request_error',
    ),
  rate_limit: () =>
    openaiError(429, 'Rate limit reached: too many requests in a short time.', 'rate_limit_error', null),
};
