import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { LogSort } from '../../src/shared/protocol.ts';
import type { LogModel } from '../model/logModel.ts';
import { t } from '../strings.ts';
import { icon } from './icon.ts';
import { leastWidth } from './tableColumns.ts';
import type { Column } from './tableColumns.ts';

/** What a press on a column's head does: sort by it, the other way round, and newest first again. */
function nextSort({ name }: Column, sort: LogSort | null): LogSort | null {
  const isDown = ['number', 'time', 'status', 'duration', 'cost', 'size'].includes(name);
  if (sort?.by !== name) return { by: name, descending: isDown };
  return sort.descending === isDown ? { by: name, descending: !isDown } : null;
}

/**
 * A column's head: a press sorts, dragging it onto another moves it, its edge makes it wider. By keyboard: Enter sorts,
 * Alt with an arrow moves, Shift with an arrow widens.
 */
export function columnHeader(column: Column, index: number, model: LogModel, order: readonly Column[]): TemplateResult {
  const { name, width } = column;
  const { sort } = model.state;
  const sorted = sort?.by === name ? (sort.descending ? 'descending' : 'ascending') : 'none';
  const drag = (event: PointerEvent): void => {
    const edge = event.currentTarget;
    if (!(edge instanceof HTMLElement) || width === null) return;
    event.preventDefault();
    edge.setPointerCapture(event.pointerId);
    const move = ({ clientX }: PointerEvent): void =>
      model.setWidth(name, Math.max(leastWidth, Math.round(width + clientX - event.clientX)));
    edge.addEventListener('pointermove', move);
    edge.addEventListener('lostpointercapture', () => edge.removeEventListener('pointermove', move), { once: true });
  };
  const moveTo = (target: number): void => {
    const names = order.map((one) => one.name).filter((one) => one !== name);
    names.splice(Math.max(0, Math.min(target, names.length)), 0, name);
    model.setColumns(names);
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0 || event.altKey === event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.altKey) moveTo(index + step);
    else if (width !== null) model.setWidth(name, Math.max(leastWidth, width + step * 16));
  };
  return html`<div
    role="columnheader"
    aria-colindex=${index + 1}
    aria-sort=${sorted}
    class=${`cell ${column.align}`}
    draggable="true"
    @dragstart=${(event: DragEvent) => event.dataTransfer?.setData('text/plain', name)}
    @dragover=${(event: Event) => event.preventDefault()}
    @drop=${(event: DragEvent) => {
      event.preventDefault();
      const dragged = event.dataTransfer?.getData('text/plain');
      const names = order.map((one) => one.name).filter((one) => one !== dragged);
      const source = order.find((one) => one.name === dragged);
      if (source === undefined || source.name === name) return;
      names.splice(names.indexOf(name) + (order.indexOf(source) < index ? 1 : 0), 0, source.name);
      model.setColumns(names);
    }}
  >
    <button
      type="button"
      class="sort"
      title=${t('sortColumn', t(column.title))}
      @click=${() => void model.setSort(nextSort(column, sort))}
      @keydown=${onKey}
    >
      ${t(column.title)}${sorted === 'none' ? nothing : icon(sorted === 'descending' ? 'chevronDown' : 'chevronUp')}
    </button>
    ${
      width === null
        ? nothing
        : html`<div
            class="edge"
            title=${t('resizeColumn', t(column.title))}
            @pointerdown=${drag}
            @dblclick=${() => model.setWidth(name, null)}
          ></div>`
    }
  </div>`;
}
