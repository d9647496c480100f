import type { ExchangeId, ExchangeSummary, FailureCode } from '../../shared/exchange.ts';
import type { Reservation } from '../budget/limits.ts';
import type { Charge, Spender } from '../budget/limit.ts';

/** Milliseconds after a call's end at which it is given up that it will be recorded. */
const patience = 5000;

/** Failures after which nothing can have been used: no upstream has seen the call. */
const unsent: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'upstream_unreachable',
  'credential_unavailable',
  'throttled',
  'budget_exceeded',
  'unauthorized',
  'bad_request',
  'internal_error',
]);

/** Calls for which something was set aside, until it is known what they used. */
export interface Charges {
  begun(id: ExchangeId, reservation: Reservation): void;
  /** The answer is out. `recorded` says whether what it used will be told. */
  answered(id: ExchangeId, failure: FailureCode | null, recorded: boolean): void;
  recorded(rows: readonly ExchangeSummary[]): void;
  dispose(): void;
}

/** `onCharged` hears what was charged to whom. `now` is in milliseconds since 1970. */
export function createCharges(
  onCharged: (spender: Spender, charge: Charge) => void,
  now: () => number = Date.now,
): Charges {
  const running = new Map<ExchangeId, { readonly reservation: Reservation; answeredAt: number | null }>();
  let timer: NodeJS.Timeout | null = null;

  const settle = (id: ExchangeId, charge: Charge | null): void => {
    const call = running.get(id);
    if (call === undefined) return;
    running.delete(id);
    call.reservation.settle(charge);
    if (charge !== null) onCharged(call.reservation.spender, charge);
  };
  const sweep = (): void => {
    timer = null;
    // Recording may have lost it; the call itself was made.
    for (const [id, { answeredAt }] of running)
      if (answeredAt !== null && now() - answeredAt >= patience) settle(id, { calls: 1, tokens: 0, usd: 0 });
    if (running.size > 0) timer = setTimeout(sweep, patience).unref();
  };

  return {
    begun: (id, reservation) => {
      // Asked for elsewhere: what was set aside for the first is free again.
      running.get(id)?.reservation.settle(null);
      running.set(id, { reservation, answeredAt: null });
      timer ??= setTimeout(sweep, patience).unref();
    },
    answered: (id, failure, recorded) => {
      const call = running.get(id);
      if (call === undefined) return;
      call.answeredAt = now();
      if (failure !== null && unsent.has(failure)) settle(id, null);
      else if (!recorded) settle(id, { calls: 1, tokens: 0, usd: 0 });
    },
    recorded: (rows) => {
      if (running.size === 0) return;
      for (const { id, state, usage, costUsd, simulated } of rows) {
        if (state === 'open' || !running.has(id)) continue;
        const tokens = usage === null ? 0 : usage.inputTokens + usage.outputTokens;
        settle(id, simulated ? null : { calls: 1, tokens, usd: costUsd ?? 0 });
      }
    },
    dispose: () => {
      clearTimeout(timer ?? undefined);
      for (const id of running.keys()) settle(id, { calls: 1, tokens: 0, usd: 0 });
    },
  };
}
