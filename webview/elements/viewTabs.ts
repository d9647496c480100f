import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { trendGroupings, trendRangeNames } from '../../src/shared/trends.ts';
import type { LogModel } from '../model/logModel.ts';
import { panelViews } from '../model/panelState.ts';
import { t } from '../strings.ts';

/** Log or trends. Arrow keys change between them, as between all tabs. */
export function viewTabs(model: LogModel): TemplateResult {
  const { view } = model.state;
  const views = [
    ...panelViews.map((id) => ({ id, title: t(`view.${id}`) })),
    ...model.sessions.all.map(({ id, name }) => ({ id, title: name })),
  ];
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const next = views.findIndex(({ id }) => id === view) + (event.key === 'ArrowLeft' ? -1 : 1);
    model.setView(views.at(next % views.length)?.id ?? 'log');
    const tabs = event.currentTarget instanceof Element ? event.currentTarget : null;
    requestAnimationFrame(() => {
      const selected = tabs?.querySelector('[aria-selected="true"]');
      if (selected instanceof HTMLElement) selected.focus();
    });
  };
  return html`<div class="views" role="tablist" aria-label=${t('views')} @keydown=${onKey}>
    ${views.map(
      ({ id, title }) =>
        html`<button
          class="view"
          role="tab"
          type="button"
          aria-selected=${String(view === id)}
          tabindex=${view === id ? 0 : -1}
          @click=${() => model.setView(id)}
        >
          ${title}
        </button>`,
    )}
  </div>`;
}

/** The row above the trends: how long back, and by what. */
export function trendBar(model: LogModel): TemplateResult {
  const { trendRange, trendBy } = model.state;
  return html`<div class="toolbar">
    ${viewTabs(model)}
    <div class="chips" role="group" aria-label=${t('trend.range')}>
      ${trendRangeNames.map(
        (range) =>
          html`<button
            class="chip"
            type="button"
            aria-pressed=${String(range === trendRange)}
            title=${t(`range.${range}`)}
            @click=${() => model.update({ trendRange: range })}
          >
            ${range}
          </button>`,
      )}
    </div>
    <select
      class="group"
      aria-label=${t('trend.by')}
      title=${t('trend.by')}
      @change=${(event: Event) => {
        const value = event.target instanceof HTMLSelectElement ? event.target.value : '';
        model.update({ trendBy: trendGroupings.find((one) => one === value) ?? 'all' });
      }}
    >
      ${trendGroupings.map(
        (by) =>
          html`<option value=${by} ?selected=${by === trendBy}>
            ${by === 'all' ? t('trend.all') : `${t('trend.by')}: ${t(`group.${by}`)}`}
          </option>`,
      )}
    </select>
  </div>`;
}
