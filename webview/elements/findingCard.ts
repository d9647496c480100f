import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Diagnosis, Evidence, Retry } from '../../src/shared/finding.ts';
import { findingSeverity } from '../../src/shared/finding.ts';
import { reliefText } from '../../src/shared/recourse.ts';
import { plain } from '../../src/shared/text.ts';
import { formatWait } from '../format.ts';
import type { LogModel } from '../model/logModel.ts';
import { causeName, partyName, t } from '../strings.ts';
import { icon } from './icon.ts';
import { marked } from './marked.ts';

/** A finding: cause, sentence, fixes, who acts, whether waiting helps, and what it was told from. */
export function findingCard(model: LogModel, diagnosis: Diagnosis, brief: boolean): TemplateResult {
  const severity = findingSeverity(diagnosis);
  const evidence = brief ? diagnosis.evidence.slice(0, 2) : diagnosis.evidence;
  return html`<section class=${`card ${severity}`}>
    <h3>${icon(severity)} ${causeName(diagnosis.cause)}</h3>
    <p class="sentence">
      ${plain(diagnosis.summary)}${diagnosis.relief === undefined ? nothing : ` ${plain(reliefText(diagnosis.relief))}`}
    </p>
    ${fixes(model)}
    <p class="facts">
      <span>${t('whoActs')}: <strong>${partyName(diagnosis.responsibleParty)}</strong></span>
      <span>${retrySentence(diagnosis.retry)}</span>
    </p>
    ${
      evidence.length === 0
        ? nothing
        : html`<h4>${t('evidence')}</h4>
            <ul class="evidence">
              ${evidence.map(
                (one) =>
                  html`<li>
                    <span class="faint">${evidenceName(one)}</span>
                    <q class="mono wrap">${marked(one.quote)}</q>
                  </li>`,
              )}
            </ul>`
    }
  </section>`;
}

function fixes(model: LogModel): TemplateResult {
  const loaded = model.detail.fixes();
  const { id } = model.detail;
  if (loaded.kind === 'loading' || id === null) return html`<p class="faint soon">${t('fixesLoading')}</p>`;
  if (loaded.kind === 'failed') return html`<p class="tone-error">${loaded.message}</p>`;
  if (loaded.value.length === 0) return html`<p class="faint">${t('fixesNone')}</p>`;
  return html`<div class="fixes" role="group" aria-label=${t('fixes')}>
    ${loaded.value.map(
      (fix, index) =>
        html`<vscode-button ?secondary=${index > 0} @click=${() => model.run(() => model.api.runFix(id, fix.id))}
          >${fix.title}</vscode-button
        >`,
    )}
  </div>`;
}

function retrySentence({ helps, afterSeconds }: Retry): string {
  if (!helps) return t('retryNo');
  return afterSeconds === null ? t('retryYes') : t('retryAfter', formatWait(afterSeconds));
}

function evidenceName({ source, path }: Evidence): string {
  switch (source) {
    case 'status':
      return t('evidenceStatus');
    case 'header':
      return t('evidenceHeader', path);
    case 'trailer':
      return t('evidenceTrailer', path);
    case 'request':
      return t('evidenceRequest', path);
    case 'body':
      return path === '' ? t('evidenceBody') : t('evidenceBodyPath', path);
  }
}
