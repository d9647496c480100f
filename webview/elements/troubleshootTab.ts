import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ExchangeId } from '../../src/shared/exchange.ts';
import { plain } from '../../src/shared/text.ts';
import { stepNames } from '../../src/shared/troubleshooting.ts';
import type { Step, StepAction, StepState, Troubleshooting } from '../../src/shared/troubleshooting.ts';
import type { LogModel } from '../model/logModel.ts';
import { stateName, stepName, t } from '../strings.ts';
import { factTable } from './factTable.ts';
import { hourBars } from './hourBars.ts';
import { icon } from './icon.ts';
import type { Icon } from './icon.ts';

/** The five steps against a refusal, filled in while one watches. */
export function troubleshootTab(model: LogModel, { id }: { readonly id: ExchangeId }): TemplateResult {
  const known = model.detail.troubleshooting();
  if (known.kind === 'failed') return html`<p class="pad tone-error" role="alert">${known.message}</p>`;
  if (known.kind === 'loading') return html`<p class="pad faint soon">${t('rowLoading')}</p>`;
  return html`<div class="pad">
    ${known.value === null ? invitation(model, id) : checklist(model, known.value)}
    <div class="visually-hidden" role="status">${model.detail.stepNews}</div>
  </div>`;
}

/** Nothing is asked of a vendor before somebody wants it. */
function invitation(model: LogModel, id: ExchangeId): TemplateResult {
  return html`<p class="sentence">${t('troubleshootIntro')}</p>
    <ol class="outlook">
      ${stepNames.map((name) => html`<li>${stepName(name)}</li>`)}
    </ol>
    <vscode-button ?disabled=${!model.running} @click=${() => model.run(() => model.api.troubleshoot(id))}
      >${t('troubleshootStart')}</vscode-button
    >`;
}

function checklist(model: LogModel, known: Troubleshooting): TemplateResult {
  const { id, steps, conclusion, finishedAt, simulated } = known;
  return html`<div class="outcome">
      <p class="sentence">
        ${simulated ? html`${icon('beaker')} ` : nothing}${conclusion === null ? t('troubleshootRunning') : plain(conclusion)}
      </p>
      <vscode-button
        secondary
        ?disabled=${finishedAt === null || !model.running}
        @click=${() => model.run(() => model.api.troubleshoot(id))}
        >${t('troubleshootAgain')}</vscode-button
      >
    </div>
    <ol class="steps" role="list">
      ${steps.map((step, index) => stepItem(model, known, step, index + 1))}
    </ol>`;
}

const looks: Readonly<Record<StepState, { readonly icon: Icon; readonly tone: string }>> = {
  running: { icon: 'loading', tone: 'running' },
  ok: { icon: 'passFilled', tone: 'good' },
  problem: { icon: 'error', tone: 'error' },
  unknown: { icon: 'question', tone: 'muted' },
  needsYou: { icon: 'account', tone: 'warning' },
};

function stepItem(model: LogModel, { id }: Troubleshooting, step: Step, number: number): TemplateResult {
  const { name, state, sentences, facts, actions } = step;
  const look = looks[state];
  return html`<li class=${`step ${state}`} data-step=${name} aria-busy=${state === 'running' ? 'true' : 'false'}>
    <span class=${`mark-of-step tone-${look.tone}`}>${icon(look.icon, state === 'running')}</span>
    <div class="step-body">
      <h3>
        <span class="faint">${number}</span> ${stepName(name)}
        <span class=${`state tone-${look.tone}`}>${stateName(state)}</span>
      </h3>
      ${sentences.map((sentence) => html`<p>${plain(sentence)}</p>`)}
      ${step.hours === undefined ? nothing : hourBars(step.hours)}
      ${
        facts.length === 0
          ? nothing
          : html`<details ?open=${name === 'usage' || state === 'problem' || state === 'needsYou'}>
              <summary>${t('facts')}</summary>
              ${factTable(
                '',
                facts.map((one) => ({ name: plain(one.name), value: plain(one.value) })),
              )}
            </details>`
      }
      ${
        actions.length === 0
          ? nothing
          : html`<div class="fixes" role="group" aria-label=${stepName(name)}>
              ${actions.map((action, index) => button(model, id, action, index > 0 || state === 'ok'))}
            </div>`
      }
    </div>
  </li>`;
}

function button(model: LogModel, id: ExchangeId, action: StepAction, secondary: boolean): TemplateResult {
  return html`<vscode-button
    ?secondary=${secondary}
    data-action=${action.id}
    @click=${() => model.run(() => model.api.stepAction(id, action.id))}
    >${plain(action.title)}${action.kind === 'open' ? html`<span class="leads-out">${icon('linkExternal')}</span>` : nothing}</vscode-button
  >`;
}
