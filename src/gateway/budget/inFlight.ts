import type { ExchangeId, ExchangeSummary } from '../../shared/exchange.ts';

/** Milliseconds after a call's end at which it is given up that it will be recorded. */
const patience = 5000;
/** How much the newest call weighs in the mean. */
const weight = 0.2;

/** Calls that run, and what they will cost by the mean of those before them. */
export interface InFlight {
  begun(id: ExchangeId, api: string): void;
  /** The answer is out, but what it cost is not told yet. */
  answered(id: ExchangeId): void;
  /** What ended calls have cost. */
  recorded(rows: readonly ExchangeSummary[]): void;
  /** What the running calls will cost, in US dollars; of all APIs together where `api` is null. */
  expected(api: string | null): number;
}

/** `now` is in milliseconds since 1970. */
export function createInFlight(now: () => number): InFlight {
  const running = new Map<ExchangeId, { readonly api: string; answeredAt: number | null }>();
  const means = new Map<string, number>();
  return {
    begun: (id, api) => void running.set(id, { api, answeredAt: null }),
    answered: (id) => {
      const call = running.get(id);
      if (call !== undefined) call.answeredAt = now();
    },
    recorded: (rows) => {
      for (const { id, state, api, costUsd, simulated } of rows) {
        if (state === 'open') continue;
        if (!running.delete(id) || api === null || simulated) continue;
        const mean = means.get(api);
        means.set(api, mean === undefined ? (costUsd ?? 0) : mean + weight * ((costUsd ?? 0) - mean));
      }
    },
    expected: (wanted) => {
      let sum = 0;
      for (const [id, { api, answeredAt }] of running) {
        // Recording may be off, or have lost it.
        if (answeredAt !== null && now() - answeredAt > patience) running.delete(id);
        else if (wanted === null || wanted === api) sum += means.get(api) ?? 0;
      }
      return sum;
    },
  };
}
