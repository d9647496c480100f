import type { Target } from '../recourse/coolDowns.ts';
import type { BreakerPolicy } from './modelRoute.ts';

/** A target that failed again and again, and is left out until a time. */
export interface OpenBreaker extends Target {
  /** In milliseconds since 1970; what is past lets one call through to see. */
  readonly until: number;
  readonly failures: number;
}

/** Circuit breakers, one for each API and credential. They end with the gateway. */
export interface Breakers {
  /** Until when a target is left out; null where it may be asked. The first to ask after that time goes to see. */
  closedUntil(target: Target): number | null;
  isOpen(target: Target): boolean;
  failed(target: Target, policy: BreakerPolicy): void;
  answered(target: Target): void;
  /** Whoever went to see came back without an answer of either kind. */
  undecided(target: Target): void;
  reset(concerns: (target: Target) => boolean): void;
  list(): readonly OpenBreaker[];
}

interface Breaker extends Target {
  failures: number;
  until: number | null;
  /** Somebody is asking whether it works again. */
  probing: boolean;
}

/** `onChanged` hears when one opens or closes; `now` is the clock, in milliseconds since 1970. */
export function createBreakers(onChanged: () => void, now: () => number = Date.now): Breakers {
  const breakers = new Map<string, Breaker>();
  const keyOf = ({ api, credential }: Target): string => `${api}\n${credential ?? ''}`;
  return {
    closedUntil: (target) => {
      const found = breakers.get(keyOf(target));
      if (found?.until == null) return null;
      if (found.until > now() || found.probing) return found.until;
      found.probing = true;
      return null;
    },
    isOpen: (target) => (breakers.get(keyOf(target))?.until ?? null) !== null,
    failed: (target, policy) => {
      const { api, credential } = target;
      const found = breakers.get(keyOf(target)) ?? { api, credential, failures: 0, until: null, probing: false };
      breakers.set(keyOf(target), found);
      found.failures++;
      const opens = found.probing || (found.until === null && found.failures >= policy.failures);
      found.probing = false;
      if (!opens) return;
      found.until = now() + policy.open;
      onChanged();
    },
    answered: (target) => {
      const found = breakers.get(keyOf(target));
      if (found === undefined) return;
      breakers.delete(keyOf(target));
      if (found.until !== null) onChanged();
    },
    undecided: (target) => {
      const found = breakers.get(keyOf(target));
      if (found !== undefined) found.probing = false;
    },
    reset: (concerns) => {
      for (const [key, one] of breakers) if (concerns(one)) breakers.delete(key);
      onChanged();
    },
    list: () =>
      [...breakers.values()].flatMap(({ api, credential, until, failures }) =>
        until === null ? [] : [{ api, credential, until, failures }],
      ),
  };
}
