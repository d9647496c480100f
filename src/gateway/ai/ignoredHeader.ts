import type { RawHeaders } from '../engine.ts';
import type { AiRequest } from './aiDesk.ts';

/** Names the fields that were left out; in ASCII, as field values are (RFC 9110, 5.5). */
export function ignoredHeader(names: readonly string[]): RawHeaders {
  if (names.length === 0) return [];
  const list = [...new Set(names)].join(', ');
  return ['x-tollgate-ignored', list.replace(/[^\x20-\x7e]/g, '?').slice(0, 2000)];
}

/** Tells the log of a translation, and what was left out by it. */
export function tellTranslated({ inbound, operation, target }: AiRequest, ignored: readonly string[]): void {
  inbound.stage?.changed({ kind: 'translated', from: operation, to: target.dialect, ignored });
}
