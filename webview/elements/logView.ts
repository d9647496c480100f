import { html, nothing } from 'lit';
import type { CSSResultGroup, PropertyDeclarations, TemplateResult } from 'lit';
import { formatCount } from '../format.ts';
import { t } from '../strings.ts';
import { FilterBox } from './filterBox.ts';
import { groupTable } from './groupTable.ts';
import { LogTable } from './logTable.ts';
import { logStyles } from './logStyles.ts';
import { ModelElement } from './modelElement.ts';
import { emptyState, notice, stoppedBanner } from './notices.ts';
import { sessionBar } from './sessionBar.ts';
import { splitter } from './splitter.ts';
import { sharedStyles } from './styles.ts';
import { toolbar } from './toolbar.ts';
import { trendBar } from './viewTabs.ts';

/** From this width on the details stand beside the list, and below it otherwise. */
const wideFrom = 1100;
const announcePause = 2000;

/** The whole panel. */
export class LogView extends ModelElement {
  static override styles: CSSResultGroup = [sharedStyles, logStyles];
  static override properties: PropertyDeclarations = {
    ...ModelElement.properties,
    wide: { state: true },
    announced: { state: true },
  };

  declare wide: boolean;
  declare announced: string;
  #resizes: ResizeObserver | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor() {
    super();
    this.wide = true;
    this.announced = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizes = new ResizeObserver(() => (this.wide = this.clientWidth >= wideFrom));
    this.#resizes.observe(this);
    document.addEventListener('keydown', this.#onKey);
    document.addEventListener('dragover', onDrag);
    document.addEventListener('drop', this.#onDrop);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes?.disconnect();
    document.removeEventListener('keydown', this.#onKey);
    document.removeEventListener('dragover', onDrag);
    document.removeEventListener('drop', this.#onDrop);
  }

  protected override updated(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      const { rows } = this.model;
      if (rows.state === 'ready') this.announced = t('announceCount', formatCount(rows.matching));
      this.model.run(loadDetail);
    }, announcePause);
  }

  protected override render(): TemplateResult {
    const { model } = this;
    if (model.state.view === 'trends') return this.#trends();
    const { rows, state, detail } = model;
    const open = state.detailOpen && detail.row !== null;
    const where = this.wide ? 'side' : 'bottom';
    if (open) model.run(loadDetail);
    return html`${toolbar(model, () => this.#table?.focus())} ${sessionBar(model)} ${stoppedBanner(model)}
      ${notice(model)}
      <div
        class=${`main ${where} ${open ? 'open' : ''}`}
        .style=${`--share: ${(state.share[where] * 100).toFixed(2)}%`}
      >
        <div class="list">
          ${
            state.group === null
              ? html`<tollgate-table
                    .model=${model}
                    @open=${() => model.run(() => this.#focusDetail())}
                  ></tollgate-table>
                  ${rows.count === 0 ? emptyState(model) : nothing}`
              : groupTable(model, state.group)
          }
        </div>
        ${
          open
            ? html`${splitter(model, where)}
                <tollgate-detail .model=${model} @leave=${() => this.#table?.focus()}></tollgate-detail>`
            : nothing
        }
      </div>
      <div class="visually-hidden" role="status">${this.announced}</div>`;
  }

  /** Details are loaded when somebody opens a call, or nothing else is to be done. */
  async #focusDetail(): Promise<void> {
    await loadDetail();
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('tollgate-detail')?.focus();
  }

  /** Charts are loaded when somebody wants to see them. */
  #trends(): TemplateResult {
    const { model } = this;
    const { trendRange, trendBy } = model.state;
    model.run(() => import('../trends/trendView.ts'));
    return html`${trendBar(model)} ${stoppedBanner(model)} ${notice(model)}
      <tollgate-trends .model=${model} .range=${trendRange} .by=${trendBy}></tollgate-trends>`;
  }

  get #table(): LogTable | null {
    return this.#find(LogTable, 'tollgate-table');
  }

  #find<Found extends Element>(type: new () => Found, tag: string): Found | null {
    const found = this.renderRoot.querySelector(tag);
    return found instanceof type ? found : null;
  }

  readonly #onDrop = (event: DragEvent): void => {
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.model.run(async () => {
      for (const file of files) await this.model.sessions.drop(file);
    });
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const [target] = event.composedPath();
    const typing = target instanceof HTMLInputElement;
    const find = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'f';
    if (!find && (typing || event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey)) return;
    event.preventDefault();
    this.#find(FilterBox, 'tollgate-filter')?.focus();
  };
}

const loadDetail = (): Promise<unknown> => import('./exchangeDetail.ts');

/** Else a dropped file would be opened in place of the panel. */
function onDrag(event: DragEvent): void {
  if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
}

customElements.define('tollgate-log', LogView);
