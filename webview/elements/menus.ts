import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { logGroupings } from '../../src/shared/protocol.ts';
import type { LogModel } from '../model/logModel.ts';
import { t } from '../strings.ts';
import { icon, iconButton } from './icon.ts';
import type { Icon } from './icon.ts';
import { allColumns } from './tableColumns.ts';

/** A button that unfolds what it is for; Escape and a look elsewhere fold it again. */
function menu(name: Icon, label: string, content: TemplateResult): TemplateResult {
  const fold = (event: Event): void => {
    const { currentTarget } = event;
    if (!(currentTarget instanceof HTMLDetailsElement)) return;
    if (event instanceof KeyboardEvent && event.key !== 'Escape') return;
    const inside = event instanceof FocusEvent && event.relatedTarget instanceof Node;
    if (inside && currentTarget.contains(event.relatedTarget)) return;
    if (event instanceof KeyboardEvent) {
      event.stopPropagation();
      currentTarget.querySelector('summary')?.focus();
    }
    currentTarget.open = false;
  };
  return html`<details class="menu" @keydown=${fold} @focusout=${fold}>
    <summary class="icon-button" title=${label} aria-label=${label}>${icon(name)}</summary>
    <div class="sheet" tabindex="-1">${content}</div>
  </details>`;
}

/** Which columns there are, and in what order. */
export function columnsMenu(model: LogModel): TemplateResult {
  const chosen = model.state.columns ?? allColumns.map(({ name }) => name);
  const rest = allColumns.map(({ name }) => name).filter((name) => !chosen.includes(name));
  const move = (name: string, step: number): void => {
    const names = [...chosen];
    const index = names.indexOf(name);
    const target = index + step;
    if (target < 0 || target >= names.length) return;
    names.splice(index, 1);
    names.splice(target, 0, name);
    model.setColumns(names);
  };
  const rows = [...chosen, ...rest].flatMap((name) => allColumns.find((column) => column.name === name) ?? []);
  return menu(
    'gear',
    t('columnsTitle'),
    html`<h3>${t('columns')}</h3>
      ${rows.map(({ name, title, width }) => {
        const shown = chosen.includes(name);
        return html`<div class="choice">
          <label
            ><input
              type="checkbox"
              aria-label=${t(title)}
              .checked=${shown}
              ?disabled=${width === null}
              @change=${() => model.setColumns(shown ? chosen.filter((one) => one !== name) : [...chosen, name])}
            />
            ${t(title)}</label
          >
          ${
            shown
              ? html`${iconButton('chevronUp', t('columnUp', t(title)), () => move(name, -1))}
                ${iconButton('chevronDown', t('columnDown', t(title)), () => move(name, 1))}`
              : nothing
          }
        </div>`;
      })}
      <button class="link" type="button" @click=${() => model.setColumns(null)}>${t('columnsReset')}</button>`,
  );
}

/** Filters with names: take one, keep this one, delete one. */
export function filtersMenu(model: LogModel): TemplateResult {
  const { savedFilters, state, problem } = model;
  return menu(
    'star',
    t('savedFilters'),
    html`<h3>${t('savedFilters')}</h3>
      ${savedFilters.all.length === 0 ? html`<p class="faint">${t('noSavedFilters')}</p>` : nothing}
      ${savedFilters.all.map(
        ({ name, filter }) =>
          html`<div class="choice">
            <button class="link" type="button" title=${filter} @click=${() => void model.setFilter(filter)}>
              ${name}
            </button>
            <span class="faint mono">${filter}</span>
            ${iconButton('trash', t('forgetFilter', name), () => model.run(() => savedFilters.forget(name)))}
          </div>`,
      )}
      <button
        class="link"
        type="button"
        ?disabled=${state.filter.trim() === '' || problem !== null}
        @click=${() => model.run(() => savedFilters.save(state.filter.trim()))}
      >
        ${t('saveFilter')}
      </button>`,
  );
}

/** What the calls are grouped by. */
export function groupChoice(model: LogModel): TemplateResult {
  return html`<select
    class="group"
    aria-label=${t('groupBy')}
    title=${t('groupBy')}
    @change=${(event: Event) => {
      const value = event.target instanceof HTMLSelectElement ? event.target.value : '';
      model.setGroup(logGroupings.find((one) => one === value) ?? null);
    }}
  >
    <option value="" ?selected=${model.state.group === null}>${t('groupNone')}</option>
    ${logGroupings.map(
      (by) =>
        html`<option value=${by} ?selected=${model.state.group === by}>${t('groupBy')}: ${t(`group.${by}`)}</option>`,
    )}
  </select>`;
}
