import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { formatCount } from '../format.ts';
import type { LogModel } from '../model/logModel.ts';
import { t } from '../strings.ts';
import { icon, iconButton } from './icon.ts';

/** Says that the gateway is down, and offers to start it. */
export function stoppedBanner(model: LogModel): TemplateResult | typeof nothing {
  if (model.running) return nothing;
  return html`<div class="banner stopped" role="status">
    ${icon('warning')}
    <span><strong>${t('stoppedTitle')}.</strong> ${t('stoppedBody')}</span>
    <vscode-button @click=${() => model.run(() => model.api.command('startGateway'))}
      >${t('startGateway')}</vscode-button
    >
  </div>`;
}

/** Something that went wrong, until it is waved away. */
export function notice(model: LogModel): TemplateResult | typeof nothing {
  if (model.notice === null) return nothing;
  return html`<div class="banner error" role="alert">
    ${icon('error')}<span>${model.notice}</span>${iconButton('close', t('dismiss'), () => model.dismiss())}
  </div>`;
}

/** What to do where the list has nothing to show. */
export function emptyState(model: LogModel): TemplateResult | typeof nothing {
  const { rows, configured, running } = model;
  if (!running) return nothing;
  if (rows.state === 'loading') return html`<div class="empty soon"><p>${t('loading')}</p></div>`;
  if (rows.total > 0)
    return html`<div class="empty">
      ${icon('filter')}
      <h2>${t('emptyFilterTitle')}</h2>
      <p>${t('emptyFilterBody', formatCount(rows.total))}</p>
      <vscode-button secondary @click=${() => void model.setFilter('')}>${t('showAll')}</vscode-button>
    </div>`;
  return html`<div class="empty">
    ${icon(configured ? 'inbox' : 'plug')}
    <h2>${t('emptyTitle')}</h2>
    <p>${configured ? t('emptyConfigured') : t('emptyUnconfigured')}</p>
    ${
      configured
        ? html`<vscode-button secondary @click=${() => model.run(() => model.api.command('whyNothing'))}
            >${t('whyNothing')}</vscode-button
          >`
        : html`<vscode-button @click=${() => model.run(() => model.api.command('addApi'))}
            >${t('addApi')}</vscode-button
          >`
    }
  </div>`;
}
