import '@vscode-elements/elements/dist/vscode-tabs/index.js';
import { html, nothing } from 'lit';
import type { CSSResultGroup, TemplateResult } from 'lit';
import type { Exchange, ExchangeSummary } from '../../src/shared/exchange.ts';
import type { PanelTab } from '../../src/shared/panel.ts';
import type { PanelString } from '../../src/shared/panelStrings.ts';
import { curl } from '../../src/requests/curl.ts';
import { toPlainRequest } from '../../src/requests/plainRequest.ts';
import { formatCount } from '../format.ts';
import { toneOf } from '../model/statusLine.ts';
import { t } from '../strings.ts';
import { detailStyles } from './detailStyles.ts';
import { findingTab } from './findingTab.ts';
import { iconButton } from './icon.ts';
import { messageTab } from './messageTab.ts';
import { ModelElement } from './modelElement.ts';
import { overviewTab } from './overviewTab.ts';
import { sharedStyles } from './styles.ts';
import { statusIcon, statusText } from './tableRow.ts';
import { timingTab } from './timingTab.ts';
import { troubleshootStyles } from './troubleshootStyles.ts';
import { troubleshootTab } from './troubleshootTab.ts';

interface Tab {
  readonly name: PanelTab;
  readonly title: PanelString;
  readonly content: (exchange: Exchange) => TemplateResult;
}

/** One exchange in full, in tabs. Fires `leave` when the keyboard should go back to the list. */
export class ExchangeDetail extends ModelElement {
  static override styles: CSSResultGroup = [sharedStyles, detailStyles, troubleshootStyles];

  /** Gives the selected tab the keyboard. */
  override focus(): void {
    // The tabs know which of them is selected only once they are painted.
    requestAnimationFrame(() => this.renderRoot.querySelector<HTMLElement>('vscode-tab-header[active]')?.focus());
  }

  #tabs(row: ExchangeSummary): readonly Tab[] {
    const { model } = this;
    const finding: Tab = { name: 'finding', title: 'tabFinding', content: (exchange) => findingTab(model, exchange) };
    const troubleshooting: Tab = {
      name: 'troubleshoot',
      title: 'tabTroubleshoot',
      content: (exchange) => troubleshootTab(model, exchange),
    };
    return [
      { name: 'overview', title: 'tabOverview', content: (exchange) => overviewTab(model, exchange) },
      { name: 'request', title: 'tabRequest', content: (exchange) => messageTab(model, exchange, 'request') },
      { name: 'response', title: 'tabResponse', content: (exchange) => messageTab(model, exchange, 'response') },
      { name: 'timing', title: 'tabTiming', content: timingTab },
      ...(row.diagnosis === null ? [] : [finding]),
      ...(canBeTroubleshot(row) ? [troubleshooting] : []),
    ];
  }

  protected override render(): TemplateResult | typeof nothing {
    const { row } = this.model.detail;
    if (row === null) return nothing;
    const tabs = this.#tabs(row);
    const selected = Math.max(
      0,
      tabs.findIndex(({ name }) => name === this.model.state.tab),
    );
    return html`<section aria-label=${t('details', formatCount(row.number))} @keydown=${this.#onKey}>
      ${this.#head(row)}
      <vscode-tabs
        panel
        aria-label=${t('tabs')}
        .selectedIndex=${selected}
        @vsc-tabs-select=${(event: CustomEvent<{ selectedIndex: number }>) =>
          this.model.update({ tab: tabs[event.detail.selectedIndex]?.name ?? 'overview' })}
      >
        ${tabs.map(
          ({ title }) =>
            html`<vscode-tab-header slot="header"
              >${t(title)}${title === 'tabFinding' ? html`<span class=${`dot tone-${toneOf(row)}`}></span>` : nothing}
            </vscode-tab-header>`,
        )}
        ${tabs.map(
          ({ name, content }, index) =>
            html`<vscode-tab-panel panel>
              <div class="scroll" data-tab=${name} tabindex="-1">
                ${index === selected ? this.#content(content) : nothing}
              </div>
            </vscode-tab-panel>`,
        )}
      </vscode-tabs>
    </section>`;
  }

  #content(content: Tab['content']): TemplateResult {
    const { exchange } = this.model.detail;
    switch (exchange.kind) {
      case 'loading':
        return html`<p class="pad faint soon">${t('rowLoading')}</p>`;
      case 'failed':
        return html`<p class="pad tone-error" role="alert">${exchange.message}</p>`;
      case 'here':
        return exchange.value === null ? html`<p class="pad">${t('gone')}</p>` : content(exchange.value);
    }
  }

  #head(row: ExchangeSummary): TemplateResult {
    const { model } = this;
    const { id } = row;
    const done = (what: string): 'check' | null => (model.clip.copied === what ? 'check' : null);
    return html`<header>
      <span class=${`status tone-${toneOf(row)}`}>${statusIcon(row)} ${statusText(row)}</span>
      <h2 title=${`${row.host}${row.path}`}><span class="method">${row.method}</span> ${row.host}${row.path}</h2>
      <div class="actions">
        ${iconButton('redo', model.detail.replaying ? t('replaying') : t('replay'), () => model.replay(id), {
          disabled: model.detail.replaying || !model.running || model.session !== null || row.state === 'open',
          spins: model.detail.replaying,
        })}
        ${iconButton('goToFile', t('goToLine'), () => model.run(() => model.api.reveal(id)), {
          disabled: row.callSite === null,
        })}
        ${iconButton(done('curl') ?? 'terminal', done('curl') ? t('copied') : t('copyCurl'), () => this.#copyCurl())}
        ${iconButton('copy', t('copyAs'), () => model.run(() => model.api.act(id, 'copyRequestAs')))}
        ${iconButton('edit', t('editAndSend'), () => model.run(() => model.api.act(id, 'editRequest')))}
        ${iconButton('diff', t('compare'), () => model.run(() => model.api.act(id, 'compareExchanges')), {
          disabled: row.state === 'open',
        })}
        ${iconButton(done('report') ?? 'report', done('report') ? t('copied') : t('copyReport'), () =>
          model.run(async () => {
            await model.api.copyReport(id);
            model.clip.confirm('report');
          }),
        )}
        ${iconButton('close', t('closeDetails'), () => this.#leave(true))}
      </div>
    </header>`;
  }

  #copyCurl(): void {
    const { model } = this;
    const { exchange } = model.detail;
    if (exchange.kind !== 'here' || exchange.value === null) return;
    const { value } = exchange;
    model.clip.copy('curl', async () => {
      const { request, complete } = toPlainRequest(value, await model.api.body(value.id, 'request'));
      if (!complete) model.say(t('copyCurlPartial'));
      return curl.write(request);
    });
  }

  #leave(close: boolean): void {
    if (close) this.model.close();
    this.dispatchEvent(new CustomEvent('leave'));
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    this.#leave(false);
  }
}

/** Where there is something to look into. */
function canBeTroubleshot({ diagnosis, status, state }: ExchangeSummary): boolean {
  return diagnosis !== null || state === 'failed' || (status !== null && status >= 400);
}

customElements.define('tollgate-detail', ExchangeDetail);
