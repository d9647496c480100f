import type { Failure } from '../../shared/exchange.ts';
import { plain, text } from '../../shared/text.ts';
import type { RawHeaders } from '../engine.ts';
import type { ResolvedApi } from '../parts.ts';

/** The answer for a call that may not wait. */
export function throttled(
  admission: 'full' | 'late',
  { name }: ResolvedApi,
  shutUntil: number | null,
): { readonly failure: Failure; readonly headers: RawHeaders } {
  const seconds = Math.max(1, Math.ceil(((shutUntil ?? Date.now()) - Date.now()) / 1000));
  const message =
    admission === 'full'
      ? text('Too many calls wait for "{0}" already.', name)
      : text('"{0}" asks to wait longer than a call may.', name);
  const hint = text('Call again in {0} s, or raise "maxQueued" and "maxWait" in tollgate.jsonc.', seconds);
  return {
    failure: { code: 'throttled', message: plain(message), hint: plain(hint) },
    headers: ['Retry-After', String(seconds)],
  };
}
