import type { HeaderList } from '../../shared/exchange.ts';
import { redactionMark } from '../../shared/redacted.ts';
import { looksLikeCredential, secrecyOfHeader } from './names.ts';

/**
 * Redacts header fields by their names. Schemes and cookies' names stay, because they tell what kind of credential was
 * sent. All other values go through `redactText`. `listed` are further names, in lower case.
 */
export function redactHeaders(
  headers: HeaderList,
  listed: ReadonlySet<string>,
  redactText: (value: string) => string,
): HeaderList {
  return headers.map(([name, value]) => [name, redactValue(name, value, listed, redactText)] as const);
}

function redactValue(
  name: string,
  value: string,
  listed: ReadonlySet<string>,
  redactText: (value: string) => string,
): string {
  if (value === '') return value;
  const lower = name.toLowerCase();
  switch (lower) {
    case 'authorization':
    case 'proxy-authorization':
      return withoutCredentials(value);
    case 'cookie':
      return value.split(';').map(withoutCookieValue).join(';');
    case 'set-cookie': {
      const [pair = '', ...attributes] = value.split(';');
      return [withoutCookieValue(pair), ...attributes].join(';');
    }
    default: {
      if (listed.has(lower)) return redactionMark;
      const secrecy = secrecyOfHeader(name);
      if (secrecy === 'always' || (secrecy === 'likely' && looksLikeCredential(value))) return redactionMark;
      return redactText(value);
    }
  }
}

/** `Bearer abc` becomes `Bearer [redacted]` (RFC 9110, 11.4); a value without a scheme goes whole. */
function withoutCredentials(value: string): string {
  const scheme = /^\s*([A-Za-z][A-Za-z0-9-]{1,30})\s+\S/.exec(value)?.[1];
  return scheme === undefined ? redactionMark : `${scheme} ${redactionMark}`;
}

function withoutCookieValue(pair: string): string {
  const equals = pair.indexOf('=');
  if (equals === -1) return pair.trim() === '' ? pair : ` ${redactionMark}`.slice(pair.startsWith(' ') ? 0 : 1);
  return pair.slice(0, equals + 1) + redactionMark;
}
