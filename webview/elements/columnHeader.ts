import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { LogModel } from '../model/logModel.ts';
import { t } from '../strings.ts';
import { leastWidth } from './tableColumns.ts';
import type { Column } from './tableColumns.ts';

/** A column's head, with an edge to drag; a double click on the edge gives the column its first width again. */
export function columnHeader(column: Column, index: number, model: LogModel): TemplateResult {
  const { name, width } = column;
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
  return html`<div role="columnheader" aria-colindex=${index + 1} class=${`cell ${column.align}`}>
    ${t(column.title)}
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
