import type { AccessFailureCode } from '../shared/access.ts';
import type { Failure, FailureCode } from '../shared/exchange.ts';
import type { RawHeaders } from './engine.ts';
import { problemType } from './problemTypes.ts';

const unauthorized = { status: 401, reason: 'Unauthorized' };
const forbidden = { status: 403, reason: 'Forbidden' };
const paymentRequired = { status: 402, reason: 'Payment Required' };
const accessStatus: Readonly<Record<AccessFailureCode, { readonly status: number; readonly reason: string }>> = {
  key_missing: unauthorized,
  key_unknown: unauthorized,
  key_revoked: unauthorized,
  key_expired: unauthorized,
  token_invalid: unauthorized,
  key_scope: forbidden,
  team_policy: forbidden,
  application_disabled: forbidden,
  not_subscribed: forbidden,
  subscription_pending: forbidden,
  subscription_rejected: forbidden,
  subscription_suspended: forbidden,
  subscription_cancelled: forbidden,
  subscription_not_begun: forbidden,
  subscription_expired: paymentRequired,
  quota_exceeded: paymentRequired,
  budget_exceeded: paymentRequired,
  rate_limited: { status: 429, reason: 'Too Many Requests' },
};

/** What the client is answered where the gateway itself cannot bring an answer. */
export const failureStatus: Readonly<Record<FailureCode, { readonly status: number; readonly reason: string }>> = {
  unknown_api: { status: 404, reason: 'Not Found' },
  unknown_path: { status: 404, reason: 'Not Found' },
  unknown_version: { status: 404, reason: 'Not Found' },
  method_not_allowed: { status: 405, reason: 'Method Not Allowed' },
  api_retired: { status: 410, reason: 'Gone' },
  not_found: { status: 404, reason: 'Not Found' },
  api_stopped: { status: 503, reason: 'Service Unavailable' },
  upstream_unreachable: { status: 502, reason: 'Bad Gateway' },
  upstream_protocol_error: { status: 502, reason: 'Bad Gateway' },
  upstream_reset: { status: 502, reason: 'Bad Gateway' },
  upstream_timeout: { status: 504, reason: 'Gateway Timeout' },
  credential_unavailable: { status: 401, reason: 'Unauthorized' },
  throttled: { status: 429, reason: 'Too Many Requests' },
  ...accessStatus,
  unauthorized: { status: 401, reason: 'Unauthorized' },
  forbidden_host: { status: 403, reason: 'Forbidden' },
  forbidden_origin: { status: 403, reason: 'Forbidden' },
  bad_request: { status: 400, reason: 'Bad Request' },
  guardrail_blocked: forbidden,
  internal_error: { status: 500, reason: 'Internal Server Error' },
};

/** The answer to send for a failure: JSON in the shape that API clients look for, and `x-tollgate-error`. */
export function failureAnswer(failure: Failure, more: Readonly<Record<string, unknown>> = {}): FailureAnswer {
  const usual = failureStatus[failure.code];
  // A quota that is used up may be answered with 429.
  const status = more.status === 429 ? 429 : usual.status;
  const reason = status === 429 ? 'Too Many Requests' : usual.reason;
  const { code, message: detail, hint } = failure;
  // What programs have to act upon themselves comes as problem details as well (RFC 9457).
  const problem = problemType(code, status);
  // As OpenAI and Anthropic have it, so that their SDKs show the sentence.
  const error = {
    error: {
      type: problem === null ? 'tollgate' : code,
      ...(problem === null ? {} : { param: null }),
      ...failure,
      ...more,
    },
  };
  const content = problem === null ? error : { ...problem, status, detail, code, hint, ...more, ...error };
  const body = Buffer.from(JSON.stringify(content) + '\n');
  const headers = [
    'Content-Type',
    problem === null ? 'application/json; charset=utf-8' : 'application/problem+json',
    'Content-Length',
    String(body.byteLength),
    'Cache-Control',
    'no-store',
    'x-tollgate-error',
    failure.code,
  ];
  // RFC 9110, 11.6.1: a 401 names how to authenticate.
  if (status === 401) headers.push('WWW-Authenticate', 'Bearer realm="tollgate"');
  return { status, reason, headers, body };
}

export interface FailureAnswer {
  readonly status: number;
  readonly reason: string;
  readonly headers: RawHeaders;
  readonly body: Buffer;
}
