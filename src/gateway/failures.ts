import type { Failure, FailureCode } from '../shared/exchange.ts';
import type { RawHeaders } from './engine.ts';

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
  budget_reached: { status: 402, reason: 'Payment Required' },
  unauthorized: { status: 401, reason: 'Unauthorized' },
  forbidden_host: { status: 403, reason: 'Forbidden' },
  forbidden_origin: { status: 403, reason: 'Forbidden' },
  bad_request: { status: 400, reason: 'Bad Request' },
  internal_error: { status: 500, reason: 'Internal Server Error' },
};

/** The answer to send for a failure: JSON in the shape that API clients look for, and `x-tollgate-error`. */
export function failureAnswer(failure: Failure, more: Readonly<Record<string, unknown>> = {}): FailureAnswer {
  const { status, reason } = failureStatus[failure.code];
  const { code, message: detail, hint } = failure;
  const error = { error: { type: 'tollgate', ...failure, ...more } };
  // What programs have to act upon themselves comes as problem details as well (RFC 9457).
  const problem = code === 'budget_reached';
  const content = problem
    ? { type: 'about:blank', title: reason, status, detail, code, hint, ...more, ...error }
    : error;
  const body = Buffer.from(JSON.stringify(content) + '\n');
  const headers = [
    'Content-Type',
    problem ? 'application/problem+json' : 'application/json; charset=utf-8',
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
