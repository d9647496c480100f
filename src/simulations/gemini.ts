import type { Answer, Refusals } from './answer.ts';
import { errorInfo, googleError } from './google.ts';

function quota(period: 'PerDay' | 'PerMinute', value: string, model: string, delay: string): Answer {
  const metric = 'generativelanguage.googleapis.com/generate_content_free_tier_requests';
  return googleError(
    429,
    'RESOURCE_EXHAUSTED',
    'You exceeded your current quota, please check your plan and billing details.',
    [
      {
        '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
        violations: [
          {
            quotaMetric: metric,
            quotaId: `GenerateRequests${period}PerProjectPerModel-FreeTier`,
            quotaDimensions: { location: 'global', model },
            quotaValue: value,
          },
        ],
      },
      { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: delay },
    ],
  );
}

/** https://ai.google.dev/gemini-api/docs/rate-limits. There is no Retry-After; the delay stands in RetryInfo. */
export const gemini: Refusals = {
  rate_limit: ({ model }) => quota('PerMinute', '10', model, '21s'),
  usage_quota_exceeded: ({ model }) => quota('PerDay', '250', model, '34s'),
  plan_upgrade_required: ({ model }) => quota('PerDay', '0', model, '45s'),
  insufficient_funds: () =>
    googleError(429, 'RESOURCE_EXHAUSTED', 'Not enough credits for this request.', [
      errorInfo('INSUFFICIENT_G1_CREDITS_BALANCE', 'cloudcode-pa.googleapis.com'),
    ]),
  token_expired_or_invalid: () =>
    googleError(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
      errorInfo('API_KEY_INVALID', 'generativelanguage.googleapis.com'),
    ]),
  account_suspended: () =>
    googleError(403, 'PERMISSION_DENIED', 'Verify your account to continue.', [
      errorInfo('VALIDATION_REQUIRED', 'cloudcode-pa.googleapis.com'),
    ]),
  region_or_policy: () => googleError(400, 'FAILED_PRECONDITION', 'User location is not supported for the API use.'),
  payment_method_invalid: () =>
    googleError(403, 'PERMISSION_DENIED', 'This API method requires billing to be enabled on the project.', [
      errorInfo('BILLING_DISABLED', 'generativelanguage.googleapis.com'),
    ]),
};
