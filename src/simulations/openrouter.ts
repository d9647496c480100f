import { later, type Answer, type Refusals, type Scene } from './answer.ts';

/** https://openrouter.ai/docs/api_reference/errors-and-debugging: `limit_source` says what ran out. */
export const openrouter: Refusals = {
  insufficient_funds: (scene) => {
    const affordable = Math.max(1, Math.floor(scene.tokens * 0.11));
    const message = `This request requires more credits, or fewer max_tokens. You requested up to ${scene.tokens} tokens, but can only afford ${affordable}. To increase, visit https://openrouter.ai/settings/credits and add more credits`;
    return refusal(scene, 402, message, { error_type: 'payment_required', limit_source: 'openrouter_credits' });
  },
  spend_limit_or_budget_reached: (scene) =>
    refusal(scene, 402, 'Key limit exceeded. Raise the limit of this key at https://openrouter.ai/settings/keys', {
      error_type: 'payment_required',
      limit_source: 'openrouter_key_limit',
    }),
  rate_limit: (scene) =>
    refusal(
      scene,
      429,
      'Rate limit exceeded: 20 requests per minute for free models.',
      { error_type: 'rate_limit_exceeded' },
      {
        'Retry-After': '9',
        'X-RateLimit-Limit': '20',
        'X-RateLimit-Remaining': '0',
        'X-RateLimit-Reset': String(scene.now + 9000),
      },
    ),
  usage_quota_exceeded: (scene) =>
    refusal(
      scene,
      429,
      'Rate limit exceeded: free-models-per-day. Add 10 credits to unlock 1000 free model requests per day',
      { error_type: 'rate_limit_exceeded' },
      {
        'X-RateLimit-Limit': '50',
        'X-RateLimit-Remaining': '0',
        'X-RateLimit-Reset': String(Date.parse(later(scene, 6 * 3600))),
      },
    ),
  token_expired_or_invalid: (scene) => refusal(scene, 401, 'No auth credentials found: the API key is invalid.', {}),
  payment_service_outage: (scene) =>
    refusal(scene, 503, 'Could not verify your credit balance just now. Please try again.', {
      error_type: 'provider_unavailable',
    }),
  region_or_policy: (scene) =>
    refusal(scene, 403, 'This model is not available in your region.', { error_type: 'permission_denied' }),
};

function refusal(
  { id }: Scene,
  status: number,
  message: string,
  metadata: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    body: { error: { code: status, message, metadata }, user_id: `user_${id.slice(0, 24)}` },
    headers: { ...headers, 'CF-RAY': `${id.slice(0, 16)}-FRA` },
  };
}
