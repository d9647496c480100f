import { outlook, type Circumstances, type Outlook } from '../../forecast/outlook.ts';
import type { AccountReport } from '../../shared/account.ts';
import type { CallSite } from '../../shared/callSite.ts';
import type { Exchange } from '../../shared/exchange.ts';
import type { Spending, SpendingQuery } from '../../shared/protocol.ts';
import { mutes, type Mute, type Warning, type WarningBoard, type WarningSettings } from '../../shared/warning.ts';
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

const hour = 3_600_000;

/** Makes warnings of what answers and vendors tell. Times are in milliseconds since 1970. */
export class WarningDesk {
  readonly #options: WarningDeskOptions;
  readonly #gauges: GaugeBook;
  #warnings: readonly Warning[] = [];
  #mutes: readonly Mute[];
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

  /** Looks at everything anew. */
  review(now: number): void {
    const found = new Map<string, { readonly entry: Entry; readonly outlook: Outlook }>();
    for (const entry of this.#options.settings().enabled ? this.#gauges.entries : []) {
      const ahead = outlook(entry.series, this.#circumstances(entry, now));
      if (ahead === null) continue;
      const key = `${entry.api} ${ahead.kind}`;
      if ((found.get(key)?.outlook.urgency ?? -1) < ahead.urgency) found.set(key, { entry, outlook: ahead });
    }
    this.#warnings = [...found.values()].map((one) => this.#toWarning(one.entry, one.outlook, now));
    this.#tell();
  }

  #circumstances({ api, source, series }: Entry, now: number): Circumstances {
    const warned = this.#warnings.some((one) => one.api === api && one.unit === series.unit);
    const common = { now, settings: this.#options.settings(), warned };
    if (source !== 'account') return common;
    const readAt = series.samples.at(-1)?.at ?? now;
    const spent = (since: number): number => {
      if (series.unit !== 'USD') return 0;
      return this.#options.spending({ since, by: 'api', api }).reduce((sum, { costUsd }) => sum + costUsd, 0);
    };
    return { ...common, account: { spentSince: spent(readAt), spentPerHour: spent(now - hour) } };
  }

  #toWarning({ api, model, series }: Entry, { kind, remaining, resetAt, runsOutAt }: Outlook, now: number): Warning {
    const { unit, limit, window } = series;
    const before = this.#warnings.find((one) => one.api === api && one.kind === kind);
    const warning: Warning = {
      ...{ api, kind, model, unit, remaining, limit, window, resetAt, runsOutAt },
      since: before?.since ?? now,
      at: series.samples.at(-1)?.at ?? now,
      callSite: this.#placeOf(api, unit, now),
      muted: false,
    };
    return { ...warning, muted: this.#isMuted(warning) };
  }

  #placeOf(api: string, unit: string, now: number): CallSite | null {
    return placeThatSpendsMost(this.#options.spending({ since: now - 24 * hour, by: 'line', api }), unit);
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
