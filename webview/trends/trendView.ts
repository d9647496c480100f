import { html, LitElement, nothing } from 'lit';
import type { CSSResultGroup, PropertyDeclarations, PropertyValues, TemplateResult } from 'lit';
import { formatUsd } from '../../src/shared/money.ts';
import { stepFilter, trendQuery } from '../../src/shared/trends.ts';
import type { TrendLine, Trends } from '../../src/shared/trends.ts';
import { sharedStyles } from '../elements/styles.ts';
import { formatCount } from '../format.ts';
import type { LogModel } from '../model/logModel.ts';
import { t } from '../strings.ts';
import type { Zoom } from './chartElement.ts';
import { chartsOf } from './plan.ts';
import type { Chart } from './plan.ts';
import { trendStyles } from './trendStyles.ts';
import './chartElement.ts';

/** Milliseconds between two looks while the trends are seen. */
const refreshEvery = 15_000;

/** What calls came to over time. It is loaded when somebody asks for it. */
export class TrendView extends LitElement {
  static override styles: CSSResultGroup = [sharedStyles, trendStyles];
  static override properties: PropertyDeclarations = {
    model: { attribute: false },
    range: { attribute: false },
    by: { attribute: false },
    trends: { state: true },
  };

  declare model: LogModel;
  declare range: LogModel['state']['trendRange'];
  declare by: LogModel['state']['trendBy'];
  declare trends: Trends | null;
  #charts: readonly Chart[] = [];
  #timer: ReturnType<typeof setInterval> | null = null;
  #asked = 0;

  constructor() {
    super();
    this.trends = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => {
      if (!document.hidden && this.model.state.live) this.#load();
    }, refreshEvery);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.#timer !== null) clearInterval(this.#timer);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('range') || changed.has('by')) this.#load();
    if (changed.has('trends')) this.#charts = this.trends === null ? [] : chartsOf(this.trends);
  }

  protected override render(): TemplateResult {
    const { trends } = this;
    if (trends === null) return html`<p class="faint soon">${t('loading')}</p>`;
    return html`<div class="charts">
      ${this.#charts.map(
        (chart) =>
          html`<tollgate-chart
            .chart=${chart}
            .since=${trends.since}
            .step=${trends.step}
            @zoom=${(event: CustomEvent<Zoom>) => this.#zoom(event.detail)}
          ></tollgate-chart>`,
      )}
      ${trends.lines.length === 0 ? nothing : this.#lines(trends)}
    </div>`;
  }

  #lines({ lines, since, until }: Trends): TemplateResult {
    return html`<section class="lines" aria-label=${t('trend.lines')} tabindex="0">
      <h3>${t('trend.lines')}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">${t('trend.line')}</th>
            <th scope="col" class="end">${t('trend.cost')}</th>
            <th scope="col" class="end">${t('trend.tokens')}</th>
            <th scope="col" class="end">${t('trend.calls')}</th>
            <th scope="col" class="end">${t('trend.errors')}</th>
          </tr>
        </thead>
        <tbody>
          ${lines.map((one) => this.#line(one, since, until))}
        </tbody>
      </table>
    </section>`;
  }

  #line({ file, line, calls, errors, tokens, costUsd }: TrendLine, since: number, until: number): TemplateResult {
    const place = `${file}:${String(line)}`;
    const short = place.split(/[\\/]/).slice(-3).join('/');
    const term = `line:"${place.replace(/["\\]/g, '\\$&')}"`;
    return html`<tr>
      <th scope="row">
        <button class="link mono" type="button" title=${place} @click=${() => this.#reveal(file, line)}>
          ${short}
        </button>
      </th>
      <td class="end">${costUsd === 0 ? '' : `$${formatUsd(costUsd)}`}</td>
      <td class="end">${tokens === 0 ? '' : formatCount(tokens)}</td>
      <td class="end">
        <button
          class="link"
          type="button"
          title=${t('groupShow')}
          @click=${() => this.#zoom({ from: since, to: until, term })}
        >
          ${formatCount(calls)}
        </button>
      </td>
      <td class="end">${errors === 0 ? '' : formatCount(errors)}</td>
    </tr>`;
  }

  #reveal(file: string, line: number): void {
    this.model.run(() => this.model.api.revealLine(file, line));
  }

  /** Shows the calls behind a part of a chart in the log. */
  #zoom({ from, to, term }: Zoom): void {
    this.model.update({ view: 'log', group: null });
    void this.model.setFilter(stepFilter(from, to, term));
  }

  #load(): void {
    const asked = ++this.#asked;
    this.model.run(async () => {
      const trends = await this.model.api.trends(trendQuery(this.range, this.by, Date.now()));
      if (asked === this.#asked) this.trends = trends;
    });
  }
}

customElements.define('tollgate-trends', TrendView);
