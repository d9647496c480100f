import type { ResolvedApi } from '../parts.ts';

/** An alias with everything looked up. */
export interface ModelRoute {
  readonly name: string;
  readonly title: string | null;
  /** Asked in this order; the targets of one step share the calls by weight. */
  readonly steps: readonly (readonly RouteTarget[])[];
  /** How often a target is asked again before the next. */
  readonly retries: number;
  /** Milliseconds before the first retry, and before any. */
  readonly backOff: { readonly first: number; readonly most: number };
  /** Milliseconds that a call may wait in all for a time that a vendor names. */
  readonly maxWait: number;
  /** Milliseconds for all tries together; null where there is no limit. */
  readonly total: number | null;
  readonly breaker: BreakerPolicy;
  readonly cache: CachePolicy | null;
}

export interface BreakerPolicy {
  /** Failures in a row that open it. */
  readonly failures: number;
  /** Milliseconds until it is tried again. */
  readonly open: number;
}

export interface CachePolicy {
  /** Milliseconds for which an answer is given again. */
  readonly ttl: number;
  readonly maxEntryBytes: number;
  readonly scope: 'team' | 'credential';
}

/** One model at one API, with the credentials to call it with. */
export interface RouteTarget {
  /** As the vendor knows it. */
  readonly model: string;
  /** The API with each of the credentials and the time-outs, in the order in which they are tried. */
  readonly apis: readonly [ResolvedApi, ...ResolvedApi[]];
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly weight: number;
}
