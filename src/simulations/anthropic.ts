import { later, type Answer, type Refusals, type Scene } from './answer.ts';

/** https://docs.anthropic.com/en/api/errors. An empty purse answers 400 there, and names itself only in the sentence. */
export const anthropic: Refusals = {
  insufficient_funds: (scene) =>
    refusal(
      scene,
      400,
      'invalid_request_error',
      'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.',
    ),
  rate_limit: (scene) =>
    refusal(
      scene,
      429,
      'rate_limit_error',
      "This request would exceed your organization's rate limit of 40,000 input tokens per minute.",
      {
        'retry-after': '12',
        'anthropic-ratelimit-input-tokens-limit': '40000',
        'anthropic-ratelimit-input-tokens-remaining': '0',
        'anthropic-ratelimit-input-tokens-reset': later(scene, 12),
      },
    ),
  spend_limit_or_budget_reached: (scene) =>
    refusal(
      scene,
      400,
      'invalid_request_error',
      `You have reached your specified API usage limits: the monthly spend limit of this workspace is exhausted. You will regain access on ${later(scene, 9 * 86_400).slice(0, 10)} at 00:00 UTC.`,
    ),
  token_expired_or_invalid: (scene) => refusal(scene, 401, 'authentication_error', 'invalid x-api-key'),
  subscription_expired: (scene) =>
    refusal(scene, 401, 'authentication_error', 'OAuth authentication is currently not allowed for this organization.'),
  plan_upgrade_required: (scene) =>
    refusal(scene, 429, 'rate_limit_error', 'Extra usage is required for long context requests.'),
  account_suspended: (scene) => refusal(scene, 403, 'permission_error', 'This organization has been disabled.'),
  region_or_policy: (scene) =>
    refusal(scene, 403, 'permission_error', 'Access is not supported from your country or region.'),
  payment_service_outage: (scene) =>
    refusal(scene, 503, 'api_error', 'Billing is temporarily unavailable. Please try again.'),
};

function refusal(
  { id }: Scene,
  status: number,
  type: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const requestId = `req_${id.slice(0, 24)}`;
  return {
    status,
    body: { type: 'error', error: { type, message }, request_id: requestId },
    headers: { ...headers, 'request-id': requestId, 'x-should-retry': status === 429 ? 'true' : 'false' },
  };
}
