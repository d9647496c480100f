import { budgetOutlook } from '../../forecast/budgetOutlook.ts';
import { outlook, type Circumstances, type Outlook } from '../../forecast/outlook.ts';
import type { AccountReport } from '../../shared/account.ts';
import type { BudgetState } from '../../shared/budget.ts';
import type { CallSite } from '../../shared/callSite.ts';
import type { Exchange } from '../../shared/exchange.ts';
import type { Spending, SpendingQuery } from '../../shared/protocol.ts';
import {
  allApis,
  mutes,
  type Mute,
  type Warning,
  type WarningBoard,
  type WarningKind,
  type WarningSettings,
} from '../../shared/warning.ts';
import { GaugeBook, type Entry } from './gaugeBook.ts';
import { placeThatSpendsMost } from './placeThatSpendsMost.ts';

/** What is kept from one run to the next. */
export interface KeptWarnings {
  readonly gauges: readonly (readonly [id: string, entry: Entry])[];
  readonly mutes: readonly Mute[];
}

export interface WarningDeskOptions {
  readonly kept: KeptWarnings;
  readonly settings: () => WarningSettings;
  readonly spending: (query: SpendingQuery) => readonly Spending[];
  /** Told when there is something else to show than before. */
  readonly onChanged: (board: WarningBoard) => void;
}

/** A budget, and whose it is. */
export interface NotedBudget {
  /** The API's name, or `allApis`. */
  readonly api: string;
  readonly budget: BudgetState;
}

/** Something that lies ahead, and whose it is. */
interface Ahead extends Pick<Warning, 'api' | 'model' | 'at' | 'unit' | 'limit' | 'window'> {
  readonly outlook: Outlook;
}

const hour = 3_600_000;

/** Makes warnings of what answers and vendors tell. Times are in milliseconds since 1970. */
export class WarningDesk {
  readonly #options: WarningDeskOptions;
  readonly #gauges: GaugeBook;
  #warnings: readonly Warning[] = [];
  #mutes: readonly Mute[];
  #budgets: readonly NotedBudget[] = [];
  #told = '';

  constructor(options: WarningDeskOptions) {
    this.#options = options;
    this.#gauges = new GaugeBook(options.kept.gauges);
    this.#mutes = options.kept.mutes;
  }

  get board(): WarningBoard {
    return { warnings: this.#warnings, mutes: this.#mutes };
  }

  get gauges(): GaugeBook {
    return this.#gauges;
  }

  /** @returns whether there may be something to warn of. What was rehearsed says nothing. */
  take(exchange: Exchange): boolean {
    if (exchange.simulated || exchange.failure !== null || !this.#options.settings().enabled) return false;
    return this.#gauges.take(exchange) || this.#warnings.some(({ api }) => api === (exchange.api ?? exchange.host));
  }

  note(report: AccountReport): boolean {
    return this.#gauges.note(report);
  }

  /** Kind null is for all of the API, and takes its single mutes with it. */
  mute(mute: Mute, muted: boolean): readonly Mute[] {
    const others = this.#mutes.filter(
      ({ api, kind }) => api !== mute.api || (mute.kind !== null && kind !== mute.kind && (muted || kind !== null)),
    );
    this.#mutes = muted ? [...others, mute] : others;
    this.#warnings = this.#warnings.map((warning) => ({ ...warning, muted: this.#isMuted(warning) }));
    this.#tell();
    return this.#mutes;
  }

  /** How far the APIs' own budgets are spent. */
  noteBudgets(budgets: readonly NotedBudget[]): void {
    this.#budgets = budgets;
  }

  /** Looks at everything anew. */
  review(now: number): void {
    const nearest = new Map<string, Ahead>();
    for (const ahead of this.#options.settings().enabled ? [...this.#byGauges(now), ...this.#byBudgets(now)] : []) {
      const key = `${ahead.api} ${ahead.outlook.kind}`;
      if ((nearest.get(key)?.outlook.urgency ?? -1) < ahead.outlook.urgency) nearest.set(key, ahead);
    }
    this.#warnings = [...nearest.values()].map((ahead) => this.#toWarning(ahead, now));
    this.#tell();
  }

  #byGauges(now: number): readonly Ahead[] {
    return [...this.#gauges.entries].flatMap((entry) => {
      const { api, model, series } = entry;
      const ahead = outlook(series, this.#circumstances(entry, now));
      const at = series.samples.at(-1)?.at ?? now;
      return ahead === null
        ? []
        : { api, model, at, unit: series.unit, limit: series.limit, window: series.window, outlook: ahead };
    });
  }

  #byBudgets(now: number): readonly Ahead[] {
    return this.#budgets.flatMap(({ api, budget }) => {
      const warned = this.#hasWarnedOf(api, 'budget_running_out');
      const spentPerHour = this.#spentUsd(api, now - hour);
      const ahead = budgetOutlook(budget, spentPerHour, { now, settings: this.#options.settings(), warned });
      const window = (budget.resetsAt - budget.since) / 1000;
      return ahead === null
        ? []
        : { api, model: null, at: now, unit: 'USD', limit: budget.usd, window, outlook: ahead };
    });
  }

  #circumstances({ api, source, series }: Entry, now: number): Circumstances {
    const kind = series.kind === 'balance' ? 'credit_running_out' : 'quota_running_out';
    const warned = this.#hasWarnedOf(api, kind) || this.#hasWarnedOf(api, 'rate_limit_close');
    const common = { now, settings: this.#options.settings(), warned };
    if (source !== 'account') return common;
    const since = series.samples.at(-1)?.at ?? now;
    const isUsd = series.unit === 'USD';
    const account = {
      spentSince: isUsd ? this.#spentUsd(api, since) : 0,
      spentPerHour: isUsd ? this.#spentUsd(api, now - hour) : 0,
    };
    return { ...common, account };
  }

  #spentUsd(api: string, since: number): number {
    const query = { since, by: 'api', ...(api === allApis ? {} : { api }) } as const;
    return this.#options.spending(query).reduce((sum, { costUsd }) => sum + costUsd, 0);
  }

  #hasWarnedOf(api: string, kind: WarningKind): boolean {
    return this.#warnings.some((warning) => warning.api === api && warning.kind === kind);
  }

  #toWarning({ api, at, model, unit, limit, window, outlook }: Ahead, now: number): Warning {
    const { kind, remaining, resetAt, runsOutAt } = outlook;
    const before = this.#warnings.find((one) => one.api === api && one.kind === kind);
    const since = before?.since ?? now;
    const callSite = this.#placeOf(api, unit, now);
    const muted = this.#isMuted({ api, kind });
    return { api, kind, model, unit, remaining, limit, window, resetAt, runsOutAt, since, at, callSite, muted };
  }

  #placeOf(api: string, unit: string, now: number): CallSite | null {
    const query = { since: now - 24 * hour, by: 'line', ...(api === allApis ? {} : { api }) } as const;
    return placeThatSpendsMost(this.#options.spending(query), unit);
  }

  #isMuted(warning: Pick<Warning, 'api' | 'kind'>): boolean {
    return this.#mutes.some((mute) => mutes(mute, warning));
  }

  #tell(): void {
    const told = JSON.stringify(this.board);
    if (told === this.#told) return;
    this.#told = told;
    this.#options.onChanged(this.board);
  }
}
