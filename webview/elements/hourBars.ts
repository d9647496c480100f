import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { CallsInTime } from '../../src/shared/callHistory.ts';
import { t } from '../strings.ts';

const hour = 3_600_000;
const hoursShown = 24;

/** Calls over the day before an exchange, a bar for each hour, refusals in another colour. */
export function hourBars(hours: readonly CallsInTime[]): TemplateResult | typeof nothing {
  const last = hours.at(-1)?.at;
  const most = Math.max(...hours.map(({ calls }) => calls));
  // One bar says no more than the sentence above it.
  if (last === undefined || hours.length < 2) return nothing;
  const slots = Array.from({ length: hoursShown }, (_, index) => last - (hoursShown - 1 - index) * hour);
  return html`<ol class="hours" aria-label=${t('hourlyCalls')}>
    ${slots.map((at) => {
      const found = hours.find((one) => one.at === at);
      const label = t('hourCalls', clock(at), found?.calls ?? 0, found?.refused ?? 0);
      return html`<li title=${label}>
        <span class="visually-hidden">${label}</span>
        ${found === undefined ? nothing : html`<i class="calls" .style=${height(found.calls, most)}></i>`}
        ${found === undefined || found.refused === 0 ? nothing : html`<i class="refused" .style=${height(found.refused, most)}></i>`}
      </li>`;
    })}
  </ol>`;
}

function height(count: number, most: number): string {
  return `height: ${((count / most) * 100).toFixed(1)}%`;
}

function clock(at: number): string {
  return new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}
