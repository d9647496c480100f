import { readFields, tokenCharacters } from './fields.ts';
import { framingOf, headFacts, none, type Framing, type HeadFacts } from './framing.ts';

/** The head of a request, read in the only way in which it can be. */
export interface RequestHead {
  readonly method: string;
  readonly target: string;
  /** The version is HTTP/1.`minor`. */
  readonly minor: 0 | 1;
  /** Names and values by turns. */
  readonly fields: readonly string[];
  readonly facts: HeadFacts;
  readonly framing: Framing;
}

/** Why a request is refused, and with which status. */
export interface Malformed {
  readonly status: 400 | 408 | 414 | 417 | 431 | 501 | 505;
  readonly why: string;
}

/** Longer heads are refused. */
export const longestHead = 64 * 1024;

const startLine = new RegExp(
  `([${tokenCharacters}]+) ([\\x21\\x22\\x24-\\x7e\\x80-\\xff]+) HTTP/(\\d)\\.(\\d)\\r\\n`,
  'y',
);
// RFC 3986, 3.2: a name or an address, and a port.
const hostValue = /^(?:[\w.~!$&'()*+,;=%-]*|\[[\da-fA-F:.]+\])(?::\d*)?$/;

/** Whether a text is what `Host` may hold. */
export function isHost(text: string): boolean {
  return hostValue.test(text);
}

/** Reads a head: the text from `start` to the end of its empty line at `end`. */
export function readRequestHead(text: string, start: number, end: number): RequestHead | Malformed {
  const first = readStart(text, start);
  if ('why' in first) return first;
  const { method, target, minor } = first;
  const fields = readFields(text, first.end, end - 2);
  if (fields === null) return bad('a line of its head is no header field');
  const facts = headFacts(fields);
  const wrong = wrongTarget(method, target, facts.hosts, minor);
  if (wrong !== null) return bad(wrong);
  const framing = framingOf(facts, minor);
  if (framing === 'unknown coding') return { status: 501, why: 'its transfer coding is not known' };
  if (framing === null) return bad('its length can be read in two ways');
  if (facts.expect !== null && minor === 1 && facts.expect.toLowerCase() !== '100-continue')
    return { status: 417, why: 'nothing but 100-continue can be expected' };
  return { method, target, minor, fields, facts, framing: framing === 'none told' ? none : framing };
}

interface Start {
  readonly method: string;
  readonly target: string;
  readonly minor: 0 | 1;
  /** Where the fields begin. */
  readonly end: number;
}

/** Reads the first line, which has come whole. */
function readStart(text: string, start: number): Start | Malformed {
  startLine.lastIndex = start;
  const first = startLine.exec(text);
  if (first === null) return bad('its first line is not "METHOD target HTTP/1.1"');
  const [, method = '', target = '', major, digit] = first;
  if (major !== '1' || (digit !== '0' && digit !== '1'))
    return { status: 505, why: 'only HTTP/1.0 and 1.1 are spoken' };
  return { method, target, minor: digit === '1' ? 1 : 0, end: startLine.lastIndex };
}

/** What contradicts what of target and `Host` (RFC 9112, 3.2); null where nothing does. */
function wrongTarget(method: string, target: string, hosts: readonly string[], minor: number): string | null {
  const [host] = hosts;
  if (hosts.length > 1) return 'it has more than one Host';
  if (host === undefined && minor === 1) return 'it has no Host';
  if (host !== undefined && !hostValue.test(host)) return 'its Host is no host';
  if (target.startsWith('/')) return method === 'CONNECT' ? 'its target is not host:port' : null;
  if (target === '*') return method === 'OPTIONS' ? null : 'its target is *';
  if (method === 'CONNECT')
    return /^(?:[\w.~-]+|\[[\da-fA-F:.]+\]):\d{1,5}$/.test(target) ? null : 'its target is not host:port';
  const authority = /^https?:\/\/([^/?]+)/i.exec(target)?.[1];
  if (authority === undefined || !hostValue.test(authority)) return 'its target is neither a path nor a URL';
  if (host !== undefined && bare(authority, target) !== bare(host, target)) return 'its target and its Host differ';
  return null;
}

/** An authority without the port that its scheme implies. */
function bare(authority: string, target: string): string {
  return authority.toLowerCase().replace(/^https/i.test(target) ? /:(?:443)?$/ : /:(?:80)?$/, '');
}

/** What is wrong with a head of which the end has not come yet; null where nothing is so far. */
export function wrongSoFar(text: string, start: number): Malformed | null {
  if (text.length - start > longestHead)
    return !text.includes('\r\n', start)
      ? { status: 414, why: 'its target is too long' }
      : { status: 431, why: 'its head is too long' };
  soFar.lastIndex = start;
  soFar.test(text);
  if (soFar.lastIndex !== text.length) return bad('its first bytes are none of HTTP/1.1');
  // Whoever speaks HTTP/0.9 says no more than this line.
  const first = text.includes('\r\n', start) ? readStart(text, start) : null;
  return first !== null && 'why' in first ? first : null;
}

// Lines of visible characters, the first one begun with a method; a line break may have come by half.
const soFar = new RegExp(
  `(?:[${tokenCharacters}]+(?: [^\\0-\\x1f\\x7f]*)?(?:\\r\\n(?:[^\\0-\\x08\\x0a-\\x1f\\x7f]+\\r\\n)*[^\\0-\\x08\\x0a-\\x1f\\x7f]*)?\\r?)?`,
  'y',
);

function bad(why: string): Malformed {
  return { status: 400, why };
}
