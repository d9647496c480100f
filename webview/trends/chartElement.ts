import { html, LitElement, nothing } from 'lit';
import type { CSSResultGroup, PropertyDeclarations, PropertyValues, TemplateResult } from 'lit';
import type uPlot from 'uplot';
import { sharedStyles } from '../elements/styles.ts';
import { t } from '../strings.ts';
import { chartTable } from './chartTable.ts';
import { colourName } from './colours.ts';
import { changeOf, stepLabel } from './plan.ts';
import type { Chart } from './plan.ts';
import { drawPlot } from './plot.ts';
import { chartStyles } from './trendStyles.ts';

const height = 170;

/** The calls behind a part of a chart. Milliseconds since 1970. */
export interface Zoom {
  readonly from: number;
  readonly to: number;
  readonly term: string;
}

/** One chart, its legend and its table. Arrow keys move through its points; what they say is announced. */
export class ChartElement extends LitElement {
  static override styles: CSSResultGroup = [sharedStyles, chartStyles];
  static override properties: PropertyDeclarations = {
    chart: { attribute: false },
    since: { attribute: false },
    step: { attribute: false },
    point: { state: true },
    chosen: { state: true },
  };

  declare chart: Chart;
  declare since: number;
  declare step: number;
  /** The step that is looked at; null for none. */
  declare point: number | null;
  /** The series that is looked at; -1 for all. */
  declare chosen: number;
  #plot: uPlot | null = null;
  #resizes: ResizeObserver | null = null;
  #themes: MutationObserver | null = null;

  constructor() {
    super();
    this.point = null;
    this.chosen = -1;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizes = new ResizeObserver(() => this.#plot?.setSize({ width: this.#width, height }));
    this.#resizes.observe(this);
    this.#themes = new MutationObserver(() => this.#draw());
    for (const element of [document.documentElement, document.body])
      this.#themes.observe(element, { attributes: true, attributeFilter: ['class', 'style'] });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes?.disconnect();
    this.#themes?.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
  }

  protected override updated(changed: PropertyValues): void {
    if (changed.has('chart')) this.#draw();
    if (this.#plot !== null && changed.has('point') && this.renderRoot.querySelector('.plot:focus') !== null)
      this.#plot.setCursor({ left: this.#leftOf(this.point), top: 10 }, false);
  }

  protected override render(): TemplateResult {
    const { chart } = this;
    const change = changeOf(chart.sum, chart.sumBefore);
    const isEmpty = chart.series.every(({ values }) => values.every((value) => value === null || value === 0));
    return html`<section aria-label=${chart.title}>
      <h3>
        ${chart.title} ${chart.sum === null ? nothing : html`<span class="sum">${chart.format(chart.sum)}</span>`}
        ${
          change === null || chart.sumBefore === null
            ? nothing
            : html`<span class="faint">${t('trend.change', change, chart.format(chart.sumBefore))}</span>`
        }
      </h3>
      <div
        class="plot"
        role="slider"
        tabindex="0"
        aria-label=${chart.title}
        aria-valuemin="0"
        aria-valuemax=${Math.max(0, this.#steps - 1)}
        aria-valuenow=${this.point ?? this.#steps - 1}
        aria-valuetext=${isEmpty ? t('trend.empty') : this.#said()}
        title=${t('trend.hint')}
        @keydown=${this.#onKey}
      ></div>
      ${isEmpty ? html`<p class="faint empty">${t('trend.empty')}</p>` : this.#legend()}
      ${isEmpty ? nothing : chartTable(chart, this.since, this.step, (index) => this.#zoom(index, index, -1))}
    </section>`;
  }

  #legend(): TemplateResult {
    const { chart, point } = this;
    return html`<ul class="legend">
      ${chart.series.map(({ label, values }, index) => {
        const value = point === null ? null : (values[point] ?? null);
        return html`<li class=${this.chosen === index ? 'chosen' : ''}>
          <i class="swatch ${chart.kind}" .style=${`--swatch: var(${colourName(index)}, gray)`}></i>${label}
          ${value === null ? nothing : html`<b>${chart.format(value)}</b>`}
        </li>`;
      })}
      ${
        chart.before === null
          ? nothing
          : html`<li class="faint">
              <i class="swatch before"></i>${t('trend.before')}
              ${point === null ? nothing : html`<b>${chart.format(chart.before[point] ?? 0)}</b>`}
            </li>`
      }
      ${point === null ? nothing : html`<li class="faint at">${stepLabel(this.since + point * this.step, this.step)}</li>`}
    </ul>`;
  }

  /** What the point says, in words. */
  #said(): string {
    const { chart } = this;
    const point = this.point ?? this.#steps - 1;
    const told = chart.series
      .filter((_, index) => this.chosen === -1 || this.chosen === index)
      .flatMap(({ label, values }) => {
        const value = values[point] ?? null;
        return value === null || (value === 0 && chart.series.length > 1 && this.chosen === -1)
          ? []
          : [`${label} ${chart.format(value)}`];
      });
    return `${stepLabel(this.since + point * this.step, this.step)}: ${told.length === 0 ? t('trend.nothing') : told.join(', ')}`;
  }

