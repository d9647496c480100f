import { openaiError, type Answer, type Refusals, type Scene } from './answer.ts';

/** https://platform.openai.com/docs/guides/error-codes. Its refusals over money carry 429 and no rate-limit headers. */
export const openai: Refusals = {
  insufficient_funds: (scene) =>
    refusal(
      scene,
      429,
      'You exceeded your current quota, please check your plan and billing details.',
      'insufficient_quota',
      'insufficient_quota',
    ),
  account_suspended: (scene) =>
    refusal(
      scene,
      429,
      'Your account is not active, please check your billing details on our website.',
      'billing_not_active',
      'billing_not_active',
    ),
  spend_limit_or_budget_reached: (scene) =>
    refusal(scene, 400, 'Billing hard limit has been reached.', 'invalid_request_error', 'billing_hard_limit_reached'),
  rate_limit: (scene) =>
    refusal(
      scene,
      429,
      `Rate limit reached for ${scene.model} in organization org-${scene.id.slice(0, 24)} on tokens per min (TPM): Limit 30000, Used 28750, Requested ${scene.tokens}. Please try again in 6.2s.`,
      'tokens',
      'rate_limit_exceeded',
      {
        'retry-after': '7',
        'retry-after-ms': '6200',
        'x-ratelimit-limit-tokens': '30000',
        'x-ratelimit-remaining-tokens': '1250',
        'x-ratelimit-reset-tokens': '6.2s',
      },
    ),
  usage_quota_exceeded: (scene) =>
    refusal(
      scene,
      429,
      `Rate limit reached for ${scene.model} on requests per day (RPD): Limit 200, Used 200, Requested 1. Please try again in 7h12m.`,
      'requests',
      'rate_limit_exceeded',
      { 'x-ratelimit-limit-requests': '200', 'x-ratelimit-remaining-requests': '0' },
    ),
  token_expired_or_invalid: (scene) =>
    refusal(
      scene,
      401,
      'Incorrect API key provided. You can find your API key in the account settings.',
      'invalid_request_error',
      'invalid_api_key',
    ),
  configuration_error: (scene) =>
    refusal(
      scene,
      401,
      'The organization header does not match the organization of this API key.',
      'invalid_request_error',
      'mismatched_organization',
    ),
  region_or_policy: (scene) =>
    refusal(
      scene,
      403,
      'Country, region, or territory not supported',
      'request_forbidden',
      'unsupported_country_region_territory',
    ),
};

function refusal(
  scene: Scene,
  status: number,
  message: string,
  type: string,
  code: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return openaiError(status, message, type, code, { ...headers, 'x-request-id': `req_${scene.id}` });
}
