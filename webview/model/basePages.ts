import type { ExchangeSummary } from '../../src/shared/exchange.ts';
import type { ExchangePage, ExchangeQuery, LogSort } from '../../src/shared/protocol.ts';
import type { RowSource } from './rowWindow.ts';

/** Rows fetched at a time. */
export const pageSize = 100;

const mostPages = 60;

/** The stored rows below an anchor, in pages that come when they are looked at and go when they are not. */
export class BasePages {
  readonly #source: RowSource;
  #filter = '';
  #sort: LogSort | undefined;
  #anchor = 1;
  #count = 0;
  /** In the order of their last use. */
  #pages = new Map<number, ExchangeSummary[]>();
  #loading = new Set<number>();
  #epoch = 0;

  constructor(source: RowSource) {
    this.#source = source;
  }

  get count(): number {
    return this.#count;
  }

  /** Rows here have smaller numbers than this. */
  get anchor(): number {
    return this.#anchor;
  }

  /** Starts anew with the first page at hand. */
  reset(filter: string, anchor: number, first: ExchangePage, sort?: LogSort): void {
    this.#epoch++;
    this.#sort = sort;
    this.#filter = filter;
    this.#anchor = anchor;
    this.#count = first.total;
    this.#pages = new Map([[0, [...first.rows]]]);
    this.#loading.clear();
  }

  /** Further rows were counted. */
  grow(count: number): void {
    this.#count = count;
  }

  row(index: number): ExchangeSummary | null {
    return this.#pages.get(Math.floor(index / pageSize))?.[index % pageSize] ?? null;
  }

  indexOf(number: number): number {
    for (const [page, rows] of this.#pages) {
      const index = rows.findIndex((row) => row.number === number);
      if (index >= 0) return page * pageSize + index;
    }
    return -1;
  }

  /** Puts a changed row in its place; false where it is not at hand. */
  replace(row: ExchangeSummary): boolean {
    for (const rows of this.#pages.values()) {
      if ((rows[0]?.number ?? 0) < row.number || (rows.at(-1)?.number ?? Infinity) > row.number) continue;
      const index = rows.findIndex(({ id }) => id === row.id);
      if (index < 0) continue;
      rows[index] = row;
      return true;
    }
    return false;
  }

  ensure(start: number, end: number): void {
    const last = Math.floor((Math.min(end, this.#count) - 1) / pageSize);
    for (let page = Math.floor(start / pageSize); page <= last; page++) {
      const rows = this.#pages.get(page);
      // A page may have been the last when it came.
      if (rows === undefined || rows.length < Math.min(pageSize, this.#count - page * pageSize)) void this.#load(page);
      else {
        this.#pages.delete(page);
        this.#pages.set(page, rows);
      }
    }
  }

  /** How many rows here are newer than `number`: its index, or that of the next older one. */
  async locate(number: number): Promise<number> {
    // Where a row stands in another order is not asked: it stays where it is, if it is at hand.
    if (this.#sort !== undefined) return 0;
    const newer = `number>${String(number)} number<${String(this.#anchor)}`;
    const filter = this.#filter === '' ? newer : `(${this.#filter}) ${newer}`;
    return (await this.#source.fetch({ filter, limit: 1 })).total;
  }

  /** Where a page begins, told from the nearest page above it that is here: stores count few rows sooner than many. */
  #start(page: number): Pick<ExchangeQuery, 'before' | 'offset' | 'sort'> {
    if (this.#sort !== undefined) return { sort: this.#sort, offset: page * pageSize };
    const above = Math.max(-1, ...[...this.#pages.keys()].filter((other) => other < page));
    const before = this.#pages.get(above)?.at(-1)?.number ?? this.#anchor;
    return { before, offset: (page - above - 1) * pageSize };
  }

  async #load(page: number): Promise<void> {
    if (this.#loading.has(page)) return;
    this.#loading.add(page);
    const epoch = this.#epoch;
    try {
      const { rows, uncounted } = await this.#source.fetch({
        filter: this.#filter,
        ...this.#start(page),
        limit: pageSize,
        total: false,
      });
      if (epoch !== this.#epoch) return;
      this.#loading.delete(page);
      this.#pages.set(page, [...rows]);
      // Retention has taken the oldest meanwhile.
      if (rows.length < pageSize && uncounted === undefined)
        this.#count = Math.min(this.#count, page * pageSize + rows.length);
      for (const oldest of this.#pages.keys()) {
        if (this.#pages.size <= mostPages) break;
        this.#pages.delete(oldest);
      }
      this.#source.onChange();
    } catch (error) {
      // The page stays in `#loading`: it is asked for again after a reset, not on every paint.
      if (epoch === this.#epoch) this.#source.onProblem(error);
    }
  }
}
