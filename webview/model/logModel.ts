import { sessionOfExchange } from '../../src/shared/sessions.ts';
import { ChannelError, type Channel } from '../../src/shared/channel.ts';
import type { ExchangeId, ExchangeSummary } from '../../src/shared/exchange.ts';
import type { PanelApi, PanelEvents, PanelTarget } from '../../src/shared/panel.ts';
import { t } from '../strings.ts';
import { Clip } from './clip.ts';
import { DetailModel } from './detailModel.ts';
import { readFilter } from './filterText.ts';
import type { FilterProblem } from './filterText.ts';
import { isFile, parsePanelState, type PanelState } from './panelState.ts';
import type { GroupQuery, LogSort } from '../../src/shared/protocol.ts';
import { GroupList } from './groupList.ts';
import { RowWindow } from './rowWindow.ts';
import { SavedFilterList } from './savedFilterList.ts';
import { SessionList } from './sessionList.ts';
import type { ImportedSession } from '../../src/shared/sessions.ts';

/** What the panel is told by whoever runs it. */
export interface LogModelOptions {
  readonly channel: Channel<PanelApi, PanelEvents, object>;
  readonly savedState: unknown;
  readonly saveState: (state: PanelState) => void;
}

/** All that the panel knows and can do. Elements show it and call it; they hold no state of their own that matters. */
export class LogModel {
  readonly api: Channel<PanelApi, PanelEvents, object>['remote'];
  readonly rows: RowWindow;
  readonly detail: DetailModel;
  readonly groups: GroupList;
  readonly savedFilters: SavedFilterList;
  readonly sessions: SessionList;
  readonly clip: Clip;
  readonly #saveState: (state: PanelState) => void;
  readonly #listeners = new Set<() => void>();
  #state: PanelState;
  #problem: FilterProblem | null = null;
  #notice: string | null = null;
  #running = true;
  #configured = true;
  /** The row that has the keyboard, and its number, because rows come and go around it. */
  #cursor = -1;
  #cursorNumber = 0;
  #revealed = 0;