  get #steps(): number {
    return this.chart.series[0]?.values.length ?? this.chart.before?.length ?? 0;
  }

  get #width(): number {
    return Math.max(200, this.clientWidth);
  }

  #leftOf(point: number | null): number {
    const at = (this.since + ((point ?? 0) + 0.5) * this.step) / 1000;
    return point === null ? -10 : (this.#plot?.valToPos(at, 'x') ?? -10);
  }

  #draw(): void {
    const target = this.renderRoot.querySelector('.plot');
    this.#plot?.destroy();
    this.#plot = null;
    if (!(target instanceof HTMLElement)) return;
    const { chart, since, step } = this;
    this.#plot = drawPlot(target, {
      ...{ chart, since, step, height, width: this.#width },
      onPoint: (index) => (this.point = index ?? (target.matches(':focus') ? this.point : null)),
      onChoose: (index) => this.#zoom(index, index, -1),
      onSweep: (first, last) => this.#zoom(first, last, -1),
    });
  }

  #zoom(first: number, last: number, series: number): void {
    const [from, to] = [this.since + first * this.step, this.since + (last + 1) * this.step];
    const terms = this.chart.series.map(({ term }) => term);
    // What all of a chart's layers ask for alike is asked for whichever was chosen.
    const term =
      series >= 0 ? terms[series] : terms.length === 1 || new Set(terms).size === 1 ? terms[0] : this.#common();
    const detail: Zoom = { from, to, term: term ?? this.#common() };
    this.dispatchEvent(new CustomEvent<Zoom>('zoom', { detail }));
  }

  #common(): string {
    return { errors: '(status>=400 or state:failed)', tokens: 'tokens>0', cost: 'has:cost', calls: '', latency: '' }[
      this.chart.name
    ];
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    const last = this.#steps - 1;
    const at = this.point ?? last + 1;
    const page = Math.max(1, Math.round(this.#steps / 10));
    const point = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last, PageUp: at - page, PageDown: at + page }[
      event.key
    ];
    const { length } = this.chart.series;
    if (point !== undefined) this.point = Math.min(last, Math.max(0, point));
    else if (event.key === 'ArrowDown') this.chosen = this.chosen + 1 < length ? this.chosen + 1 : -1;
    else if (event.key === 'ArrowUp') this.chosen = this.chosen >= 0 ? this.chosen - 1 : length - 1;
    else if (event.key === 'Enter' && this.point !== null) this.#zoom(this.point, this.point, this.chosen);
    else return;
    event.preventDefault();
  };
}

customElements.define('tollgate-chart', ChartElement);
