import type { Failure } from '../../shared/exchange.ts';
import { plain, text } from '../../shared/text.ts';
import type { RawHeaders } from '../engine.ts';
import { errorBody } from './dialectError.ts';
import type { Operation } from './operations.ts';

const types: Readonly<Record<string, string>> = {
  budget_exceeded: 'budget_exceeded',
  unauthorized: 'authentication_error',
  credential_unavailable: 'authentication_error',
  throttled: 'rate_limit_error',
  not_found: 'not_found_error',
};

/**
 * What no repetition mends, so that SDKs do not try (both OpenAI's and Anthropic's read the field). Refusals of access
 * say it themselves.
 */
const lasting = new Set([
  'unauthorized',
  'credential_unavailable',
  'not_found',
  'bad_request',
  'api_stopped',
  'guardrail_blocked',
  'unknown_path',
  'unknown_version',
  'method_not_allowed',
  'api_retired',
]);

/** Puts a failure that this gateway answers itself into the caller's dialect; what it says beyond stays beside it. */
export function sayFailure(
  operation: Operation,
): (status: number, body: Buffer) => { readonly headers: RawHeaders; readonly body: Buffer } {
  return (status, body) => {
    const { error = {}, ...beside } = JSON.parse(body.toString('utf8')) as {
      readonly error?: Readonly<Record<string, unknown>>;
    };
    const { code, message, hint, ...members } = error;
    const known = typeof code === 'string' ? code : 'internal_error';
    const said = errorBody(
      {
        status,
        message: [message, hint].filter((one) => typeof one === 'string').join(' '),
        type: types[known] ?? null,
        code: known,
        more: { tollgate: { code: known, hint, ...detail(members), ...detail(beside) } },
      },
      operation,
    );
    const bytes = Buffer.from(`${JSON.stringify(said)}\n`);
    const headers = ['Content-Type', 'application/json', 'Content-Length', String(bytes.byteLength)];
    return { headers: lasting.has(known) ? [...headers, 'x-should-retry', 'false'] : headers, body: bytes };
  };
}

/** Problem details repeat what the error has. */
function detail(beside: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const repeated = new Set(['type', 'title', 'status', 'detail', 'code', 'hint']);
  return Object.fromEntries(Object.entries(beside).filter(([name]) => !repeated.has(name)));
}

/** A body that is no JSON, or a defect of ours. */
export function gatewayError(error: unknown): Failure {
  if (error instanceof SyntaxError)
    return {
      code: 'bad_request',
      message: plain(text('The body is not valid JSON: {0}', error.message)),
      hint: plain(text('Send a JSON object.')),
    };
  return {
    code: 'internal_error',
    message: plain(text('The gateway failed at this request: {0}', error instanceof Error ? error.message : '')),
    hint: plain(text('This is a defect of Tollgate; please report it.')),
  };
}
