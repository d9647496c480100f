import { embeddedJson, fieldsOf, formFields, htmlText, looseFields, xmlFields, type Field } from './fields.ts';
import { jsonMessages } from './messages.ts';
import { failing, isObject } from './failing.ts';
import { reportsInWords, said } from './suspicious.ts';

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
    if (/^<\?xml|<(?:Errors?|ErrorResponse|Fault)\b/i.test(text.slice(0, 200)) || contentType.includes('xml'))
      return {
        ...nothing,
        fields: xmlFields(text),
        kind: 'xml',
        reportsFailure: /<(?:error|fault)/i.test(text.slice(0, 300)),
      };
    const closed = text.includes('<title>Account Suspended');
    return { ...nothing, text: htmlText(text).slice(0, 4000), kind: 'html', reportsFailure: closed };
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
  return {
    ...nothing,
    fields,
    text: text.slice(0, 4000),
    kind: 'text',
    reportsFailure: reportsInWords(text),
  };
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
  if (text.startsWith('[') && (fields.length === 0 || !/^\[\s*[[{"]/.test(text)))
    return { ...nothing, text: text.slice(0, 4000), kind: 'text' };
  return {
    ...nothing,
    fields,
    kind: 'json',
    reportsFailure: /"error"\s*:\s*[{"]/.test(text.slice(0, 200)) || said.test(text.slice(0, 100)),
  };
}

/** Server-sent events, of a long stream the last: the first of them that reports a failure is what counts. */
function readStream(text: string): BodyReading {
  const named = /(?:^|\n)event: ?(?:error|response\.failed)/.test(text);
  const telling = (part: string): boolean =>
    part.includes('"error"') || part.includes('"base_resp"') || part.includes('"statusCodeValue"');
  if (named || telling(text)) {
    for (const line of text.split('\n')) {
      if (!line.startsWith('data:') || !(named || telling(line))) continue;
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

/** What a tool of the Model Context Protocol answers stands in its content, failures too. */
function isToolResult(json: unknown): boolean {
  return isObject(json) && isObject(json.result) && json.result.isError === true;
}
