import { embeddedJson, fieldsOf, formFields, htmlText, looseFields, xmlFields, type Field } from './fields.ts';
import { jsonMessages } from './messages.ts';
import { bareCode } from './suspicious.ts';

/** What a response's body says of the call itself. */
export interface BodyReading {
  readonly json: unknown;
  readonly fields: readonly Field[];
  /** What stands outside any structure: plain text, the text of a page. */
  readonly text: string;
  readonly kind: 'empty' | 'json' | 'stream' | 'html' | 'xml' | 'text';
  /** True where the body itself reports a failure, whatever the status says. */
  readonly reportsFailure: boolean;
}

const mostScanned = 65_536;
const nothing: BodyReading = { json: undefined, fields: [], text: '', kind: 'empty', reportsFailure: false };

/** Reads a body of any form. Never throws. `successful` is true under a status that promises success. */
export function readBody(body: string | null, contentType: string, successful: boolean): BodyReading {
  const whole = body?.replace(/^\uFEFF/, '') ?? '';
  if (contentType.includes('ndjson') || contentType.includes('jsonl') || whole.includes('}\n{'))
    return readMessages(whole);
  if (contentType.includes('event-stream') || /^\s*(?:(?:data|event|id|retry): ?|:)/.test(whole.slice(0, 80)))
    return readStream(whole.slice(-mostScanned));
  const text = whole.slice(0, mostScanned).trim();
  if (text === '') return nothing;
  const first = text[0];
  if (first === '{' || first === '[') return readJson(text, successful);
  if (first === '<') {
    if (/^<\?xml|<(?:Error|ErrorResponse|Fault)\b/i.test(text.slice(0, 200)) || contentType.includes('xml'))
      return {
        ...nothing,
        fields: xmlFields(text),
        kind: 'xml',
        reportsFailure: /<(?:error|fault)/i.test(text.slice(0, 300)),
      };
    return { ...nothing, text: htmlText(text).slice(0, 4000), kind: 'html' };
  }
  return readText(text);
}

/** The rest of a message that began before the part which is looked at. */
const begun = /^[^\n\ufffd\u0080-\u009f]*/;

/** Messages one after another: what failed is told last. A log of failures tells of none of its own. */
export function readMessages(whole: string): BodyReading {
  const text = whole.length > mostScanned ? whole.slice(-mostScanned).replace(begun, '') : whole;
  const last = jsonMessages(text).at(-1);
  const json = last === undefined ? undefined : parse(last);
  if (json === undefined || !failing(json) || (isObject(json) && 'custom_id' in json))
    return { ...nothing, kind: 'stream' };
  return { json, fields: fieldsOf(json, false), text: '', kind: 'stream', reportsFailure: true };
}

function readText(text: string): BodyReading {
  const inner = embeddedJson(text);
  if (inner !== undefined) return { ...nothing, json: inner, fields: fieldsOf(inner, true), text, kind: 'text' };
  const fields = text.includes('":') ? looseFields(text) : formFields(text);
  return { ...nothing, fields, text: text.slice(0, 4000), kind: 'text', reportsFailure: bareCode.test(text) };
}