  constructor({ channel, savedState, saveState }: LogModelOptions) {
    this.api = channel.remote;
    this.#state = parsePanelState(savedState);
    this.#saveState = saveState;
    this.rows = new RowWindow({
      fetch: (query) => this.api.exchanges({ ...query, ...this.#asked }),
      onChange: () => this.#rowsChanged(),
      onProblem: (error) => this.fail(error),
    });
    this.detail = new DetailModel(this.api, () => this.#changed());
    this.savedFilters = new SavedFilterList(this.api, () => this.#changed());
    this.groups = new GroupList(this.api, () => this.#changed());
    this.clip = new Clip(this, () => this.#changed());
    this.sessions = new SessionList(this.api, () => this.#changed());
    channel.on('sessions', (sessions) => {
      this.sessions.receive(sessions);
      if (isFile(this.#state.view) && this.session === null) this.setView('log');
    });
    channel.on('exchangesChanged', (rows) => {
      if (this.session === null) this.rows.receive(rows);
      this.detail.receive(rows);
    });
    channel.on('troubleshooting', (known) => this.detail.receiveTroubleshooting(known));
    channel.on('cleared', () => {
      if (this.session !== null) return;
      this.rows.clear();
      this.close();
    });
    channel.on('show', (target) => void this.show(target));
    channel.on('gateway', ({ running }) => {
      const back = running && !this.#running;
      this.#running = running;
      if (back) {
        this.#notice = null;
        this.run(() => (this.detail.id === null ? this.#restore() : this.rows.reload()));
      }
      this.#changed();
    });
  }

  /** The file whose calls are shown; null for the log. */
  get session(): ImportedSession | null {
    return this.sessions.find(this.#state.view);
  }
  get #asked(): { readonly session?: string } {
    return this.session === null ? {} : { session: this.session.id };
  }

  get state(): PanelState {
    return this.#state;
  }
  /** What is wrong with the filter as typed; the list still shows the last good one. */
  get problem(): FilterProblem | null {
    return this.#problem;
  }
  /** Something that went wrong and has not been waved away. */
  get notice(): string | null {
    return this.#notice;
  }
  get running(): boolean {
    return this.#running;
  }
  get configured(): boolean {
    return this.#configured;
  }
  get cursor(): number {
    return this.#cursor;
  }
  /** Counts the times that the cursor's row should be scrolled into view. */
  get revealed(): number {
    return this.#revealed;
  }
  get selected(): ExchangeSummary | null {
    return this.#cursor < 0 ? null : this.rows.row(this.#cursor);
  }

  /** Hears of every change, once a frame at most if the listener sees to it. Returns what stops it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The first questions, at once: what somebody wanted to see, and the newest rows. */
  async start(): Promise<void> {
    try {
      const early = this.#state.view === 'log' ? this.setFilter(this.#state.filter) : null;
      const opening = await this.api.open();
      this.#running = opening.running;
      this.#configured = opening.configured;
      this.sessions.receive(opening.sessions);
      if (isFile(this.#state.view) && this.session === null) this.update({ view: 'log' });
      this.run(() => this.savedFilters.load());
      if (opening.show !== null) {
        await this.show(opening.show);
        return;
      }
      await this.#restore(early);
    } catch (error) {
      this.fail(error);
    }
  }

  /** The list and the details as they were when the panel was last seen. */
  async #restore(early: Promise<void> | null = null): Promise<void> {
    const { filter, detailOpen, selected } = this.#state;
    await (early ?? this.setFilter(filter));
    if (detailOpen && selected !== null && this.#running && this.#state.view === 'log')
      await this.show({ id: selected as ExchangeId, filter: null });
  }

  /** Shows an exchange, in a list that has it, or the list under a filter. */
  async show({ id, filter, tab, session }: PanelTarget): Promise<void> {
    try {
      const view = session ?? (id === null ? 'log' : (sessionOfExchange(id) ?? 'log'));
      // What the log was narrowed to hardly ever fits the calls of a file.
      const wanted = filter ?? (session === undefined ? null : '');
      if (view !== this.#state.view) this.setView(view);
      if (wanted !== null) await this.setFilter(wanted);
      if (tab !== undefined) this.update({ tab });
      if (id === null) return;
      const exchange = await this.api.exchange(id);
      if (exchange === null) {
        this.#notice = t('gone');
        this.#changed();
        return;
      }
      if (readFilter(this.#state.filter).matches(exchange) === 'no') await this.setFilter('');
      else if (this.rows.state === 'loading') await this.setFilter(this.#state.filter);
      this.select(await this.rows.locate(exchange.number), true);
      this.open(exchange);
    } catch (error) {
      this.fail(error);
    }
  }

  async setFilter(text: string): Promise<void> {
    const read = readFilter(text);
    this.#problem = read.problem;
    this.update({ filter: text });
    if (read.problem !== null) return;
    this.#cursor = -1;
    if (this.#state.group !== null) this.groups.load({ filter: text.trim(), by: this.#state.group, ...this.#asked });
    await this.rows.setFilter(text.trim(), read.matches, this.#state.sort);
  }

  /** Sorts by a column; null is newest first. */
  async setSort(sort: LogSort | null): Promise<void> {
    this.update({ sort });
    await this.setFilter(this.#state.filter);
  }

  /** Shows the log, the trends, or the calls of an open file. */
  setView(view: string): void {
    this.close();
    this.update({ view });
    if (view !== 'trends') void this.setFilter(this.#state.filter);
  }

  /** Groups the calls; null lists them. */
  setGroup(group: GroupQuery['by'] | null): void {
    this.update({ group });
    if (group !== null && this.#problem === null)
      this.groups.load({ filter: this.#state.filter.trim(), by: group, ...this.#asked });
  }

  /** Chooses columns and their order; null is as at first. */
  setColumns(columns: readonly string[] | null): void {
    this.update({ columns });
  }

  /** Moves the cursor; `reveal` scrolls to it. */
  select(index: number, reveal: boolean): void {
    const last = this.rows.count - 1;
    this.#cursor = Math.min(Math.max(index, -1), last);
    if (reveal) this.#revealed++;
    const row = this.selected;
    this.#cursorNumber = row?.number ?? 0;
    if (row !== null && this.#state.detailOpen) this.open(row);
    this.#changed();
  }

  open(row: ExchangeSummary): void {
    this.update({ detailOpen: true, selected: row.id });
    this.detail.load(row);
  }

  close(): void {
    this.update({ detailOpen: false });
    this.detail.unload();
  }

  setWidth(column: string, width: number | null): void {
    const others = Object.entries(this.#state.widths).filter(([name]) => name !== column);
    this.update({ widths: Object.fromEntries(width === null ? others : [...others, [column, width]]) });
  }

  setShare(where: 'side' | 'bottom', share: number): void {
    this.update({ share: { ...this.#state.share, [where]: Math.min(0.85, Math.max(0.15, share)) } });
  }

  /** Shows a sentence until it is waved away. */
  say(notice: string): void {
    this.#notice = notice;
    this.#changed();
  }

  dismiss(): void {
    this.#notice = null;
    this.#changed();
  }

  /** Does something that a person asked for, and says so where it fails. */
  run(action: () => Promise<unknown>): void {
    action().catch((error: unknown) => this.fail(error));
  }

  /** Sends it again and shows the answer beside what it repeats. */
  replay(id: ExchangeId): void {
    this.run(async () => {
      this.detail.setReplaying(id);
      try {
        await this.show({ id: await this.api.replay(id), filter: null });
      } finally {
        this.detail.setReplaying(null);
      }
    });
  }

  fail(error: unknown): void {
    const code = error instanceof ChannelError ? error.code : null;
    // The banner says it already.
    if (code === 'gateway_stopped') this.#running = false;
    else if (code !== 'channel_closed') this.#notice = error instanceof Error ? error.message : String(error);
    this.#changed();
  }

  /** Changes what is remembered. */
  update(change: Partial<PanelState>): void {
    this.#state = { ...this.#state, ...change };
    this.#saveState(this.#state);
    this.#changed();
  }

  #rowsChanged(): void {
    const index = this.#cursorNumber === 0 ? -1 : this.rows.indexOf(this.#cursorNumber);
    if (index >= 0) this.#cursor = index;
    // The cursor was put on a row that had still to come.
    else if (this.#cursorNumber === 0 && this.#cursor >= 0) this.#cursorNumber = this.selected?.number ?? 0;
    this.#changed();
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
