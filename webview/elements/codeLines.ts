import { html, LitElement, nothing } from 'lit';
import type { CSSResultGroup, PropertyDeclarations, PropertyValues, TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { visibleRows } from '../body/lines.ts';
import type { Line, Token, VisibleRow } from '../body/lines.ts';
import { t } from '../strings.ts';
import { codeStyles } from './codeStyles.ts';
import { icon } from './icon.ts';
import { mark } from './marked.ts';
import { sharedStyles } from './styles.ts';

const rowHeight = 18;
const overscan = 12;

/**
 * Lines of code, wrapped and foldable, of any number: only those in sight exist. It has the height of them all and
 * scrolls with the element around it. Fires `fold` with a line's index.
 */
export class CodeLines extends LitElement {
  static override styles: CSSResultGroup = [sharedStyles, codeStyles];
  static override properties: PropertyDeclarations = {
    lines: { attribute: false },
    closed: { attribute: false },
    numbered: { attribute: false },
    label: { attribute: false },
    columns: { state: true },
    first: { state: true },
    last: { state: true },
    cursor: { state: true },
  };

  declare lines: readonly Line[];
  declare closed: ReadonlySet<number>;
  declare numbered: boolean;
  declare label: string;
  declare columns: number;
  declare first: number;
  declare last: number;
  declare cursor: number;
  #rows: readonly VisibleRow[] = [];
  #scroller: Element | null = null;
  #resizes: ResizeObserver | null = null;

  constructor() {
    super();
    this.lines = [];
    this.closed = new Set();
    this.columns = 80;
    this.first = 0;
    this.last = 60;
    this.cursor = 0;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#scroller = scrollerOf(this);
    this.#scroller?.addEventListener('scroll', this.#look, { passive: true });
    // Folding headers away moves this element without a scroll.
    this.#scroller?.addEventListener('toggle', this.#look, true);
    this.#resizes = new ResizeObserver(() => {
      this.#measure();
      this.#look();
    });
    this.#resizes.observe(this);
    if (this.#scroller !== null) this.#resizes.observe(this.#scroller);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes?.disconnect();
    this.#scroller?.removeEventListener('scroll', this.#look);
    this.#scroller?.removeEventListener('toggle', this.#look, true);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!changed.has('lines') && !changed.has('closed') && !changed.has('columns')) return;
    if (changed.has('lines') && changed.get('lines') !== undefined) this.cursor = 0;
    this.#rows = visibleRows(this.lines, this.closed, this.columns - (this.numbered ? this.#gutter() : 0));
  }

  protected override firstUpdated(): void {
    this.#measure();
  }

  protected override updated(): void {
    this.#look();
  }

  protected override render(): TemplateResult {
    const rows = this.#rows;
    const from = Math.max(0, Math.min(this.first, rows.length - 1));
    const shown = rows.slice(from, this.last);
    const cursor = Math.min(this.cursor, rows.length - 1);
    return html`<span class="probe" aria-hidden="true">0000000000</span>
      <div
        class="space"
        role="tree"
        tabindex="0"
        aria-label=${this.label}
        aria-activedescendant=${cursor >= from && cursor < this.last ? `line-${cursor}` : nothing}
        .style=${`height: ${rows.length * rowHeight}px; --gutter: ${this.#gutter()}ch`}
        @keydown=${this.#onKey}
      >
        <div .style=${`transform: translateY(${from * rowHeight}px)`}>
          ${repeat(
            shown,
            (_row, index) => from + index,
            (row, index) => this.#row(row, from + index, cursor),
          )}
        </div>
      </div>`;
  }

  #row(row: VisibleRow, index: number, cursor: number): TemplateResult {
    return html`<div
      id=${`line-${index}`}
      class=${index === cursor ? 'line cursor' : 'line'}
      role="treeitem"
      aria-level=${row.depth + 1}
      aria-expanded=${row.open === null ? nothing : String(row.open)}
      aria-selected=${String(index === cursor)}
      @click=${() => this.#move(index)}
    >
      ${this.numbered ? html`<span class="gutter" aria-hidden="true">${row.first ? row.line + 1 : ''}</span>` : nothing}<span
        class="indent"
        .style=${`width: ${row.depth * 2}ch`}
      ></span
      >${
        row.open === null
          ? html`<span class="no-fold"></span>`
          : html`<span class="fold" title=${row.open ? t('fold') : t('unfold')} @click=${() => this.#fold(index)}
              >${icon(row.open ? 'chevronDown' : 'chevronRight')}</span
            >`
      }<span class="text">${row.tokens.map(token)}</span>
    </div>`;
  }

  /** Moves the cursor to a line and scrolls to it. */
  async reveal(line: number): Promise<void> {
    await this.updateComplete;
    const index = this.#rows.findIndex((row) => row.line === line);
    if (index >= 0) this.#move(index);
  }

  #gutter(): number {
    return String(this.lines.length).length + 2;
  }

  #fold(index: number): void {
    const row = this.#rows[index];
    if (row === undefined) return;
    this.cursor = index;
    this.dispatchEvent(new CustomEvent('fold', { detail: row.line }));
  }

  #measure(): void {
    const probe = this.renderRoot.querySelector('.probe');
    const character = (probe?.getBoundingClientRect().width ?? 0) / 10;
    if (character > 0) this.columns = Math.max(24, Math.floor((this.clientWidth - 8) / character));
  }

  readonly #look = (): void => {
    const scroller = this.#scroller;
    if (scroller === null) return;
    const above = scroller.getBoundingClientRect().top - this.getBoundingClientRect().top;
    this.first = Math.max(0, Math.floor(above / rowHeight) - overscan);
    this.last = Math.max(1, Math.ceil((above + scroller.clientHeight) / rowHeight) + overscan);
  };

  /** The keys of a tree: up and down, left to fold, right to unfold. */
  #onKey(event: KeyboardEvent): void {
    const row = this.#rows[this.cursor];
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'c' && row !== undefined) {
      // What a person marked with the mouse is copied as everywhere.
      if (!event.shiftKey && getSelection()?.isCollapsed === false) return;
      this.dispatchEvent(new CustomEvent(event.shiftKey ? 'copypath' : 'copyvalue', { detail: row.line }));
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowLeft' && row?.open === true) this.#fold(this.cursor);
    else if (event.key === 'ArrowRight' && row?.open === false) this.#fold(this.cursor);
    else if (event.key === 'ArrowLeft' && row !== undefined) this.#move(this.#parentOf(this.cursor, row.depth));
    else if (event.key === 'ArrowDown' || event.key === 'ArrowRight') this.#move(this.cursor + 1);
    else if (event.key === 'ArrowUp') this.#move(this.cursor - 1);
    else if (event.key === 'Home') this.#move(0);
    else if (event.key === 'End') this.#move(this.#rows.length - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #parentOf(index: number, depth: number): number {
    let parent = index - 1;
    while (parent > 0 && (this.#rows[parent]?.depth ?? 0) >= depth) parent--;
    return parent;
  }

  #move(to: number): void {
    const scroller = this.#scroller;
    this.cursor = Math.max(0, Math.min(to, this.#rows.length - 1));
    this.dispatchEvent(new CustomEvent('cursor', { detail: this.#rows[this.cursor]?.line ?? 0 }));
    if (scroller === null) return;
    const top = this.getBoundingClientRect().top - scroller.getBoundingClientRect().top + this.cursor * rowHeight;
    if (top < 0) scroller.scrollTop += top;
    else if (top + rowHeight > scroller.clientHeight) scroller.scrollTop += top + rowHeight - scroller.clientHeight;
  }
}

function token({ kind, text }: Token): TemplateResult | string {
  if (kind === 'plain') return text;
  return kind === 'mark' ? mark(text) : html`<span class=${kind}>${text}</span>`;
}

/** The nearest element around that scrolls, through shadow roots. */
function scrollerOf(element: Element): Element | null {
  for (
    let node: Node | null = element;
    node !== null;
    node = node.parentNode ?? (node instanceof ShadowRoot ? node.host : null)
  )
    if (node instanceof Element && node.classList.contains('scroll')) return node;
  return null;
}

customElements.define('tollgate-lines', CodeLines);
