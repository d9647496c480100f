import type { Cause } from './finding.ts';

/** An alias of a model as it stands now. */
export interface RouteState {
  /** What requests ask for. */
  readonly name: string;
  readonly title: string | null;
  /** Whether it gives answers again. */
  readonly caches: boolean;
  /** In the order in which they are asked; those of one step share the calls. */
  readonly targets: readonly RouteTargetState[];
}

/** A model with one of its credentials. */
export interface RouteTargetState {
  readonly api: string;
  /** As the vendor knows it. */
  readonly model: string;
  /** Null where the API takes none. */
  readonly credential: string | null;
  /** Counts from 0. */
  readonly step: number;
  /** Null where it shares its step with none. */
  readonly weight: number | null;
  /** Left out for what it was refused with; null where it is not. `until` in milliseconds since 1970. */
  readonly coolDown: { readonly cause: Cause; readonly until: number } | null;
  /** Left out for failures in a row; null where it is not. What is past is tried with the next call. */
  readonly breaker: { readonly failures: number; readonly until: number } | null;
}

/** What one may ask of a gateway about aliases. */
export interface RoutesApi {
  routes(): Promise<readonly RouteState[]>;
  /** Asks the targets of an alias again, whatever they were left out for; of all where it is null. Fails with `unknown_route`. */
  resetRoutes(name: string | null): Promise<void>;
}
