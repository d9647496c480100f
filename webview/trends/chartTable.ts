import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { t } from '../strings.ts';
import { stepLabel } from './plan.ts';
import type { Chart } from './plan.ts';

/** The numbers of a chart as a table, the newest first, without steps in which nothing was. */
export function chartTable(
  chart: Chart,
  since: number,
  step: number,
  onChoose: (index: number) => void,
): TemplateResult {
  const count = chart.series[0]?.values.length ?? 0;
  const steps = Array.from({ length: count }, (_, index) => count - 1 - index).filter((index) =>
    chart.series.some(({ values }) => (values[index] ?? 0) > 0),
  );
  return html`<details>
    <summary>${t('trend.table')}</summary>
    <div class="wide" tabindex="0" role="group" aria-label=${chart.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">${t('trend.time')}</th>
            ${chart.series.map(({ label }) => html`<th scope="col" class="end">${label}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${steps.map(
            (index) =>
              html`<tr>
                <th scope="row">
                  <button class="link" type="button" title=${t('groupShow')} @click=${() => onChoose(index)}>
                    ${stepLabel(since + index * step, step)}
                  </button>
                </th>
                ${chart.series.map(({ values }) => {
                  const value = values[index] ?? null;
                  return html`<td class="end">${value === null ? '' : chart.format(value)}</td>`;
                })}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}
