import type { Plan } from '../../shared/access.ts';

/** Where a rate stands after a call. */
export interface RateState {
  readonly granted: boolean;
  /** Calls that may come at once now. */
  readonly remaining: number;
  /** Milliseconds until the next one may; 0 where it may now. */
  readonly retryMs: number;
  /** Milliseconds until all may come at once again. */
  readonly resetMs: number;
}

/** How fast calls come, for each id. */
export interface Rates {
  take(id: string, rate: NonNullable<Plan['rate']>): RateState;
  /** Says where it stands without a call. */
  look(id: string, rate: NonNullable<Plan['rate']>): RateState;
}

/**
 * The generic cell rate algorithm (ITU-T I.371): one number for each id, the time at which it would be as if nothing had
 * come. `now` is in milliseconds.
 */
export function createRates(now: () => number = Date.now): Rates {
  const due = new Map<string, number>();
  const stand = (id: string, { calls, perMs, burst }: NonNullable<Plan['rate']>, take: boolean): RateState => {
    const at = now();
    const step = perMs / calls;
    const theoretical = Math.max(at, due.get(id) ?? at);
    const early = theoretical - at;
    const tolerance = step * (burst - 1);
    const granted = early <= tolerance + 1e-6;
    const next = granted && take ? theoretical + step : theoretical;
    if (granted && take) due.set(id, next);
    const ahead = next - at;
    const remaining = Math.max(0, Math.floor((tolerance + step - ahead) / step + 1e-6));
    return { granted, remaining, retryMs: granted ? 0 : Math.ceil(early - tolerance), resetMs: Math.ceil(ahead) };
  };
  return {
    take: (id, rate) => stand(id, rate, true),
    look: (id, rate) => stand(id, rate, false),
  };
}
