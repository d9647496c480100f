import type { Answer, Refusals } from './answer.ts';

/** https://developers.google.com/maps: 200 on the wire, the refusal in `status`. */
const maps = (status: string, message: string): Answer => ({
  status: 200,
  body: { error_message: message, results: [], status },
});
export const googleMaps: Refusals = {
  usage_quota_exceeded: () => maps('OVER_DAILY_LIMIT', 'You have exceeded your daily request quota for this API.'),
  rate_limit: () => maps('OVER_QUERY_LIMIT', 'You have exceeded your rate-limit for this API.'),
  payment_method_invalid: () => maps('REQUEST_DENIED', 'You must enable Billing on the Google Cloud Project.'),
  token_expired_or_invalid: () => maps('REQUEST_DENIED', 'The provided API key is invalid.'),
};
