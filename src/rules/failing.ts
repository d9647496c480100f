import { bareCode } from './suspicious.ts';

/** Whether a JSON document says that the call failed, by the members that vendors use for it. */
export function failing(json: unknown): boolean {
  const root: unknown = Array.isArray(json) ? json.at(-1) : json;
  if (!isObject(root)) return false;
  // Rows of a list may have failed each for itself; a list that ends in an error's object is a stream (Gemini).
  // So does a batch of JSON-RPC that failed as a whole.
  if (Array.isArray(json)) return isObject(root.error) && (!('id' in root) || json.every(refusedCall));
  return (
    filled(root.error) ||
    filled(root.errors) ||
    filled(root.fault) ||
    filled(root.Fault) ||
    denied(root) ||
    stated(root) ||
    nested(root) ||
    wrapped(root) ||
    coded(root) ||
    (isObject(root.header) && coded(root.header)) ||
    Object.values(root).some(listOfErrors) ||
    bare(root)
  );
}

/** An answer of JSON-RPC that has an error in place of a result. */
function refusedCall(row: unknown): boolean {
  return isObject(row) && row.jsonrpc === '2.0' && isObject(row.error) && !('result' in row);
}

/** The whole report in one member, as some wrap all that they answer, or beside the status that HTTP should have had. */
function wrapped(root: Members): boolean {
  if (typeof root.statusCodeValue === 'number') return root.statusCodeValue >= 400;
  const [only, ...others] = Object.values(root);
  if (!isObject(only) || others.length > 0) return false;
  const head = only.header ?? only.STATUS;
  if (!isObject(head)) return false;
  return stated(head) || (typeof head.status_code === 'number' && head.status_code >= 400);
}

/** A flag that says no. */
function denied(root: Members): boolean {
  return (
    [root.success, root.Success, root.ok, root.succeeded, root.isSuccess, root.approved].includes(false) ||
    (root.isValid === false && filled(root.invalidReason)) ||
    (typeof root.errorId === 'number' && root.errorId > 0 && filled(root.errorCode)) ||
    (typeof root.request === 'string' && bareCode.test(root.request)) ||
    (root.status === '0' && typeof root.result === 'string')
  );
}

const refusing = /^(?:declined|refused|rejected|REQUEST_DENIED|OVER_[A-Z_]+)$/i;
const failed = /^(?:error|fail|failed|failure)(?:, |$)/i;
/** A bank or a processor answers with the payment that it refused. */
const ofPayment =
  /^(?:amount|currency|card|payment_?type|payment_?method(?:_id)?|debitedfunds|transaction_?id|creditedfunds)$/i;

/** A state in words. */
function stated(root: Members): boolean {
  if (root.type === 'error' || /^fail/i.test(typeof root.statusdescription === 'string' ? root.statusdescription : ''))
    return true;
  for (const word of [root.Response, root.resultCode])
    if (word === 'Error' || word === 'False' || word === 'Refused') return true;
  for (const word of [root.status, root.Status, root.state, root.outcome]) {
    if (typeof word !== 'string') continue;
    if (refusing.test(word)) return !('id' in root) || word !== 'rejected' || payment(root);
    // A job or a file that failed is a resource, and an answer that tells of it none that failed.
    if (failed.test(word) && (!('id' in root || 'Id' in root || 'object' in root) || payment(root))) return true;
  }
  return false;
}

/** True of an object that tells of a payment: two members at least name what one has. */
function payment(root: Members): boolean {
  return Object.keys(root).filter((name) => ofPayment.test(name)).length >= 2;
}

/** Vendors that put the report a level down. */
function nested(root: Members): boolean {
  const { transactionResponse, Response, base_resp, result, response } = root;
  return (
    (isObject(transactionResponse) && filled(transactionResponse.errors)) ||
    (isObject(Response) && filled(Response.Error)) ||
    (isObject(base_resp) && typeof base_resp.status_code === 'number' && base_resp.status_code !== 0) ||
    (isObject(result) && result.isError === true) ||
    (isObject(response) && filled(response.error)) ||
    [response, result, root.response_data, root.data].some(tellsError)
  );
}

/** Code and message of an error in the place of what was asked for; a record that has failed has an id. */
function tellsError(value: unknown): boolean {
  return isObject(value) && !('id' in value) && filled(value.error_code) && typeof value.error_message === 'string';
}

/** Several sendings, each with an error of its own, or a table whose only row is one. */
function listOfErrors(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0 || value.length > 20) return false;
  const rows = value as readonly unknown[];
  return rows.every(
    (row) =>
      isObject(row) &&
      (filled(row['error-text']) ||
        filled(row.error_text) ||
        filled(row.errorText) ||
        (rows.length === 1 && filled(row.Error) && typeof row.Description === 'string')),
  );
}

/** A number other than that of success beside a message, as many Asian APIs answer under 200. */
function coded(root: Members): boolean {
  const own =
    root.error_code ??
    root.errcode ??
    root.errorCode ??
    root.ErrorCode ??
    root.responseCode ??
    root.returnCode ??
    root.retcode;
  const code = own ?? root.code ?? root.Code;
  const said =
    root.error_msg ?? root.errmsg ?? root.errorMessage ?? root.message ?? root.msg ?? root.Message ?? explained(root);
  if (typeof said !== 'string' || filled(root.data)) return false;
  if (typeof code === 'number') return !success.has(code);
  if (typeof code === 'string' && refusal.test(code)) return true;
  return typeof own === 'string' && /^\d+$/.test(own) && !success.has(Number(own));
}

/** The sentence beside a code of the answer as a whole; what else has a description is a thing. */
function explained(root: Members): unknown {
  const whole = 'responseCode' in root || 'returnCode' in root || 'retcode' in root;
  return whole ? (root.description ?? root.responseMessage ?? root.returnMessage ?? root.retmsg) : undefined;
}

/** Words of a code that no success has. */
const refusal =
  /^[A-Z]+(?:_[A-Z]+)*_?(?:EXCEED(?:ED)?|EXPIRED|INSUFFICIENT|DENIED|FORBIDDEN|UNAUTHORIZED|SUSPENDED|OVERDUE|EXHAUSTED)\b|^(?:EXCEED|INSUFFICIENT|OVERDUE)_/;

const success: ReadonlySet<number> = new Set([0, 1, 20, 200, 201, 1000, 10000, 20000]);

/** An answer that is nothing but a message where data was asked for. */
function bare(root: Members): boolean {
  const names = Object.keys(root);
  if (names.some((name) => name === 'Error Message' || name === 'error_message' || name === 'errorMessage'))
    return true;
  return (
    names.length <= 2 &&
    names.length > 0 &&
    names.every((name) => /^(?:Information|Note|code)$/.test(name) || (name === 'message' && 'code' in root)) &&
    !success.has(Number(root.code ?? NaN))
  );
}

function filled(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== false && value !== '' && value !== 0;
}

type Members = Readonly<Record<string, unknown>>;

/** Narrows to an object whose members can be looked at. */
export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
