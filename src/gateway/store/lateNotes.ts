import type { CallNotes } from '../callSites/callNotes.ts';
import type { CallTracing } from '../origin/callTracing.ts';

/**
 * Milliseconds after an exchange was saved at which its call note is looked for again. Notes are gathered for some
 * milliseconds before they are written, and a program that computes writes none meanwhile.
 */
const delays = [50, 500, 5_000] as const;
/** Exchanges that are kept waiting; beyond, under heavy load, those to come stay as they were saved. */
const mostWaiting = 2000;

interface Awaited {
  readonly tracing: CallTracing;
  readonly due: number;
  /** How often it was looked for. */
  readonly looks: number;
}

/** Waits for call notes that are written after all is over, as a busy program may do. */
export interface LateNotes {
  await(tracing: CallTracing): void;
  /** Looks for all of them at once, instead of when they are due. */
  finish(): void;
  clear(): void;
}

/** `onFound` gets what is to be saved again, now with its caller. */
export function createLateNotes(callNotes: CallNotes, onFound: (tracing: CallTracing) => void): LateNotes {
  let waiting: Awaited[] = [];
  let timer: NodeJS.Timeout | null = null;

  const look = (until: number): void => {
    timer = null;
    const later = waiting.filter(({ due }) => due > until);
    const now = waiting.filter(({ due }) => due <= until);
    waiting = later;
    callNotes.together(() => {
      for (const { tracing } of now) tracing.caller ??= callNotes.take(tracing.request);
    });
    for (const one of now) {
      if (one.tracing.caller !== null) onFound(one.tracing);
      else {
        const looks = one.looks + 1;
        const next = delays[looks];
        if (next !== undefined) waiting.push({ ...one, due: one.due + next - (delays[one.looks] ?? next), looks });
      }
    }
    schedule();
  };

  const schedule = (): void => {
    if (timer !== null || waiting.length === 0) return;
    const next = waiting.reduce((soonest, { due }) => Math.min(soonest, due), Infinity);
    // Those that fall due at nearly the same time are looked for together.
    timer = setTimeout(() => look(Date.now()), Math.max(5, next - Date.now()));
  };

  return {
    await: (tracing) => {
      if (waiting.length >= mostWaiting) return;
      waiting.push({ tracing, due: Date.now() + delays[0], looks: 0 });
      schedule();
    },
    finish: () => {
      if (timer !== null) clearTimeout(timer);
      waiting = waiting.map((one) => ({ ...one, looks: delays.length }));
      look(Infinity);
    },
    clear: () => (waiting = []),
  };
}
