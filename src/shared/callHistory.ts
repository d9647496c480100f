import type { CallSite } from './callSite.ts';
import type { ExchangeId } from './exchange.ts';

/** What one line of a program, or one path where no line is known, has called. */
export interface CallsOfLine {
  readonly callSite: CallSite | null;
  readonly method: string;
  readonly path: string;
  readonly calls: number;
  readonly refused: number;
  /** Null where no answer told and no price is known. */
  readonly costUsd: number | null;
}

/** Calls in one stretch of time that begins at `at`, in milliseconds since 1970. */
export interface CallsInTime {
  readonly at: number;
  readonly calls: number;
  readonly refused: number;
  readonly costUsd: number | null;
}

/** How sure it is that two calls come from the same place. */
export type SamePlace = 'line' | 'function' | 'path' | 'api';

/** The calls to one API in the day before an exchange, that one included. Rehearsed calls are left out. */
export interface CallHistory {
  /** In milliseconds since 1970. */
  readonly since: number;
  readonly until: number;
  readonly calls: number;
  readonly refused: number;
  /** In the minute and the hour before the exchange. */
  readonly lastMinute: number;
  readonly lastHour: number;
  readonly bytesSent: number;
  readonly bytesReceived: number;
  /** Of input and output together, as far as answers told. */
  readonly tokens: number;
  /** Null where no answer told and no price is known. */
  readonly costUsd: number | null;
  /** Busiest first, the first few. */
  readonly lines: readonly CallsOfLine[];
  readonly models: readonly { readonly model: string; readonly calls: number }[];
  /** Hours with calls, oldest first. */
  readonly hours: readonly CallsInTime[];
  /** The newest call before that was served, at the same place where there is one. */
  readonly lastSuccess: { readonly id: ExchangeId; readonly at: number; readonly samePlace: SamePlace } | null;
  /** The first refusal after that. */
  readonly firstRefusal: { readonly id: ExchangeId; readonly at: number } | null;
  /** Refusals in a row at this place, this one included. */
  readonly inARow: number;
  /** The newest call afterwards that was served, at the same place or by the same path. */
  readonly servedSince: { readonly id: ExchangeId; readonly at: number } | null;
}
