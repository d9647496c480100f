import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { formatCount } from '../format.ts';
import { chips, hasTerm, toggleTerm } from '../model/filterText.ts';
import type { LogModel } from '../model/logModel.ts';
import { t } from '../strings.ts';
import { iconButton } from './icon.ts';
import { columnsMenu, filtersMenu, groupChoice } from './menus.ts';
import { viewTabs } from './viewTabs.ts';

/** The row above the list: filter, quick filters, count, and what can be done with the whole log. */
export function toolbar(model: LogModel, onLeave: () => void): TemplateResult {
  const { rows, state } = model;
  return html`<div class="toolbar">
    ${viewTabs(model)}
    <tollgate-filter .model=${model} @leave=${onLeave}></tollgate-filter>
    <div class="chips" role="group" aria-label=${t('chips')}>
      ${chips(model.selected?.api ?? null).map(
        ({ label, title, term }) =>
          html`<button
            class="chip"
            type="button"
            title=${title}
            aria-pressed=${String(hasTerm(state.filter, term))}
            @click=${() => void model.setFilter(toggleTerm(state.filter, term))}
          >
            ${label}
          </button>`,
      )}
    </div>
    <span class="count faint">
      ${
        rows.counting
          ? t('countMore', formatCount(rows.matching))
          : rows.matching === rows.total
            ? t(rows.total === 1 ? 'countOne' : 'countAll', formatCount(rows.total))
            : t('countSome', formatCount(rows.matching), formatCount(rows.total))
      }
    </span>
    ${groupChoice(model)}
    <div class="actions">
      ${filtersMenu(model)} ${columnsMenu(model)}
      ${
        model.session !== null
          ? nothing
          : state.live
            ? iconButton('debugPause', t('pause'), () => model.update({ live: false }))
            : iconButton('debugStart', t('resume'), () => model.update({ live: true }), { pressed: true })
      }
      ${iconButton('folderOpened', t('sessionOpen'), () => model.run(() => model.api.openSession()))}
      ${model.session === null ? logButtons(model) : nothing}
    </div>
  </div>`;
}

/** What is done with the log, and not with a file that was opened. */
function logButtons(model: LogModel): TemplateResult {
  const { rows, state, api } = model;
  const filter = state.filter.trim();
  const disabled = rows.count === 0 || model.problem !== null;
  return html`${iconButton('export', t('exportHar'), () => model.run(() => api.exportHar(filter)), { disabled })}
  ${iconButton('saveAs', t('sessionSave'), () => model.run(() => api.saveSession(filter)), { disabled })}
  ${iconButton('clearAll', t('clearLog'), () => model.run(() => api.clear()), { disabled: rows.total === 0 })}`;
}
