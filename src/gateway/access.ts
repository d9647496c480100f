import { createHmac, timingSafeEqual } from 'node:crypto';
import type { HeaderList } from '../shared/exchange.ts';

/** Who may do what with a gateway. Whoever has the token may do everything; whoever has the program key may spend. */
export interface Access {
  /** Given to programs in place of a real API key. It lets them spend stored credentials, and nothing else. */
  readonly programKey: string;
  /** Whether `Authorization: Bearer <token>` (RFC 6750, 2.1) holds the token. */
  allowsControl(headers: HeaderList): boolean;
  /**
   * Looks for the program key or the token wherever clients put an API key. `headers` and `path` come back without what
   * held it; everything else stays as it was, byte for byte.
   */
  takeKey(headers: HeaderList, path: string): TakenKey;
}

export interface TakenKey {
  readonly presented: boolean;
  readonly headers: HeaderList;
  readonly path: string;
}

const keyHeaders = new Set(['x-api-key', 'api-key', 'x-goog-api-key', 'xi-api-key', 'x-tollgate-key']);
/** Most names are none of these by their length already. */
const keyLengths = new Set([...keyHeaders, 'authorization'].map(({ length }) => length));
const keyParameters = new Set(['key', 'api_key', 'access_token']);
const programKeyPattern = /^tg-[\w-]{32}$/;

/** The rights that follow from a gateway's token. The program key is derived from it, so it outlives a restart. */
export function createAccess(token: string): Access {
  const programKey = `tg-${createHmac('sha256', token).update('tollgate program key').digest('base64url').slice(0, 32)}`;
  const isToken = matcher(token);
  const isProgramKey = matcher(programKey);
  const isKey = (value: string): boolean => isProgramKey(value) || isToken(value);
  return {
    programKey,
    allowsControl: (headers) =>
      headers.some(([name, value]) => name.toLowerCase() === 'authorization' && isToken(bearer(value) ?? '')),
    takeKey: (headers, path) => takeWhatIs(isKey, headers, path),
  };
}

/** Takes out of a request whatever `isKey` says is one, wherever clients put an API key. */
export function takeWhatIs(isKey: (value: string) => boolean, headers: HeaderList, path: string): TakenKey {
  const holds = ([name, value]: HeaderList[number]): boolean =>
    keyLengths.has(name.length) && holdsKey(name.toLowerCase(), value, isKey);
  const kept = headers.some(holds) ? headers.filter((field) => !holds(field)) : headers;
  const cleaned = withoutKey(path, isKey);
  return { presented: kept !== headers || cleaned !== path, headers: kept, path: cleaned };
}

/** Whether a value looks like some gateway's program key, which no vendor would accept. */
export function looksLikeProgramKey(value: string): boolean {
  return programKeyPattern.test(value);
}

/** Whether a key of another gateway was sent, which no vendor knows. */
export function isForeign(headers: HeaderList): boolean {
  return headers.some(([, value]) => value.includes('tg-') && looksLikeProgramKey(value.replace(/^bearer +/i, '')));
}

/** Compares in constant time, once the lengths agree, which are no secret. An empty secret matches nothing. */
function matcher(secret: string): (value: string) => boolean {
  const wanted = Buffer.from(secret);
  return (value) =>
    secret !== '' && value.length === secret.length && timingSafeEqual(sameLength(value, wanted.length), wanted);
}

/** The bytes of a text, as many as wanted: other characters than ASCII may take more of them. */
function sameLength(value: string, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  if (Buffer.byteLength(value) === length) bytes.write(value);
  return bytes;
}

function holdsKey(name: string, value: string, isKey: (value: string) => boolean): boolean {
  if (keyHeaders.has(name)) return isKey(value.trim());
  if (name !== 'authorization') return false;
  const bare = value.trim();
  return isKey(bearer(bare) ?? bare) || basic(bare).some(isKey);
}

function bearer(value: string): string | null {
  return /^bearer +(\S+)$/i.exec(value.trim())?.[1] ?? null;
}

/** User and password of a Basic credential (RFC 7617, 2), or nothing. */
function basic(value: string): readonly string[] {
  const encoded = /^basic +(\S+)$/i.exec(value)?.[1];
  if (encoded === undefined) return [];
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  return colon < 0 ? [decoded] : [decoded.slice(0, colon), decoded.slice(colon + 1)];
}

function withoutKey(path: string, isKey: (value: string) => boolean): string {
  const start = path.indexOf('?');
  if (start < 0) return path;
  const pairs = path.slice(start + 1).split('&');
  const kept = pairs.filter((pair) => {
    const equals = pair.indexOf('=');
    if (equals < 0 || !keyParameters.has(pair.slice(0, equals).toLowerCase())) return true;
    return !isKey(decoded(pair.slice(equals + 1)));
  });
  if (kept.length === pairs.length) return path;
  return kept.length === 0 ? path.slice(0, start) : `${path.slice(0, start)}?${kept.join('&')}`;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
