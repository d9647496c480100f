import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Exchange } from '../../src/shared/exchange.ts';
import type { PanelString } from '../../src/shared/panelStrings.ts';
import { formatDuration } from '../format.ts';
import { timingBars } from '../model/timingBars.ts';
import type { TimingBar } from '../model/timingBars.ts';
import { t } from '../strings.ts';
import { icon } from './icon.ts';

const names: Readonly<Record<TimingBar['phase'], PanelString>> = {
  queue: 'phaseQueue',
  connect: 'phaseConnect',
  tls: 'phaseTls',
  firstByte: 'phaseFirstByte',
  download: 'phaseDownload',
};

/** Where the time went: a table whose rows carry bars. */
export function timingTab({ timing, state }: Exchange): TemplateResult {
  const bars = timingBars(timing);
  return html`<div class="pad">
    <table class="timing">
      <caption class="visually-hidden">
        ${t('phases')}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t('phase')}</th>
          <th scope="col" class="bars"><span class="visually-hidden">${t('phaseStart')}</span></th>
          <th scope="col" class="end">${t('duration')}</th>
        </tr>
      </thead>
      <tbody>
        ${bars.map(
          ({ phase, start, length, startShare, lengthShare }) =>
            html`<tr>
              <th scope="row">${t(names[phase])}</th>
              <td class="bars">
                <span class="visually-hidden">${formatDuration(start)}</span>
                <span
                  class=${`bar ${phase}`}
                  .style=${`inset-inline-start: ${(startShare * 100).toFixed(3)}%; width: ${(lengthShare * 100).toFixed(3)}%`}
                ></span>
              </td>
              <td class="end">${formatDuration(length)}</td>
            </tr>`,
        )}
      </tbody>
      ${
        timing.total === null
          ? nothing
          : html`<tfoot>
              <tr>
                <th scope="row">${t('phaseTotal')}</th>
                <td></td>
                <td class="end">${formatDuration(timing.total)}</td>
              </tr>
            </tfoot>`
      }
    </table>
    ${timing.connect === null && timing.firstByte !== null ? html`<p class="faint">${icon('info')} ${t('phaseReused')}</p>` : nothing}
    ${state === 'open' ? html`<p class="faint">${icon('loading', true)} ${t('timingOpen')}</p>` : nothing}
  </div>`;
}
