import type { ExchangeSummary } from '../../src/shared/exchange.ts';
import type { ExchangePage, ExchangeQuery, LogSort } from '../../src/shared/protocol.ts';
import { BasePages, pageSize } from './basePages.ts';

/** Whether a row belongs to the filtered list; `unknown` where only the store can tell, as for words in bodies. */
export type Match = 'yes' | 'no' | 'unknown';

/** Where the rows come from and whom to tell. */
export interface RowSource {
  readonly fetch: (query: ExchangeQuery) => Promise<ExchangePage>;
  readonly onChange: () => void;
  readonly onProblem: (error: unknown) => void;
}

const mostHeadRows = 1000;
const staleDelay = 250;

/**
 * The rows of a filtered log, newest first, of which only windows are held. Rows below an anchor come from the store by
 * offset, so that calls coming in do not move them; newer ones are put before them while the reader is at the top, and
 * wait in `pending` otherwise.
 */
export class RowWindow {
  readonly #source: RowSource;
  readonly #base: BasePages;
  #filter = '';
  #sort: LogSort | undefined;
  #counting = false;
  #matches: (row: ExchangeSummary) => Match = () => 'yes';
  #head: ExchangeSummary[] = [];
  #pending = new Map<number, ExchangeSummary>();
  #newest = 0;
  #total = 0;
  #following = true;
  #stale = false;
  #staleTimer: ReturnType<typeof setTimeout> | null = null;
  #loads = 0;
  #state: 'loading' | 'ready' = 'loading';

  constructor(source: RowSource) {
    this.#source = source;
    this.#base = new BasePages(source);
  }

  /** `loading` until the first answer to the newest question. */
  get state(): 'loading' | 'ready' {
    return this.#state;
  }

  /** Rows in the list. */
  get count(): number {
    return this.#head.length + this.#base.count;
  }

  /** Rows that match, those waiting included. */
  get matching(): number {
    return this.count + this.#pending.size;
  }

  /** True while older rows are still being looked through: there may be more than are told. */
  get counting(): boolean {
    return this.#counting;
  }

