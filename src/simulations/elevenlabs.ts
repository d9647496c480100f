import type { Answer, Refusals } from './answer.ts';

const eleven = (status: number, code: string, message: string): Answer => ({
  status,
  body: { detail: { status: code, message } },
});
/** https://elevenlabs.io/docs/eleven-api/resources/errors: a quota that is used up answers 401. */
export const elevenlabs: Refusals = {
  usage_quota_exceeded: () =>
    eleven(
      401,
      'quota_exceeded',
      'This request exceeds your quota. You have 12 credits remaining, while 240 credits are required.',
    ),
  token_expired_or_invalid: () => eleven(401, 'invalid_api_key', 'Invalid API key'),
  account_suspended: () =>
    eleven(401, 'detected_unusual_activity', 'Unusual activity detected. Free tier usage disabled.'),
  payment_method_invalid: () =>
    eleven(401, 'payment_issue', 'Your last payment failed. Complete the open invoice to continue.'),
  rate_limit: () => eleven(429, 'too_many_concurrent_requests', 'Too many concurrent requests for your subscription.'),
  plan_upgrade_required: () =>
    eleven(403, 'free_users_not_allowed', 'Free users cannot use library voices through the API.'),
};
