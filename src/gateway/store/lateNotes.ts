import type { Exchange, Redacted } from '../../shared/exchange.ts';
import type { Caller, CallNotes } from '../callSites/callNotes.ts';
import { amended } from '../redact/redactor.ts';
import type { Saving } from './store.ts';

/** Milliseconds after an exchange was saved at which its call note is looked for again, and then a last time. */
const delays = [50, 500] as const;

interface Awaited {
  readonly request: Parameters<CallNotes['take']>[0];
  readonly number: number;
  readonly exchange: Redacted<Exchange>;
  readonly due: number;
  readonly last: boolean;
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
    for (const one of now) {
      const caller = callNotes.take(one.request);
      if (caller !== null) onFound({ number: one.number, exchange: withCaller(one.exchange, caller) });
      else if (!one.last) waiting.push({ ...one, due: one.due + delays[1] - delays[0], last: true });
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
    await: (request, { number, exchange }) => {
      waiting.push({ request, number, exchange, due: Date.now() + delays[0], last: false });
      schedule();
    },
    finish: () => {
      if (timer !== null) clearTimeout(timer);
      waiting = waiting.map((one) => ({ ...one, last: true }));
      look(Infinity);
    },
    clear: () => (waiting = []),
  };
}

function withCaller(exchange: Redacted<Exchange>, { pid, callSite }: Caller): Redacted<Exchange> {
  return amended(exchange, { callSite, client: { ...exchange.client, pid } });
}
