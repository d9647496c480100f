import type { Refusals } from './answer.ts';

/** https://docs.tavily.com: statuses of its own for plan and pay-as-you-go. */
export const tavily: Refusals = {
  usage_quota_exceeded: () => ({
    status: 432,
    body: {
      detail: {
        error: "This request exceeds your plan's set usage limit. Please upgrade your plan or contact support.",
      },
    },
  }),
  spend_limit_or_budget_reached: () => ({
    status: 433,
    body: { detail: { error: 'This request exceeds the pay-as-you-go limit. Increase it on the dashboard.' } },
  }),
  token_expired_or_invalid: () => ({
    status: 401,
    body: { detail: { error: 'Unauthorized: missing or invalid API key.' } },
  }),
};
