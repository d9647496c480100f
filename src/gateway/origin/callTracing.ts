import type { Exchange, ExchangeId, Redacted } from '../../shared/exchange.ts';
import type { Origin } from '../../shared/origin.ts';
import type { Caller } from '../callSites/callNotes.ts';
import type { RequestOnConnection } from '../callSites/noteIndex.ts';

/** What is being found out about who made a call. It goes on after the call has ended and was saved. */
export interface CallTracing {
  readonly id: ExchangeId;
  readonly request: RequestOnConnection;
  /** What the hook in the program noted; null until that is found. */
  caller: Caller | null;
  origin: Origin | null;
  /** Null until the call has ended and was saved. `log` tells logs apart that were cleared in between. */
  saved: { readonly number: number; readonly exchange: Redacted<Exchange>; readonly log: number } | null;
}

/** All that is known so far, with the trace that the call names itself; null where that is nothing. */
export function originOf({ caller, origin }: CallTracing, trace: string | null): Origin | null {
  if (origin !== null) return { ...origin, trace };
  if (caller === null && trace === null) return null;
  return { pid: caller?.pid ?? null, program: null, session: null, run: null, test: caller?.test ?? null, trace };
}
