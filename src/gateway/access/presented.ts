import type { HeaderList } from '../../shared/exchange.ts';
import { looksLikeProgramKey, takeWhatIs } from '../access.ts';
import { looksLikeKey } from './accessKeys.ts';

/** A credential that a request carries, and the request without it. */
export interface Presented {
  readonly kind: 'key' | 'token' | 'programKey' | 'other';
  readonly value: string;
  readonly headers: HeaderList;
  readonly path: string;
}

const token = /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Finds what a request shows for itself, wherever clients put an API key. Of several, a key of ours counts before a
 * token, and a token before anything else. Only keys and tokens are taken out.
 */
export function presentedIn(headers: HeaderList, path: string): Presented | null {
  const seen: string[] = [];
  takeWhatIs(
    (value) => {
      if (value !== '') seen.push(value);
      return false;
    },
    headers,
    path,
  );
  const key = seen.find(looksLikeKey);
  const found = key ?? seen.find((value) => token.test(value));
  if (found !== undefined) {
    const kind = key === undefined ? 'token' : 'key';
    const taken = takeWhatIs((value) => value === found, headers, path);
    return { kind, value: found, headers: taken.headers, path: taken.path };
  }
  const [other] = seen;
  if (other === undefined) return null;
  return { kind: seen.some(looksLikeProgramKey) ? 'programKey' : 'other', value: other, headers, path };
}
