import { extend, type Series } from '../../forecast/series.ts';
import { readGauges } from '../../forecast/readGauges.ts';
import { periods, type Gauge } from '../../shared/gauge.ts';
import type { AccountReport } from '../../shared/account.ts';
import type { Exchange } from '../../shared/exchange.ts';

/** The readings of one gauge, and whose it is. */
export interface Entry {
  /** The API's name or, for one that is not declared, its host. */
  readonly api: string;
  /** The model that the gauge is for; null where it holds for all. */
  readonly model: string | null;
  /** `headers` come with every call, `account` is what the vendor told when asked. */
  readonly source: 'headers' | 'account';
  readonly series: Series;
}

/** Most gauges are those of models no longer used. */
const mostEntries = 400;

/** All gauges, by what tells them apart. */
export class GaugeBook {
  readonly #entries: Map<string, Entry>;
  /** Read since they were last asked for. */
  readonly #changed = new Set<string>();

  constructor(entries: Iterable<readonly [id: string, entry: Entry]>) {
    this.#entries = new Map(entries);
  }

  get entries(): Iterable<Entry> {
    return this.#entries.values();
  }

  /** The answer's gauges. @returns whether there were any. */
  take({ api, host, provider, response, startedAt, duration, model, ownCredential }: Exchange): boolean {
    if (response === null) return false;
    const at = startedAt + (duration ?? 0);
    const gauges = readGauges({ provider, host: host.replace(/:\d+$/, ''), at, headers: response.headers });
    for (const gauge of gauges) {
      const ofModel = gauge.kind === 'quota' && gauge.unit !== '%' ? model : null;
      // Programs that send keys of different accounts have a gauge for each.
      const id = [api ?? host, ofModel ?? '', ownCredential?.fingerprint ?? '', gauge.name].join('\n');
      this.#add(id, { api: api ?? host, model: ofModel, source: 'headers' }, gauge, at);
    }
    return gauges.length > 0;
  }

  /** What an account was found to have. @returns whether there was a number in it. */
  note({ api, state, figures, at }: AccountReport): boolean {
    const { limit, used, unit = 'credits', resetAt } = figures;
    const amount = figures.amount ?? (limit !== undefined && used !== undefined ? limit - used : undefined);
    if (state === 'unknown' || amount === undefined) return false;
    const isQuota = resetAt !== undefined && limit !== undefined;
    const gauge: Gauge = {
      ...{ name: 'account', kind: isQuota ? 'quota' : 'balance', unit, remaining: amount, limit: limit ?? null },
      window: isQuota ? Math.max(periods.hour, (resetAt - at) / 1000) : null,
      resetAt: resetAt ?? null,
    };
    this.#add([api, '', '', 'account'].join('\n'), { api, model: null, source: 'account' }, gauge, at);
    return true;
  }

  /** What has changed since it was last asked, for whoever keeps it. */
  takeChanged(): readonly (readonly [id: string, entry: Entry])[] {
    const changed = [...this.#changed].flatMap((id) => {
      const entry = this.#entries.get(id);
      return entry === undefined ? [] : [[id, entry] as const];
    });
    this.#changed.clear();
    return changed;
  }

  #add(id: string, whose: Omit<Entry, 'series'>, gauge: Gauge, at: number): void {
    const series = extend(this.#entries.get(id)?.series ?? null, gauge, at);
    this.#entries.delete(id);
    this.#entries.set(id, { ...whose, series });
    this.#changed.add(id);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > mostEntries && oldest !== undefined) this.#entries.delete(oldest);
  }
}
