import type { HeaderList } from '../shared/exchange.ts';
import type { RawHeaders } from './engine.ts';

/** Fields that concern one connection only (RFC 9110, 7.6.1), and those that ask something of the next hop. */
const hopByHop: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authorization',
  'te',
  'transfer-encoding',
  'upgrade',
]);

/** Most names are none of those above, nor `Host` or `Expect`, by their length already. */
const specialLengths: ReadonlySet<number> = new Set([...hopByHop, 'host', 'expect'].map(({ length }) => length));

/** Names that a `Connection` field cannot make hop-by-hop: without them the message would be another. */
const endToEnd: ReadonlySet<string> = new Set(['content-length', 'content-type', 'content-encoding', 'host']);

/** Pairs from names and values by turns. */
export function toHeaderList(raw: RawHeaders): HeaderList {
  const list: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) list.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return list;
}

/** Strings from bytes as they came; header fields are ISO 8859-1 where they are not ASCII. */
export function fromBytes(raw: readonly Uint8Array[]): RawHeaders {
  return raw.map((bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'));
}

/**
 * What goes upstream: without the fields of the client's connection, `Host` (the upstream has its own) and `Expect`
 * (answered here). `TE: trailers` stays, as trailers are passed on.
 */
export function requestHeaders(headers: HeaderList): string[] {
  const named = namedByConnection(headers);
  const raw: string[] = [];
  for (const [name, value] of headers) {
    if (named === nothing && !specialLengths.has(name.length)) {
      raw.push(name, value);
      continue;
    }
    const lower = name.toLowerCase();
    if (lower === 'host' || lower === 'expect' || named.has(lower)) continue;
    if (hopByHop.has(lower) && !(lower === 'te' && value.trim().toLowerCase() === 'trailers')) continue;
    raw.push(name, value);
  }
  return raw;
}

/** What goes back to the client: without the fields of the upstream's connection. */
export function responseHeaders(raw: RawHeaders): RawHeaders {
  if (
    raw.every(
      (name, index) => index % 2 === 1 || !(specialLengths.has(name.length) && hopByHop.has(name.toLowerCase())),
    )
  )
    return raw;
  const list = toHeaderList(raw);
  const named = namedByConnection(list);
  return list.every(([name]) => !isDropped(name, named))
    ? raw
    : list.filter(([name]) => !isDropped(name, named)).flat();
}

function isDropped(name: string, named: ReadonlySet<string>): boolean {
  const lower = name.toLowerCase();
  return hopByHop.has(lower) || named.has(lower);
}

const nothing: ReadonlySet<string> = new Set();

function namedByConnection(headers: HeaderList): ReadonlySet<string> {
  let named: Set<string> | null = null;
  for (const [name, value] of headers) {
    if (name.length !== 10 || name.toLowerCase() !== 'connection') continue;
    for (const token of value.toLowerCase().split(',')) {
      const field = token.trim();
      if (field !== 'te' && !endToEnd.has(field)) (named ??= new Set()).add(field);
    }
  }
  return named ?? nothing;
}

/** Puts a field in the place of those of that name, or at the end. */
export function replaceHeader(headers: HeaderList, name: string, value: string): HeaderList {
  const wanted = name.toLowerCase();
  const at = headers.findIndex(([field]) => field.toLowerCase() === wanted);
  if (at === -1) return [...headers, [name, value]];
  return headers.flatMap((field, index): HeaderList => {
    if (index === at) return [[name, value]];
    return field[0].toLowerCase() === wanted ? [] : [field];
  });
}

/** The first value of a field of raw headers, whatever its case. */
export function valueIn(headers: RawHeaders, name: string): string | undefined {
  for (let at = 0; at + 1 < headers.length; at += 2) if (headers[at]?.toLowerCase() === name) return headers[at + 1];
  return undefined;
}

/** Raw headers without a field; `name` is in lower case. */
export function without(headers: RawHeaders, name: string): RawHeaders {
  const kept: string[] = [];
  for (let at = 0; at + 1 < headers.length; at += 2)
    if (headers[at]?.toLowerCase() !== name) kept.push(headers[at] ?? '', headers[at + 1] ?? '');
  return kept;
}
