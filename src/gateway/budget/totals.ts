import { budgetPeriods, periodOf, type BudgetPeriod } from '../../shared/budget.ts';
import type { ExchangeId, ExchangeSummary } from '../../shared/exchange.ts';
import type { Recording } from '../parts.ts';

/** What was spent in the running day, week and month, by API. */
export interface Totals {
  /** In US dollars; of all APIs together where `api` is null. */
  spent(per: BudgetPeriod, api: string | null): number;
  /** Adds what ended calls have cost. @returns whether anything was added. */
  add(rows: readonly ExchangeSummary[]): boolean;
  /** Takes the sums from the store, to which another gateway may write as well. @returns whether they were others. */
  refresh(recording: Pick<Recording, 'spending'>, periods: readonly BudgetPeriod[]): Promise<boolean>;
}

interface Sum {
  /** When its period began. */
  readonly since: number;
  readonly byApi: Map<string, number>;
}

/** Calls that were added lately, so that one that is told of twice is added once. */
const mostRemembered = 10_000;

/** `now` is in milliseconds since 1970. */
export function createTotals(now: () => number): Totals {
  const sums = new Map<BudgetPeriod, Sum>();
  const added = new Set<ExchangeId>();

  /** Of the running period; it begins at nothing. */
  const sumOf = (per: BudgetPeriod): Sum => {
    const { since } = periodOf(per, now());
    const known = sums.get(per);
    if (known?.since === since) return known;
    const sum: Sum = { since, byApi: new Map() };
    sums.set(per, sum);
    return sum;
  };

  const remember = (id: ExchangeId): void => {
    const [oldest] = added;
    if (oldest !== undefined && added.size >= mostRemembered) added.delete(oldest);
    added.add(id);
  };

  return {
    spent: (per, api) => {
      const { byApi } = sumOf(per);
      return api === null ? [...byApi.values()].reduce((total, one) => total + one, 0) : (byApi.get(api) ?? 0);
    },
    add: (rows) => {
      let any = false;
      for (const { id, state, costUsd, api, host, startedAt } of rows) {
        if (state === 'open' || costUsd === null || costUsd === 0 || added.has(id)) continue;
        remember(id);
        any = true;
        for (const per of budgetPeriods) {
          const { since, byApi } = sumOf(per);
          if (startedAt >= since) byApi.set(api ?? host, (byApi.get(api ?? host) ?? 0) + costUsd);
        }
      }
      return any;
    },
    refresh: async (recording, periods) => {
      const told = await Promise.all(
        periods.map(async (per) => {
          const { since } = periodOf(per, now());
          return { per, since, rows: await recording.spending({ since, by: 'api' }) };
        }),
      );
      // The thread that answers tells in order: what was added before is in its answer, what comes after is not.
      return told
        .map(({ per, since, rows }) => {
          const byApi = new Map(rows.flatMap(({ key, costUsd }) => (key === null ? [] : [[key, costUsd] as const])));
          const changed = rows.some(({ key, costUsd }) => key !== null && sumOf(per).byApi.get(key) !== costUsd);
          sums.set(per, { since, byApi });
          return changed;
        })
        .includes(true);
    },
  };
}
