import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { LogModel } from '../model/logModel.ts';
import { firstState } from '../model/panelState.ts';
import { t } from '../strings.ts';

const step = 0.03;

/** The edge between list and details: dragged, or moved with the arrow keys (the window splitter of WAI-ARIA). */
export function splitter(model: LogModel, where: 'side' | 'bottom'): TemplateResult {
  const share = model.state.share[where];
  const drag = (event: PointerEvent): void => {
    const edge = event.currentTarget;
    if (!(edge instanceof HTMLElement) || edge.parentElement === null) return;
    event.preventDefault();
    edge.setPointerCapture(event.pointerId);
    const area = edge.parentElement.getBoundingClientRect();
    const move = ({ clientX, clientY }: PointerEvent): void =>
      model.setShare(
        where,
        where === 'side' ? (area.right - clientX) / area.width : (area.bottom - clientY) / area.height,
      );
    edge.addEventListener('pointermove', move);
    edge.addEventListener('lostpointercapture', () => edge.removeEventListener('pointermove', move), { once: true });
  };
  const keys: Readonly<Record<string, number>> =
    where === 'side' ? { ArrowLeft: step, ArrowRight: -step } : { ArrowUp: step, ArrowDown: -step };
  const onKey = (event: KeyboardEvent): void => {
    const change = keys[event.key];
    if (change === undefined) return;
    event.preventDefault();
    model.setShare(where, share + change);
  };
  return html`<div
    class="splitter"
    role="separator"
    tabindex="0"
    aria-label=${t('resizeDetails')}
    aria-orientation=${where === 'side' ? 'vertical' : 'horizontal'}
    aria-valuenow=${Math.round(share * 100)}
    aria-valuemin="15"
    aria-valuemax="85"
    @pointerdown=${drag}
    @dblclick=${() => model.setShare(where, firstState.share[where])}
    @keydown=${onKey}
  ></div>`;
}
