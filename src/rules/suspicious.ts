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
  '"responseCode"',
  '"returnCode"',
  '"retcode"',
  '"Error":',
  '"resultCode"',
  '<Error',
  '<error',
  '<Fault',
  '<title>Account Suspended',
];
/** Members that say no in an answer which sounds well: a flag, a state, a status of Spring's `ResponseEntity`. */
export const said =
  /"statusCodeValue"\s*:\s*[45]\d\d|"status_code"\s*:\s*40[1-3]|"outcome"\s*:\s*"(?:refused|declined|rejected)"|"(?:[Ss]uccess|ok|approved|isValid|succeeded|isSuccess)"\s*:\s*false|"type"\s*:\s*"error"|"statusdescription"\s*:\s*"[Ff]ail|"(?:[Ss]tatus|STATUS|state)"\s*:\s*"(?:0"|err|fail|FAIL|ERR|[Dd]eclined|DECL|[Rr]ef|[Rr]ej|REJ|REF|REQ|OVER_)|"Response"\s*:\s*"(?:Error|False)"|"request"\s*:\s*"ERROR_/;

/** The whole of an answer is a code: what the older interfaces of captcha solvers and gateways for SMS answer. */
export const bareCode = /^ERROR_[A-Z][A-Z_]{2,40}\s*$/;

/** A short text that begins as such interfaces begin theirs, `ERR 1001`, `ERROR: no credits`, or says it in a sentence. */
const shortFailure =
  /^(?:-?\d{2,5} ?[:|] ?(?:account|user) (?:is |has been )?(?:not active|inactive|disabled|suspended|blocked|expired)\b|(?:-?\d{2,5} ?[:|] ?)?(?:Insufficient|Not enough) (?:\w+ )?(?:credits?|balance|funds)\b|(?:ERR|ERROR|FAILED?)\b[ :=_-]{1,3}[^\n{<]{1,160}\s*$|You (?:are not subscribed|have (?:exceeded|reached|used up|run out of) your)\b|Your (?:account|subscription|trial|plan|licen[sc]e|quota|api key)\b[^\n.]{0,40}\b(?:has|is|was)\b[^\n.]{0,20}\b(?:expired|suspended|exceeded|exhausted|inactive|disabled|ended)\b)/i;

/** A heading in place of data: `Throughput Rate Exceeded - please wait`. In small letters it is somebody's note. */
const headline = /^[A-Z][A-Za-z]+(?: [A-Za-z]+){0,4} (?:[Ll]imit|[Rr]ate|[Qq]uota) (?:[Ee]xceeded|[Rr]eached)\b/;

/** Whether a plain text as a whole is the report of a failure. */
export function reportsInWords(text: string): boolean {
  return bareCode.test(text) || shortFailure.test(text) || headline.test(text);
}

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
  if (stream)
    return (
      body.includes('"error"') ||
      body.includes('event: error') ||
      body.includes('"base_resp"') ||
      /"statusCodeValue"\s*:\s*[45]/.test(body)
    );
  if (start !== 0x7b && start !== 0x5b && start !== 0x3c && start > 0x20)
    return body.length < 200 && reportsInWords(body);
  if (body.length > longestPlainAnswer) return false;
  return marks.some((mark) => body.includes(mark)) || said.test(body);
}