  /** All rows of the log, whatever the filter. */
  get total(): number {
    return Math.max(this.#total, this.matching);
  }

  /** Matching rows that wait for the reader to come back to the top. */
  get pending(): number {
    return this.#pending.size;
  }

  /** True where something may have changed that only a reload shows. */
  get stale(): boolean {
    return this.#stale;
  }

  /** The row, or null where it is not here yet: `ensure` brings it. */
  row(index: number): ExchangeSummary | null {
    return this.#head[index] ?? this.#base.row(index - this.#head.length);
  }

  /** Loads what is missing between two indices. */
  ensure(start: number, end: number): void {
    this.#base.ensure(Math.max(0, start - this.#head.length), end - this.#head.length);
  }

  /** The index of a row that is at hand, or -1. */
  indexOf(number: number): number {
    const inHead = this.#head.findIndex((row) => row.number === number);
    if (inHead >= 0) return inHead;
    const inBase = this.#base.indexOf(number);
    return inBase < 0 ? -1 : inBase + this.#head.length;
  }

  /** The index of a row wherever it is, or of the next older one where it is not in the list. */
  async locate(number: number): Promise<number> {
    const atHand = this.indexOf(number);
    if (atHand >= 0) return atHand;
    return (await this.#base.locate(number)) + this.#head.length;
  }

  /** Starts anew with another filter. `matches` judges rows as they come in. */
  setFilter(filter: string, matches: (row: ExchangeSummary) => Match, sort: LogSort | null = null): Promise<void> {
    this.#filter = filter;
    this.#sort = sort === null || (sort.by === 'number' && sort.descending) ? undefined : sort;
    this.#matches = matches;
    return this.reload();
  }

  /** True while the reader is at the top and wants news: waiting rows join the list at once. */
  setFollowing(following: boolean): void {
    if (this.#following === following) return;
    this.#following = following;
    if (following && this.#sort === undefined) this.catchUp();
  }

  /** Lets the waiting rows in. */
  catchUp(): void {
    if (
      this.#stale ||
      (this.#sort !== undefined && this.#pending.size > 0) ||
      this.#head.length + this.#pending.size > mostHeadRows
    ) {
      void this.reload();
      return;
    }
    if (this.#pending.size === 0) return;
    const rows = [...this.#pending.values()].sort((a, b) => b.number - a.number);
    this.#pending.clear();
    this.#head = [...rows, ...this.#head].sort((a, b) => b.number - a.number);
    this.#source.onChange();
  }

  /** Asks the store again, from the top. */
  async reload(): Promise<void> {
    const load = ++this.#loads;
    this.#stale = false;
    this.#state = 'loading';
    this.#source.onChange();
    try {
      const filter = this.#filter;
      const sort = this.#sort;
      const page = await this.#source.fetch({ filter, limit: pageSize, ...(sort === undefined ? {} : { sort }) });
      const total = filter === '' ? page.total : (await this.#source.fetch({ filter: '', limit: 0 })).total;
      if (load !== this.#loads) return;
      const anchor = Math.max(0, ...page.rows.map(({ number }) => number)) + 1;
      this.#base.reset(filter, anchor, page, sort);
      void this.#countOn(load, page);
      this.#head = [];
      // Rows that came in while the answer was on its way.
      for (const number of this.#pending.keys()) if (number < anchor) this.#pending.delete(number);
      this.#total = total;
      this.#newest = Math.max(this.#newest, anchor - 1);
      this.#state = 'ready';
      if (this.#following && this.#sort === undefined) this.catchUp();
      this.#source.onChange();
    } catch (error) {
      if (load !== this.#loads) return;
      this.#state = 'ready';
      this.#source.onChange();
      this.#source.onProblem(error);
    }
  }

  /** Goes on counting where a big log was not looked through at once. */
  async #countOn(load: number, first: ExchangePage): Promise<void> {
    let { total, uncounted } = first;
    this.#counting = uncounted !== undefined;
    try {
      while (uncounted !== undefined) {
        const more: ExchangePage = await this.#source.fetch({ filter: this.#filter, before: uncounted, limit: 0 });
        if (load !== this.#loads) return;
        total += more.total;
        uncounted = more.uncounted;
        this.#counting = uncounted !== undefined;
        this.#base.grow(total);
        this.#source.onChange();
      }
    } catch (error) {
      if (load !== this.#loads) return;
      this.#counting = false;
      this.#source.onProblem(error);
    }
  }

  /** Takes in new and changed rows, oldest first. */
  receive(rows: readonly ExchangeSummary[]): void {
    for (const row of rows) this.#take(row);
    if (this.#following && this.#sort === undefined) {
      if (this.#stale) this.#reloadSoon();
      else this.catchUp();
    }
    this.#source.onChange();
  }

  /** Empties the list after the log was cleared. */
  clear(): void {
    this.#loads++;
    this.#pending.clear();
    this.#head = [];
    this.#base.reset(this.#filter, this.#newest + 1, { rows: [], total: 0 });
    this.#total = 0;
    this.#stale = false;
    this.#state = 'ready';
    this.#source.onChange();
  }

  #take(row: ExchangeSummary): void {
    if (row.number > this.#newest) {
      this.#newest = row.number;
      if (this.#state === 'ready') this.#total++;
    }
    const match = this.#matches(row);
    const inHead = this.#head.findIndex(({ id }) => id === row.id);
    if (inHead >= 0) this.#head[inHead] = row;
    const shown = inHead >= 0 || this.#base.replace(row);
    if (shown) {
      // It stays where it is until the next reload, rather than vanish under the reader's eyes.
      if (match === 'no') this.#stale = true;
    } else if (match === 'unknown') this.#stale = true;
    else if (match === 'no') this.#pending.delete(row.number);
    else if (row.number >= this.#base.anchor) this.#pending.set(row.number, row);
    else if (this.#filter !== '') this.#stale = true;
  }

  #reloadSoon(): void {
    this.#staleTimer ??= setTimeout(() => {
      this.#staleTimer = null;
      if (this.#stale && this.#following) void this.reload();
    }, staleDelay);
  }
}
