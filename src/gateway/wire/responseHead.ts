import { readFields } from './fields.ts';
import { framingOf, headFacts, none, type Framing } from './framing.ts';

/** The head of an answer. */
export interface ResponseHead {
  readonly status: number;
  /** The reason phrase, possibly empty. */
  readonly reason: string;
  /** Names and values by turns. */
  readonly fields: readonly string[];
  readonly framing: Framing;
  /** Whether the connection may serve another request. */
  readonly keepsAlive: boolean;
  /** Milliseconds that the upstream promises to keep an idle connection; null where it does not tell. */
  readonly idleFor: number | null;
}

/** Longer heads are refused. */
const longest = 64 * 1024;

/** Whether some bytes can become `HTTP/1.1 200`. */
const beginning = /^(?:H(?:T(?:T(?:P(?:\/(?:1(?:\.(?:[01](?: (?:\d{0,3})?)?)?)?)?)?)?)?)?)?$/;

/** A head and where it ends in the bytes; null where it is not here yet. A string says what is wrong. */
export function findResponseHead(
  bytes: Buffer,
  method: string,
): { readonly head: ResponseHead; readonly end: number } | string | null {
  const text = bytes.toString('latin1', 0, Math.min(bytes.length, longest));
  const found = text.indexOf('\r\n\r\n');
  if (found === -1) {
    if (text.length >= longest) return 'its head is too long';
    if (!beginning.test(text.slice(0, 12))) return 'it does not begin with "HTTP/1.1"';
    return /[^\r]\n/.test(text) ? 'a line of its head does not end with CR LF' : null;
  }
  const head = readResponseHead(text, found + 4, method);
  return typeof head === 'string' ? head : { head, end: found + 4 };
}

const statusLine = /HTTP\/1\.([01]) ([1-9]\d\d)(?: ([\t\x20-\x7e\x80-\xff]*))?\r\n/y;

/** Reads a head: the text from its start to the end of its empty line at `end`. A string says what is wrong. */
function readResponseHead(text: string, end: number, method: string): ResponseHead | string {
  statusLine.lastIndex = 0;
  const first = statusLine.exec(text);
  if (first === null) return 'its first line is not "HTTP/1.1 200 OK"';
  const minor = first[1] === '1' ? 1 : 0;
  const status = Number(first[2]);
  const fields = readFields(text, statusLine.lastIndex, end - 2);
  if (fields === null) return 'a line of its head is no header field';
  const { lengths, codings, connection } = headFacts(fields);
  const told = framingOf({ lengths, codings }, minor);
  if (told === 'unknown coding') return 'its transfer coding is not known';
  if (told === null) return 'its length can be read in two ways';
  const bodiless = method === 'HEAD' || status === 204 || status === 304 || status < 200;
  const framing = bodiless ? none : told === 'none told' ? untilClose : told;
  const persistent = minor === 1 ? !/(?:^|[,\s])close(?:$|[,\s])/.test(connection) : connection.includes('keep-alive');
  return {
    status,
    reason: first[3] ?? '',
    fields,
    framing,
    keepsAlive: persistent && framing !== untilClose,
    idleFor: idleTime(fields, connection),
  };
}

const untilClose: Framing = { kind: 'untilClose' };

function idleTime(fields: readonly string[], connection: string): number | null {
  if (!connection.includes('keep-alive')) return null;
  const at = fields.findIndex((field, index) => index % 2 === 0 && field.toLowerCase() === 'keep-alive');
  const seconds = at === -1 ? undefined : /(?:^|[,\s])timeout=(\d{1,6})/.exec(fields[at + 1] ?? '')?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000;
}
