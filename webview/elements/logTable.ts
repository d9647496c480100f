import { html, nothing } from 'lit';
import type { CSSResultGroup, PropertyDeclarations, TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { t } from '../strings.ts';
import { formatCount } from '../format.ts';
import { columnHeader } from './columnHeader.ts';
import { icon } from './icon.ts';
import { ModelElement } from './modelElement.ts';
import { rowHeight, rowSlots, scrollToSee, type Sight } from './rowSlots.ts';
import { sharedStyles } from './styles.ts';
import { fittingColumns, gridTemplate, leastTableWidth } from './tableColumns.ts';
import { cellTooltip, rowCells } from './tableRow.ts';
import { tableStyles } from './tableStyles.ts';

const headHeight = 24;

/** The list of calls: a grid of which only the rows in sight exist. Fires `open` when a row is to be looked into. */
export class LogTable extends ModelElement {
  static override styles: CSSResultGroup = [sharedStyles, tableStyles];
  static override properties: PropertyDeclarations = { ...ModelElement.properties, room: { state: true } };

  declare room: number;
  /** What of the list can be seen; null until the element has been measured. */
  #sight: Sight | null = null;
  #resizes: ResizeObserver | null = null;
  #revealed = 0;
  #shown = false;
  #columnsKey = '';

  constructor() {
    super();
    this.room = 0;
  }

  /** Gives the grid the keyboard. */
  override focus(): void {
    this.#scroller?.focus({ preventScroll: true });
  }

  /** Scrolls to the newest row. */
  scrollToTop(): void {
    if (this.#scroller !== null) this.#scroller.scrollTop = 0;
    this.model.rows.catchUp();
  }

  get #scroller(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('.scroller');
  }

  protected override firstUpdated(): void {
    const scroller = this.#scroller;
    if (scroller === null) return;
    this.#resizes = new ResizeObserver(() => this.#measure(scroller));
    this.#resizes.observe(scroller);
    this.#measure(scroller);
  }

  #measure(scroller: HTMLElement): void {
    this.room = scroller.clientWidth;
    this.#sight = { top: scroller.scrollTop, height: scroller.clientHeight };
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes?.disconnect();
  }

  protected override updated(): void {
    const { model } = this;
    if (!this.#shown && model.rows.count > 0 && this.#sight !== null) {
      this.#shown = true;
      // For whoever measures how soon the panel is there.
      requestAnimationFrame(() => performance.mark('tollgate-rows'));
    }
    if (this.#revealed !== model.revealed && this.#sight !== null && model.cursor < model.rows.count) {
      this.#revealed = model.revealed;
      if (model.cursor >= 0) this.#reveal(model.cursor, this.#sight);
    }
    this.#follow();
  }

  #reveal(index: number, { top, height }: Sight): void {
    const wanted = scrollToSee(index, top, height - headHeight);
    if (wanted === null || this.#scroller === null) return;
    this.#scroller.scrollTop = wanted;
    this.#onScroll();
  }

  readonly #onScroll = (): void => {
    const scroller = this.#scroller;
    if (scroller === null || this.#sight === null) return;
    this.#sight = { ...this.#sight, top: scroller.scrollTop };
    this.#follow();
    this.requestUpdate();
  };

  #follow(): void {
    const top = (this.#sight?.top ?? 0) < rowHeight / 2;
    this.model.rows.setFollowing(top && this.model.state.live);
  }

  protected override render(): TemplateResult {
    const { rows, cursor, state } = this.model;
    const columns = fittingColumns(this.room, state.widths, state.columns);
    this.#columnsKey = columns.map(({ name }) => name).join();
    const slots = this.#sight === null ? [] : rowSlots(this.#sight, rows.count);
    if (slots.length > 0) rows.ensure(Math.min(...slots), Math.max(...slots) + 1);
    return html`<div
        class="scroller"
        role="grid"
        tabindex="0"
        aria-label=${t('log')}
        aria-rowcount=${rows.count + 1}
        aria-colcount=${columns.length}
        aria-busy=${String(rows.state === 'loading')}
        aria-activedescendant=${slots.includes(cursor) ? `row-${cursor}` : nothing}
        .style=${`--columns: ${gridTemplate(columns)}; --least: ${leastTableWidth(columns)}px`}
        @keydown=${this.#onKey}
        @scroll=${this.#onScroll}
        @mouseover=${this.#onPointer}
      >
        <div class="head" role="row" aria-rowindex="1">
          ${guard([gridTemplate(columns), this.#columnsKey, state.sort], () => columns.map((column, index) => columnHeader(column, index, this.model, columns)))}
        </div>
        <div class="space" role="rowgroup" .style=${`height: ${rows.count * rowHeight}px`}>
          ${slots.map((index) => this.#row(index, columns))}
        </div>
      </div>
      ${this.#pill()}`;
  }

  #row(index: number, columns: ReturnType<typeof fittingColumns>): TemplateResult {
    const row = this.model.rows.row(index);
    const selected = index === this.model.cursor;
    return html`<div
      id=${`row-${index}`}
      class=${selected ? 'row selected' : 'row'}
      .style=${`top: ${index * rowHeight}px`}
      role="row"
      aria-rowindex=${index + 2}
      aria-selected=${String(selected)}
      @click=${() => this.#open(index)}
    >
      ${row === null ? html`<div role="gridcell" class="cell faint soon">${t('rowLoading')}</div>` : guard([row, this.#columnsKey], () => rowCells(row, columns))}
    </div>`;
  }

  /** What a cell has no room for is put together when somebody points at it. */
  readonly #onPointer = (event: MouseEvent): void => {
    const cell = event.composedPath().find((one) => one instanceof HTMLElement && one.classList.contains('cell'));
    if (!(cell instanceof HTMLElement) || cell.dataset.column === undefined) return;
    const row = this.model.rows.row(Number(cell.parentElement?.getAttribute('aria-rowindex')) - 2);
    cell.title = (row === null ? null : cellTooltip(row, cell.dataset.column)) ?? '';
  };

  /** New calls that wait above while the reader is elsewhere. */
  #pill(): TemplateResult | typeof nothing {
    const { rows } = this.model;
    if (rows.pending === 0 && !rows.stale) return nothing;
    const label = rows.pending === 0 ? t('newRowsUnknown') : t('newRows', formatCount(rows.pending));
    return html`<button class="pill" type="button" title=${t('newRowsTitle')} @click=${() => this.scrollToTop()}>
      ${icon('arrowUp')} ${label}
    </button>`;
  }

  #open(index: number): void {
    this.model.select(index, true);
    const row = this.model.selected;
    if (row !== null) this.model.open(row);
  }

  #onKey(event: KeyboardEvent): void {
    // The heads of columns are buttons of their own.
    if (event.composedPath()[0] instanceof HTMLButtonElement && !event.key.startsWith('Arrow')) return;
    if (event.altKey || event.metaKey || event.ctrlKey) {
      this.#onCopy(event);
      return;
    }
    const { model } = this;
    const page = Math.max(1, Math.floor(((this.#scroller?.clientHeight ?? 0) - headHeight) / rowHeight) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: model.cursor + 1,
      ArrowUp: Math.max(0, model.cursor - 1),
      PageDown: model.cursor + page,
      PageUp: Math.max(0, model.cursor - page),
      Home: 0,
      End: model.rows.count - 1,
    };
    const index = steps[event.key];
    if (index !== undefined) model.select(index, true);
    else if ((event.key === 'Enter' || event.key === ' ') && model.selected !== null) {
      this.#open(model.cursor);
      if (event.key === 'Enter') this.dispatchEvent(new CustomEvent('open'));
    } else if (event.key === 'Escape' && model.state.detailOpen) model.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #onCopy(event: KeyboardEvent): void {
    const row = this.model.selected;
    if (event.key.toLowerCase() !== 'c' || event.altKey || event.shiftKey || row === null) return;
    event.preventDefault();
    const { model } = this;
    model.clip.copy('url', async () => (await model.api.exchange(row.id))?.url ?? `https://${row.host}${row.path}`);
  }
}

customElements.define('tollgate-table', LogTable);
