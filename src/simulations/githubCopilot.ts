import { later, type Answer, type Refusals } from './answer.ts';

const copilot = (
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  body: { error: { message, code } },
  headers,
});
/** GitHub Copilot's codes stand in `error.code`; a quota answers 402 with the snapshot of the quota in its headers. */
export const githubCopilot: Refusals = {
  usage_quota_exceeded: (scene) =>
    copilot(402, 'quota_exceeded', 'You have exceeded your premium request allowance.', {
      'x-quota-snapshot-premium_interactions': `ent=300&ov=0.0&ovPerm=false&rem=0.0&rst=${encodeURIComponent(later(scene, 9 * 86_400))}`,
    }),
  spend_limit_or_budget_reached: () =>
    copilot(402, 'overage_limit_reached', 'The budget for additional premium requests is used up.'),
  payment_method_invalid: () =>
    copilot(402, 'billing_not_configured', 'Set up billing to use additional premium requests.'),
  rate_limit: () =>
    copilot(429, 'user_model_rate_limited', 'Sorry, you have been rate-limited. Please wait a moment.', {
      'retry-after': '31',
      'x-ratelimit-exceeded': 'user_model_rate_limited',
    }),
  token_expired_or_invalid: () => ({ status: 401, body: 'IDE token expired: unauthorized: token expired\n' }),
};
