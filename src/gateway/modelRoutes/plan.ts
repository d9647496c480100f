import { text } from '../../shared/text.ts';
import type { RawAttempt } from '../parts.ts';
import type { ModelRoute } from './modelRoute.ts';
import type { RouteDesk } from './routeDesk.ts';
import type { RouteEntry } from './routeEntries.ts';

/** What to try next. */
export interface Step {
  readonly entry: RouteEntry;
  /** Milliseconds to wait before. */
  readonly wait: number;
  /** What was passed over on the way to it. */
  readonly skipped: readonly Skipped[];
}

export interface Skipped {
  readonly entry: RouteEntry;
  readonly attempt: Pick<RawAttempt, 'status' | 'note' | 'refusal'> & { readonly outcome: 'skipped' };
}

/** The order of tries for one call, as they turn out. After each step, one of the others says how it went. */
export interface Plan {
  next(): Step | null;
  /** The call brings its own key: it is for the first target only, whatever ours was refused for. True where that is not the one. */
  onlyFirst(): boolean;
  refusedAtDoor(): void;
  /** Of no use for long. */
  lasting(): void;
  /** Of no use for a moment: asked again where nothing else is left. `after` is in seconds; null where it is not said. */
  slow(after: number | null): void;
  /** Failed: asked again, then the next. */
  down(after?: number | null): void;
}

interface Conditions {
  /** False for what somebody has stopped. */
  readonly mayAsk: (entry: RouteEntry) => boolean;
  /** What is to be rehearsed is not passed over. */
  readonly isRehearsed: (entry: RouteEntry) => boolean;
}

/** `random` gives numbers from 0 up to 1. */
export function createPlan(
  { retries, backOff, maxWait }: ModelRoute,
  all: readonly RouteEntry[],
  { coolDowns, breakers }: Pick<RouteDesk, 'coolDowns' | 'breakers'>,
  { mayAsk, isRehearsed }: Conditions,
  random: () => number = Math.random,
): Plan {
  let entries = all;
  let at = 0;
  let current: RouteEntry | null = null;
  let again: { readonly entry: RouteEntry; readonly wait: number } | null = null;
  /** Left out, and until when. */
  const left: { readonly entry: RouteEntry; readonly until: number }[] = [];
  /** Throttled by this call, and for how long. */
  let throttled: { readonly entry: RouteEntry; readonly wait: number } | null = null;
  const tries = new Map<RouteEntry, number>();
  let waits = 0;
  let waited = 0;

  /** Why an entry is passed over; null where it is not. */
  const passedOver = (entry: RouteEntry): Skipped['attempt'] | null => {
    if (isRehearsed(entry)) return null;
    const cooling = coolDowns.of(entry.key);
    if (cooling !== null) {
      left.push({ entry, until: cooling.until });
      const { status, refusal } = cooling;
      return { status, refusal, outcome: 'skipped', note: text('Not tried: it was refused shortly before.') };
    }
    const until = breakers.closedUntil(entry.key);
    if (until === null) return null;
    left.push({ entry, until });
    return { status: null, refusal: null, outcome: 'skipped', note: text('Not tried: it failed again and again.') };
  };

  const take = (entry: RouteEntry, wait: number, skipped: readonly Skipped[]): Step => {
    current = entry;
    waited += wait;
    return { entry, wait, skipped };
  };

  return {
    next: () => {
      if (again !== null) {
        const { entry, wait } = again;
        again = null;
        return take(entry, wait, []);
      }
      const skipped: Skipped[] = [];
      for (; at < entries.length; at++) {
        const entry = entries[at];
        if (entry === undefined || !mayAsk(entry)) continue;
        const attempt = entries === all ? passedOver(entry) : null;
        if (attempt === null) return take(entry, 0, skipped);
        skipped.push({ entry, attempt });
      }
      // Better to ask once more than to refuse without having asked anybody.
      const soonest = left.toSorted((a, b) => a.until - b.until)[0];
      if (current === null && soonest !== undefined) return take(soonest.entry, 0, skipped);
      if (throttled === null || waits >= Math.max(1, retries) || waited + throttled.wait > maxWait) return null;
      const { entry, wait } = throttled;
      throttled = null;
      waits++;
      return take(entry, wait, skipped);
    },
    onlyFirst: () => {
      const first = all[0];
      if (entries !== all || first === undefined) return false;
      entries = [first];
      at = 0;
      return current !== first;
    },
    refusedAtDoor: () => {
      at++;
    },
    lasting: () => {
      at++;
    },
    slow: (after) => {
      at++;
      if (after === null || current === null) return;
      const wait = after * 1000;
      if (throttled === null || wait < throttled.wait) throttled = { entry: current, wait };
    },
    down: (after = null) => {
      if (current === null) return;
      const count = (tries.get(current) ?? 0) + 1;
      tries.set(current, count);
      const grown = Math.min(backOff.most, backOff.first * 2 ** (count - 1)) * (0.5 + random() / 2);
      const wait = Math.max(grown, (after ?? 0) * 1000);
      if (breakers.isOpen(current.key) || count > retries || waited + wait > Math.max(maxWait, grown)) at++;
      else again = { entry: current, wait };
    },
  };
}