function readJson(text: string, successful: boolean): BodyReading {
  const json = parse(text);
  if (json !== undefined) {
    const reportsFailure = failing(json);
    // An ordinary answer is only payload; to walk through it would be the greater part of the work.
    const fields = reportsFailure || !successful ? fieldsOf(json, !successful || isToolResult(json)) : [];
    return { json, fields, text: '', kind: 'json', reportsFailure };
  }
  const fields = looseFields(text);
  // A bracket begins a sentence too: "[API Error: …]".
  if (fields.length === 0 && text.startsWith('[')) return { ...nothing, text: text.slice(0, 4000), kind: 'text' };
  return {
    ...nothing,
    fields,
    kind: 'json',
    reportsFailure: /"error"\s*:\s*[{"]/.test(text.slice(0, 200)),
  };
}

/** Server-sent events, of a long stream the last: the first of them that reports a failure is what counts. */
function readStream(text: string): BodyReading {
  const named = /(?:^|\n)event: ?(?:error|response\.failed)/.test(text);
  if (named || text.includes('"error"') || text.includes('"base_resp"')) {
    for (const line of text.split('\n')) {
      if (!line.startsWith('data:') || !(named || line.includes('"error"') || line.includes('"base_resp"'))) continue;
      const json = parse(line.slice(5).trim());
      if (json !== undefined && failing(json))
        return { json, fields: fieldsOf(json, false), text: '', kind: 'stream', reportsFailure: true };
    }
  }
  return { ...nothing, kind: 'stream' };
}

function parse(text: string): unknown {
  // An exception costs more than the rest of a diagnosis, so what was cut is not even tried.
  if (!(text.startsWith('{') && text.endsWith('}')) && !(text.startsWith('[') && text.endsWith(']'))) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether a JSON document says that the call failed, by the members that vendors use for it. */
function failing(json: unknown): boolean {
  const root: unknown = Array.isArray(json) ? json.at(-1) : json;
  if (!isObject(root)) return false;
  // Rows of a list may have failed each for itself; a list that ends in an error's object is a stream (Gemini).
  if (Array.isArray(json)) return isObject(root.error) && !('id' in root);
  if (filled(root.error) || filled(root.errors) || filled(root.fault) || filled(root.Fault)) return true;
  if (root.success === false || root.ok === false || root.type === 'error') return true;
  if (root.Response === 'Error' || root.Response === 'False') return true;
  if (
    root.approved === false ||
    (root.isValid === false && filled(root.invalidReason)) ||
    root.resultCode === 'Refused' ||
    root.resultCode === 'Error'
  )
    return true;
  if (root.status === '0' && typeof root.result === 'string') return true;
  if (typeof root.errorId === 'number' && root.errorId > 0 && filled(root.errorCode)) return true;
  if (typeof root.request === 'string' && bareCode.test(root.request)) return true;
  if (typeof root.status === 'string' && refusing.test(root.status)) return true;
  // A job or a file that failed is a resource, and an answer that tells of it none that failed.
  if (
    typeof root.status === 'string' &&
    /^(?:error|fail|failed)$/.test(root.status) &&
    !('id' in root || 'object' in root)
  )
    return true;
  const transaction = root.transactionResponse;
  if (isObject(transaction) && filled(transaction.errors)) return true;
  const tencent = root.Response;
  if (isObject(tencent) && filled(tencent.Error)) return true;
  if (coded(root) || (isObject(root.header) && coded(root.header))) return true;
  const base = root.base_resp;
  if (isObject(base) && typeof base.status_code === 'number') return base.status_code !== 0;
  const result = root.result;
  if (isObject(result) && result.isError === true) return true;
  const response = root.response;
  if (isObject(response) && filled(response.error)) return true;
  if (Object.values(root).some(listOfErrors)) return true;
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

/** What a tool of the Model Context Protocol answers stands in its content, failures too. */
function isToolResult(json: unknown): boolean {
  return isObject(json) && isObject(json.result) && json.result.isError === true;
}

const refusing = /^(?:declined|Declined|refused|rejected|REQUEST_DENIED|OVER_[A-Z_]+)$/;

/** Several sendings, each with an error of its own. */
function listOfErrors(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.length <= 20 &&
    value.every(
      (item) => isObject(item) && (filled(item['error-text']) || filled(item.error_text) || filled(item.errorText)),
    )
  );
}

/** A number other than that of success beside a message, as many Asian APIs answer under 200. */
function coded(root: Readonly<Record<string, unknown>>): boolean {
  const number = root.error_code ?? root.errcode ?? root.code;
  const said = root.error_msg ?? root.errmsg ?? root.message ?? root.msg;
  return typeof number === 'number' && typeof said === 'string' && !success.has(number) && !filled(root.data);
}

const success: ReadonlySet<number> = new Set([0, 1, 20, 200, 201, 1000, 10000, 20000]);

function filled(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== false && value !== '' && value !== 0;
}

/** Narrows to an object whose members can be looked at. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
