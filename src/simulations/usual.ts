import type { Cause } from '../shared/finding.ts';
import type { Provider } from '../shared/provider.ts';
import { openaiError, type Answer, type Scene } from './answer.ts';
import { googleError } from './google.ts';

interface Usual {
  readonly status: number;
  /** The word for machines. */
  readonly code: string;
  readonly message: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What vendors in general answer, by cause. Declined cards are for processors of payments, which have files of their own. */
const usual: Readonly<Partial<Record<Cause, Usual>>> = {
  insufficient_funds: {
    status: 402,
    code: 'insufficient_balance',
    message: 'Insufficient balance. Please add credits to your account to continue.',
  },
  payment_method_invalid: {
    status: 402,
    code: 'payment_method_required',
    message: 'A valid payment method is required. Please add a credit card on the billing page.',
  },
  payment_method_expired: {
    status: 402,
    code: 'expired_card',
    message: 'The credit card on file has expired. Please update it on the billing page.',
  },
  subscription_expired: {
    status: 403,
    code: 'subscription_expired',
    message: 'Your subscription has expired. Please renew it to continue.',
  },
  subscription_inactive_or_missing: {
    status: 403,
    code: 'subscription_required',
    message: 'There is no active subscription for this API.',
  },
  usage_quota_exceeded: {
    status: 429,
    code: 'monthly_quota_exceeded',
    message: 'You have used up the monthly quota of your account.',
  },
  rate_limit: {
    status: 429,
    code: 'too_many_requests',
    message: 'Too many requests: the limit is 60 requests per minute. Please slow down.',
    headers: { 'Retry-After': '7', 'X-RateLimit-Limit': '60', 'X-RateLimit-Remaining': '0' },
  },
  spend_limit_or_budget_reached: {
    status: 403,
    code: 'spending_limit_reached',
    message: 'The monthly spending limit set for this account has been reached.',
  },
  token_expired_or_invalid: {
    status: 401,
    code: 'invalid_api_key',
    message: 'The API key is invalid or has expired.',
    headers: { 'WWW-Authenticate': 'Bearer error="invalid_token"' },
  },
  plan_upgrade_required: {
    status: 403,
    code: 'plan_upgrade_required',
    message: 'Your current plan does not include this feature. Please upgrade your plan.',
  },
  payment_service_outage: {
    status: 503,
    code: 'billing_service_unavailable',
    message: 'The billing service is temporarily unavailable. Please try again later.',
    headers: { 'Retry-After': '30' },
  },
  configuration_error: {
    status: 400,
    code: 'wrong_endpoint',
    message: 'Wrong endpoint for this account. Please use the base URL of your region.',
  },
  account_suspended: {
    status: 403,
    code: 'account_suspended',
    message: 'Your account has been suspended. Please contact support.',
  },
  region_or_policy: {
    status: 403,
    code: 'unsupported_country',
    message: 'This service is not available in your country.',
  },
};

/** Google's names for statuses (google.rpc.Code). */
const googleNames: Readonly<Record<number, string>> = {
  400: 'FAILED_PRECONDITION',
  401: 'UNAUTHENTICATED',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
};
/** Anthropic's types, by status: https://docs.anthropic.com/en/api/errors */
const anthropicTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  429: 'rate_limit_error',
  503: 'overloaded_error',
};

/** A vendor's likely answer where it has none of its own here: its dialect's envelope, and its own code where one is known. */
export function usualAnswer(provider: Provider | null, cause: Cause, { id }: Scene): Answer | null {
  const known = usual[cause];
  if (known === undefined) return null;
  const { message, headers = {} } = known;
  const code = ownWord(provider?.codes, cause) ?? known.code;
  const status = ownStatus(provider, cause) ?? known.status;
  switch (provider?.dialect ?? 'other') {
    case 'gemini':
      return googleError(status, googleNames[status] ?? 'PERMISSION_DENIED', message);
    case 'anthropic':
      return {
        // Its 402 is kept for an empty purse; what else there is to say about paying carries 400.
        status: status === 402 ? 400 : status,
        body: {
          type: 'error',
          error: { type: anthropicTypes[status === 402 ? 400 : status] ?? 'permission_error', message },
        },
        headers: { ...headers, 'request-id': `req_${id.slice(0, 24)}` },
      };
    case 'openai':
      return openaiError(status, message, code, code, { ...headers, 'x-request-id': `req_${id}` });
    case 'stripe':
      return { status, body: { error: { type: 'invalid_request_error', code, message } }, headers };
    case 'other':
      return { status, body: { error: { code, message }, request_id: id }, headers };
  }
}

/** The vendor's own code for a cause; words before numbers. */
function ownWord(codes: Provider['codes'], cause: Cause): string | undefined {
  const own = Object.entries(codes ?? {}).flatMap(([code, means]) => (means === cause ? [code] : []));
  return own.find((code) => /^[a-z]/i.test(code)) ?? own.find((code) => /^\d/.test(code));
}

function ownStatus(provider: Provider | null, cause: Cause): number | undefined {
  const own = Object.entries(provider?.statuses ?? {}).find(([, means]) => means === cause);
  return own === undefined ? undefined : Number(own[0]);
}
