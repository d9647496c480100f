import { headerValue } from '../../shared/exchange.ts';
import { plain, text } from '../../shared/text.ts';
import { answerJson, type AiRequest } from './aiDesk.ts';
import { errorBody, readRefusal, speaksAnthropic, statusFor, type AiError } from './dialectError.ts';
import { sayFailure } from './gatewayError.ts';
import type { Heard } from './modelFetch.ts';

/** A stream that broke says so, and ends in a way that no client takes for its end. */
export function breakOff({ reply, operation, target }: AiRequest, error: unknown): void {
  const why = error instanceof Error ? error.message : '';
  const message = plain(text('The answer of {0} broke off: {1}', target.api.title, why));
  const said = errorBody({ status: 502, message, type: 'api_error', code: 'upstream_reset' }, operation);
  const name = speaksAnthropic(operation) ? 'event: error\n' : '';
  const data =
    operation === 'responses' ? { type: 'error', sequence_number: 0, code: 'upstream_reset', message } : said;
  reply.write(Buffer.from(`${operation === 'responses' ? 'event: error\n' : name}data: ${JSON.stringify(data)}\n\n`));
  setImmediate(() => reply.destroy());
}

/** What a vendor refused keeps its status and when to come back; what went wrong on the way is the gateway's failure. */
export function failCall(
  { reply, operation, target }: AiRequest,
  error: unknown,
  { refusal }: Pick<Heard, 'refusal'>,
): void {
  if (refusal === null) {
    const message = plain(
      text('The answer of {0} could not be read: {1}', target.api.title, error instanceof Error ? error.message : ''),
    );
    answerJson(
      reply,
      502,
      errorBody({ status: 502, message, type: 'api_error', code: 'upstream_protocol_error' }, operation),
    );
    return;
  }
  const told = refusal.headers.filter(([name]) =>
    /^(?:retry-after(?:-ms)?|x-should-retry|(?:x-)?ratelimit(?:-.*)?|(?:x-)?request-id|deprecation|sunset|link|allow|www-authenticate)$/i.test(
      name,
    ),
  );
  const own = headerValue(refusal.headers, 'x-tollgate-error');
  if (own !== undefined) {
    const said = sayFailure(operation)(refusal.status, Buffer.from(refusal.body));
    reply.begin(refusal.status, '', [...said.headers, ...told.flat(), 'x-tollgate-error', own]);
    reply.write(said.body);
    reply.end([]);
    return;
  }
  const status = statusFor(refusal.status, operation);
  answerJson(reply, status, errorBody({ ...readRefusal(status, refusal.body), status }, operation), told.flat());
}

/** Says that nothing was sent, since the request is wrong or asks for what the target cannot do. */
export function refuseCall({ reply, operation }: AiRequest, message: string, param: string | null): void {
  const error: AiError = { status: 400, message, type: 'invalid_request_error', code: 'unsupported_field', param };
  answerJson(reply, 400, errorBody(error, operation), ['x-should-retry', 'false']);
}
