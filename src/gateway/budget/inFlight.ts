import type { ExchangeId, ExchangeSummary } from '../../shared/exchange.ts';
import type { Expectation } from './expectation.ts';

/** Milliseconds after a call's end at which it is given up that it will be recorded. */
const patience = 5000;
/** So many calls are remembered of each API, to know what the next may cost. */
const remembered = 20;
/** The share of a budget that a call is thought to cost before one was seen. */
const firstGuess = 0.01;

/** What is set aside for one call, from the check until it is known what it cost. */
export interface Held {
  /** The call goes out, as this exchange. */
  begun(id: ExchangeId): void;
  /** It does not go out after all. */
  release(): void;
}

/** Calls that run, and what they may cost: what their request allows, else as much as the dearest of those before them. */
export interface InFlight {
  hold(api: string, told: Expectation | null): Held;
  /** The answer is out, but what it cost is not told yet. */
  answered(id: ExchangeId): void;
  /** What ended calls have cost. */
  recorded(rows: readonly ExchangeSummary[]): void;
  /** What the next call may cost at most, in US dollars, as far as that is known for a budget of so many. */
  expected(api: string, budgetUsd: number, told: Expectation | null): number;
  /** What is set aside for the running calls; of all APIs together where `api` is null. */
  reserved(api: string | null, budgetUsd: number): number;
}

interface Running {
  readonly api: string;
  /** Null where no call to the API was seen before, and its request does not tell. */
  readonly usd: number | null;
  answeredAt: number | null;
}

/** For calls that no budget can refuse. */
export const unheld: Held = { begun: () => undefined, release: () => undefined };

/** `now` is in milliseconds since 1970. */
export function createInFlight(now: () => number): InFlight {
  const waiting = new Set<Running>();
  const running = new Map<ExchangeId, Running>();
  const costs = new Map<string, number[]>();

  const dearest = (api: string): number | null => {
    const seen = costs.get(api);
    return seen === undefined ? null : Math.max(...seen);
  };
  const mostOf = (api: string, told: Expectation | null): number | null =>
    (told?.isMost === true ? told.usd : null) ?? dearest(api) ?? told?.usd ?? null;
  const learn = (api: string, usd: number): void => {
    const seen = costs.get(api) ?? [];
    costs.set(api, [...seen, usd].slice(-remembered));
  };

  return {
    hold: (api, told) => {
      const call: Running = { api, usd: mostOf(api, told), answeredAt: null };
      waiting.add(call);
      return {
        begun: (id) => {
          if (waiting.delete(call)) running.set(id, call);
        },
        release: () => void waiting.delete(call),
      };
    },
    answered: (id) => {
      const call = running.get(id);
      if (call !== undefined) call.answeredAt = now();
    },
    recorded: (rows) => {
      for (const { id, state, api, costUsd, simulated } of rows) {
        if (state === 'open') continue;
        // What cost nothing was refused, most likely, and says nothing of the next.
        if (running.delete(id) && api !== null && !simulated && costUsd !== null && costUsd > 0) learn(api, costUsd);
      }
    },
    expected: (api, budgetUsd, told) => Math.min(mostOf(api, told) ?? budgetUsd * firstGuess, budgetUsd),
    reserved: (wanted, budgetUsd) => {
      for (const [id, { answeredAt }] of running)
        // Recording may be off, or have lost it.
        if (answeredAt !== null && now() - answeredAt > patience) running.delete(id);
      let sum = 0;
      for (const calls of [waiting, running.values()])
        for (const { api, usd } of calls) if (wanted === null || wanted === api) sum += usd ?? budgetUsd * firstGuess;
      return sum;
    },
  };
}
