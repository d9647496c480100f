import { uuid, type Refusals } from './answer.ts';

/** https://docs.mistral.ai/api. Older errors are flat: `message` and `request_id` alone. */
export const mistral: Refusals = {
  token_expired_or_invalid: (scene) => ({
    status: 401,
    body: { message: 'Unauthorized: the API key is invalid', request_id: scene.id },
    headers: { 'mistral-correlation-id': uuid(scene) },
  }),
  rate_limit: (scene) => ({
    status: 429,
    body: {
      object: 'error',
      message: 'Rate limit exceeded: requests per second',
      type: 'rate_limited',
      param: null,
      code: '1300',
    },
    headers: { 'x-ratelimit-limit-req-minute': '60', 'mistral-correlation-id': uuid(scene), 'Retry-After': '2' },
  }),
  usage_quota_exceeded: (scene) => ({
    status: 429,
    body: {
      object: 'error',
      message: 'Monthly token quota exceeded for this workspace',
      type: 'service_tier_capacity_exceeded',
      param: null,
      code: '3505',
    },
    headers: { 'mistral-correlation-id': uuid(scene) },
  }),
};
