import { headerValue } from '../shared/exchange.ts';
import type { Subject } from '../shared/subject.ts';

const longestPlainAnswer = 16_384;
/** Every body that `readBody` can take for a report of failure has one of these; few others have. */
const marks = [
  '"error',
  '"fault"',
  '"Fault"',
  '"base_resp"',
  '"isError"',
  '"Information"',
  '"Note"',
  '"Error Message"',
  '"code"',
  '"Code"',
  '"ErrorCode"',
  '"errcode"',
  '"errorCode"',
  '"Error":',
  '"resultCode"',
  '<Error',
  '<error',
  '<Fault',
  '<title>Account Suspended',
];
const said =
  /"(?:[Ss]uccess|ok|approved|isValid|succeeded|isSuccess)"\s*:\s*false|"type"\s*:\s*"error"|"statusdescription"\s*:\s*"[Ff]ail|"(?:[Ss]tatus|state)"\s*:\s*"(?:0"|err|fail|FAIL|ERR|[Dd]eclined|DECL|[Rr]ef|[Rr]ej|REJ|REF|REQ|OVER_)|"Response"\s*:\s*"(?:Error|False)"|"request"\s*:\s*"ERROR_/;

/** The whole of an answer is a code: what the older interfaces of captcha solvers and gateways for SMS answer. */
export const bareCode = /^ERROR_[A-Z][A-Z_]{2,40}\s*$/;

/** A short text that begins as such interfaces begin theirs, `ERR 1001`, `ERROR: no credits`, or says it in a sentence. */
export const shortFailure =
  /^(?:(?:ERR|ERROR|FAILED?)\b[ :=_-]{1,3}[^\n{<]{1,160}\s*$|You (?:are not subscribed|have (?:exceeded|reached|used up|run out of) your)\b|Your (?:account|subscription|trial|plan|licen[sc]e|quota|api key)\b[^\n.]{0,40}\b(?:has|is|was)\b[^\n.]{0,20}\b(?:expired|suspended|exceeded|exhausted|inactive|disabled|ended)\b|(?:Insufficient|Not enough) (?:\w+ )?(?:credits?|balance|funds)\b)/i;

/** A quick look that lets ordinary traffic pass before anything is parsed. */
export function suspicious({ response }: Subject): boolean {
  const { status, body } = response;
  if (status === null || status >= 400) return true;
  if (status >= 300 || status < 200) return status === 101 && body !== null && /"(?:error|code")/i.test(body);
  const grpc = headerValue(response.trailers, 'grpc-status') ?? headerValue(response.headers, 'grpc-status');
  if (grpc !== undefined && grpc !== '0') return true;
  if (body === null || body.length === 0) return false;
  const start = body.charCodeAt(body.startsWith('\uFEFF') ? 1 : 0);
  const stream =
    headerValue(response.headers, 'content-type')?.includes('ndjson') === true ||
    body.includes('}\n{') ||
    headerValue(response.headers, 'content-type')?.includes('event-stream') === true ||
    body.startsWith('data:') ||
    body.startsWith('event:');
  if (stream) return body.includes('"error"') || body.includes('event: error') || body.includes('"base_resp"');
  if (start !== 0x7b && start !== 0x5b && start !== 0x3c && start > 0x20)
    return bareCode.test(body) || (body.length < 200 && shortFailure.test(body));
  if (body.length > longestPlainAnswer) return false;
  return marks.some((mark) => body.includes(mark)) || said.test(body);
}
