import type { Exchange, Redacted } from '../../shared/exchange.ts';
import type { CallNotes } from '../callSites/callNotes.ts';
import { amended } from '../redact/redactor.ts';
import type { Saving } from './store.ts';

/** Milliseconds after an exchange's end at which its call note is looked for a last time. */
const delay = 50;

interface Awaited {
  readonly request: Parameters<CallNotes['take']>[0];
  readonly number: number;
  readonly exchange: Redacted<Exchange>;
  readonly due: number;
}

/** Waits for call notes that are written after all is over, as a busy program may do. */
export interface LateNotes {
  await(request: Awaited['request'], saved: { readonly number: number; readonly exchange: Redacted<Exchange> }): void;
  /** Looks for all of them at once, instead of when they are due. */
  finish(): void;
  clear(): void;
}

/** `onFound` gets what is to be saved again, now with its call site. */
export function createLateNotes(callNotes: CallNotes, onFound: (saving: Saving) => void): LateNotes {
  let waiting: Awaited[] = [];
  let timer: NodeJS.Timeout | null = null;

  const look = (until: number): void => {
    timer = null;
    const later = waiting.filter(({ due }) => due > until);
    const now = waiting.filter(({ due }) => due <= until);
    waiting = later;
    for (const { request, number, exchange } of now) {
      const callSite = callNotes.take(request);
      if (callSite !== null) onFound({ number, exchange: amended(exchange, { callSite }) });
    }
    schedule();
  };

  const schedule = (): void => {
    const [first] = waiting;
    if (first !== undefined) timer ??= setTimeout(() => look(Date.now()), Math.max(1, first.due - Date.now()));
  };

  return {
    await: (request, { number, exchange }) => {
      waiting.push({ request, number, exchange, due: Date.now() + delay });
      schedule();
    },
    finish: () => {
      if (timer !== null) clearTimeout(timer);
      look(Infinity);
    },
    clear: () => (waiting = []),
  };
}
