import { periodOf, type ApiSpending, type Budget, type BudgetState } from '../../shared/budget.ts';
import type { ExchangeId, ExchangeSummary } from '../../shared/exchange.ts';
import type { Recording } from '../parts.ts';
import type { Expectation } from './expectation.ts';
import { createInFlight, unheld, type Held } from './inFlight.ts';
import { createTotals } from './totals.ts';

/** A budget that lets no more calls out. */
export interface Exhausted {
  readonly budget: BudgetState;
  /** What calls that still run will cost, in US dollars. */
  readonly underWayUsd: number;
}

/** What may be spent, and what is. */
export interface Budgets {
  /** After the catalogue changed: each API's own budget, and the one for all. */
  configure(own: Readonly<Record<string, Budget>>, all: Budget | null): void;
  /** Begins with what the store knows, and goes on looking. */
  open(recording: Pick<Recording, 'spending'>): Promise<void>;
  /** Why a call may not go out; null lets it go. */
  exhausted(api: string): Exhausted | null;
  /** Sets aside what a call may cost, in the turn in which that is found to be there. */
  reserve(api: string, expectation?: Expectation | null): Held | Exhausted;
  /** Whether it matters beforehand what a call to it may cost. */
  costMatters(api: string): boolean;
  answered(id: ExchangeId): void;
  recorded(rows: readonly ExchangeSummary[]): void;
  spending(api: string): ApiSpending;
  dispose(): void;
}

/** Milliseconds between two looks into the store: another gateway may share it, and days end. */
const refreshPeriod = 60_000;

/** Keeps the running totals. `onChanged` hears when they are others. `now` is in milliseconds since 1970. */
export function createBudgets(onChanged: () => void, now: () => number = Date.now): Budgets {
  const totals = createTotals(now);
  const inFlight = createInFlight(now);
  let own: Readonly<Record<string, Budget>> = {};
  let all: Budget | null = null;
  /** Whether anything depends on what running calls will cost. */
  let refuses = false;
  let day = periodOf('day', now()).since;
  let timer: NodeJS.Timeout | null = null;
  let store: Pick<Recording, 'spending'> | null = null;

  const look = async (): Promise<void> => {
    if (store === null) return;
    const declared = [...Object.values(own), ...(all === null ? [] : [all])].map(({ per }) => per);
    const today = periodOf('day', now()).since;
    // Where the store cannot answer, what is told from now on still counts.
    const changed = await totals.refresh(store, [...new Set([...declared, 'day' as const])]).catch(() => false);
    if (changed || today !== day) onChanged();
    day = today;
  };

  const stateOf = (budget: Budget, api: string | null): BudgetState => {
    const { since, until } = periodOf(budget.per, now());
    const spentUsd = totals.spent(budget.per, api);
    return { ...budget, scope: api === null ? 'all' : 'api', spentUsd, since, resetsAt: until };
  };
  const statesFor = (api: string): readonly BudgetState[] => {
    const budget = own[api];
    return [...(budget === undefined ? [] : [stateOf(budget, api)]), ...(all === null ? [] : [stateOf(all, null)])];
  };
  const exhausted = (api: string, told: Expectation | null = null): Exhausted | null => {
    for (const budget of statesFor(api)) {
      if (budget.over !== 'refuse') continue;
      const underWayUsd = inFlight.reserved(budget.scope === 'all' ? null : api, budget.usd);
      // Sums of dollars are not exact to the last digit.
      const left = budget.usd * (1 + 1e-9) - budget.spentUsd - underWayUsd;
      // One that runs alone may take what is left: a single dear call must not close a budget for good.
      const alone = underWayUsd === 0 && budget.spentUsd < budget.usd * (1 - 1e-9);
      if (!alone && inFlight.expected(api, budget.usd, told) > left) return { budget, underWayUsd };
    }
    return null;
  };

  return {
    configure: (nextOwn, nextAll) => {
      own = nextOwn;
      all = nextAll;
      refuses = [...Object.values(own), all].some((budget) => budget?.over === 'refuse');
      void look();
    },
    open: async (recording) => {
      store = recording;
      await look();
      timer = setInterval(() => void look(), refreshPeriod).unref();
    },
    exhausted: (api) => exhausted(api),
    reserve: (api, told = null) => (refuses ? (exhausted(api, told) ?? inFlight.hold(api, told)) : unheld),
    costMatters: (api) => refuses && (own[api]?.over === 'refuse' || all?.over === 'refuse'),
    answered: (id) => inFlight.answered(id),
    recorded: (rows) => {
      inFlight.recorded(rows);
      if (totals.add(rows)) onChanged();
    },
    spending: (api) => ({ todayUsd: totals.spent('day', api), budgets: statesFor(api) }),
    dispose: () => clearInterval(timer ?? undefined),
  };
}
