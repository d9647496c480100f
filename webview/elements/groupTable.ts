import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Cause } from '../../src/shared/finding.ts';
import { formatUsd } from '../../src/shared/money.ts';
import type { GroupQuery, LogGroup } from '../../src/shared/protocol.ts';
import { formatCount, formatDuration, formatMoment } from '../format.ts';
import { toggleTerm } from '../model/filterText.ts';
import type { LogModel } from '../model/logModel.ts';
import { causeName, t } from '../strings.ts';

/** The calls in groups; one of them opens as a filtered list. */
export function groupTable(model: LogModel, by: GroupQuery['by']): TemplateResult {
  const { groups } = model.groups;
  if (groups.kind === 'loading') return html`<p class="pad faint soon">${t('loading')}</p>`;
  if (groups.kind === 'failed') return html`<p class="pad tone-error" role="alert">${groups.message}</p>`;
  const show = ({ term }: LogGroup): void => {
    model.setGroup(null);
    void model.setFilter(toggleTerm(model.state.filter, term));
  };
  return html`<div class="groups" tabindex="-1" aria-busy=${String(model.groups.counting)}>
    ${model.groups.counting ? html`<p class="pad faint">${t('groupsCounting')}</p>` : nothing}
    <table>
      <caption class="visually-hidden">
        ${t('groupBy')} ${t(`group.${by}`)}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t(`group.${by}`)}</th>
          <th scope="col" class="end">${t('groupCalls')}</th>
          <th scope="col" class="end">${t('groupFindings')}</th>
          <th scope="col" class="end">${t('groupAverage')}</th>
          <th scope="col" class="end">${t('tokens')}</th>
          <th scope="col" class="end">${t('cost')}</th>
          <th scope="col">${t('groupNewest')}</th>
        </tr>
      </thead>
      <tbody>
        ${groups.value.map(
          (group) =>
            html`<tr>
              <th scope="row">
                <button class="link" type="button" title=${t('groupShow')} @click=${() => show(group)}>
                  ${titleOf(by, group.key)}
                </button>
              </th>
              <td class="end">${formatCount(group.calls)}</td>
              <td class="end">${group.findings === 0 ? nothing : formatCount(group.findings)}</td>
              <td class="end">${group.duration === null ? nothing : formatDuration(group.duration)}</td>
              <td class="end">${group.tokens === 0 ? nothing : formatCount(group.tokens)}</td>
              <td class="end">
                ${group.costUsd === null || group.costUsd === 0 ? nothing : `$${formatUsd(group.costUsd)}`}
              </td>
              <td>${formatMoment(group.newestAt)} <span class="faint">#${formatCount(group.newest)}</span></td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function titleOf(by: GroupQuery['by'], key: string | null): string {
  if (key === null) return t('groupRest');
  return by === 'cause' ? causeName(key as Cause) : key;
}
