import type { AccountReport } from '../../shared/account.ts';
import type { Exchange } from '../../shared/exchange.ts';
import type { Mute, WarningBoard } from '../../shared/warning.ts';
import type { Entry } from './gaugeBook.ts';
import type { NotedBudget, WarningDesk } from './warningDesk.ts';

/** Milliseconds after an answer until it is looked at, with those that follow. */
const reviewDelay = 300;
/** Milliseconds after an answer until it is looked at again: the line of a call may be learned after its end. */
const afterthoughtDelay = 2500;
/** Milliseconds between looks at what time alone changes. */
const agePeriod = 60_000;
/** Milliseconds between two times that gauges are kept for the next run. */
const keepPeriod = 10_000;

export interface WatchOptions {
  readonly desk: WarningDesk;
  readonly keepGauges: (gauges: readonly (readonly [id: string, entry: Entry])[]) => void;
  readonly keepMutes: (mutes: readonly Mute[]) => void;
}

/** The warning desk with its clock. */
export interface Watch {
  take(exchange: Exchange): void;
  note(report: AccountReport): void;
  noteBudgets(budgets: readonly NotedBudget[]): void;
  mute(mute: Mute, muted: boolean): void;
  /** As of now. */
  board(): WarningBoard;
  /** Settings have changed. */
  refresh(): void;
  dispose(): void;
}

export function createWatch({ desk, keepGauges, keepMutes }: WatchOptions): Watch {
  let reviewing: NodeJS.Timeout | null = null;
  let rethinking: NodeJS.Timeout | null = null;
  let keeping: NodeJS.Timeout | null = null;

  const review = (): void => {
    if (reviewing !== null) clearTimeout(reviewing);
    reviewing = null;
    desk.review(Date.now());
  };
  const keep = (): void => {
    if (keeping !== null) clearTimeout(keeping);
    keeping = null;
    const changed = desk.gauges.takeChanged();
    if (changed.length > 0) keepGauges(changed);
  };
  const soon = (): void => {
    reviewing ??= setTimeout(review, reviewDelay);
    rethinking ??= setTimeout(() => {
      rethinking = null;
      review();
    }, afterthoughtDelay);
    keeping ??= setTimeout(keep, keepPeriod);
  };
  const aging = setInterval(review, agePeriod);
  aging.unref();
  soon();

  return {
    take: (exchange) => {
      if (desk.take(exchange)) soon();
    },
    note: (report) => {
      if (!desk.note(report)) return;
      review();
      keep();
    },
    noteBudgets: (budgets) => {
      desk.noteBudgets(budgets);
      soon();
    },
    mute: (mute, muted) => keepMutes(desk.mute(mute, muted)),
    board: () => {
      review();
      return desk.board;
    },
    refresh: review,
    dispose: () => {
      clearInterval(aging);
      if (reviewing !== null) clearTimeout(reviewing);
      if (rethinking !== null) clearTimeout(rethinking);
      keep();
    },
  };
}
