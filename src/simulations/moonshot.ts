import type { Refusals } from './answer.ts';

/** https://platform.moonshot.ai/docs/api/errors. Its balance refusal carries 429 and no Retry-After. */
export const moonshot: Refusals = {
  insufficient_funds: () => ({
    status: 429,
    body: {
      error: {
        message: 'Your account is out of balance, please check your plan and billing details',
        type: 'exceeded_current_quota_error',
      },
    },
  }),
  rate_limit: () => ({
    status: 429,
    body: {
      error: {
        message: 'Your request was rejected: max RPM of 3 reached, please try again after 1 seconds',
        type: 'rate_limit_reached_error',
      },
    },
  }),
  token_expired_or_invalid: () => ({
    status: 401,
    body: { error: { message: 'Invalid Authentication', type: 'invalid_authentication_error' } },
  }),
};
