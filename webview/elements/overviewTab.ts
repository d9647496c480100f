import '@vscode-elements/elements/dist/vscode-button/index.js';
import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Exchange, ExchangeId } from '../../src/shared/exchange.ts';
import { formatBytes, formatCost, formatDuration, formatMoment } from '../format.ts';
import type { LogModel } from '../model/logModel.ts';
import { t } from '../strings.ts';
import { attemptsTable } from './attemptsTable.ts';
import { changeList } from './changeList.ts';
import { copyButton } from './copyButton.ts';
import { findingCard } from './findingCard.ts';
import { factTable } from './factTable.ts';
import type { Fact } from './factTable.ts';
import { icon } from './icon.ts';
import { marked } from './marked.ts';
import { originFacts } from './originFacts.ts';
import { statusText, tokensText } from './tableRow.ts';

/** What happened, and what can be done: the finding or failure first, then the facts of the call. */
export function overviewTab(model: LogModel, exchange: Exchange): TemplateResult {
  return html`<div class="pad">
    ${failureCard(exchange)} ${exchange.diagnosis === null ? nothing : findingCard(model, exchange.diagnosis, true)}
    ${attemptsTable(exchange.attempts ?? [])} ${changeList(exchange.stages?.changes ?? [])}
    ${factTable(t('summary'), summary(model, exchange))}
  </div>`;
}

function failureCard({ failure }: Exchange): TemplateResult | typeof nothing {
  if (failure === null) return nothing;
  return html`<section class="card error">
    <h3>${icon('error')} ${t('failureTitle')}</h3>
    <p>${failure.message} <span class="faint mono">${failure.code}</span></p>
    <p><strong>${t('whatToDo')}:</strong> ${failure.hint}</p>
  </section>`;
}

function summary(model: LogModel, exchange: Exchange): readonly Fact[] {
  const { request, response, client } = exchange;
  return [
    {
      name: t('url'),
      value: html`<span class="mono wrap">${marked(exchange.url)}</span>
        ${copyButton(model, 'url', t('copyUrl'), () => exchange.url)}`,
    },
    {
      name: t('status'),
      value:
        response === null
          ? statusText(exchange)
          : `${String(response.status)} ${response.reason}`.trim() +
            ` · HTTP/${response.httpVersion.replace(/^HTTP\//i, '')}`,
    },
    { name: t('callSite'), value: callSite(model, exchange) },
    { name: t('api'), value: exchange.api ?? html`<span class="faint">${t('apiNone')}</span>` },
    ...(exchange.model === null ? [] : [{ name: t('model'), value: modelText(exchange) }]),
    ...(exchange.usage === null ? [] : [{ name: t('tokens'), value: tokensText(exchange.usage) }]),
    ...(exchange.costUsd === null || exchange.simulated ? [] : [{ name: t('cost'), value: costText(exchange) }]),
    { name: t('started'), value: formatMoment(exchange.startedAt) },
    {
      name: t('duration'),
      value:
        exchange.duration === null ? html`${icon('loading', true)} ${t('running')}` : formatDuration(exchange.duration),
    },
    {
      name: t('sizes'),
      value: t('sizesValue', formatBytes(request.body.size), formatBytes(response?.body.size ?? exchange.responseSize)),
    },
    { name: t('credential'), value: credentialText(exchange) },
    ...speedFacts(exchange),
    ...(client.pid === null ? [] : [{ name: t('process'), value: t('processValue', client.pid, client.port) }]),
    ...originFacts(model, exchange),
    ...(exchange.simulated ? [{ name: t('simulated'), value: t('simulatedValue') }] : []),
    ...(exchange.replayOf === null ? [] : [{ name: t('replayOf'), value: replayOf(model, exchange.replayOf) }]),
  ];
}

/** Whose credential was sent, and what the program's own says of itself: a token its issuer, its scopes, its end. */
function credentialText({ credentialInjected, ownCredential, startedAt }: Exchange): TemplateResult | string {
  if (credentialInjected) return t('credentialInjected');
  if (ownCredential == null) return t('credentialOwn');
  const { kind, issuer, scopes, expiresAt } = ownCredential;
  const ended = expiresAt !== null && expiresAt < startedAt;
  const parts = [
    ...(kind === 'jwt' ? ['JWT'] : []),
    ...(issuer === null ? [] : [t('credentialIssuer', issuer)]),
    ...(scopes === null || scopes.length === 0 ? [] : [t('credentialScopes', scopes.join(' '))]),
    ...(expiresAt === null ? [] : [t(ended ? 'credentialEnded' : 'credentialEnds', formatMoment(expiresAt))]),
  ];
  return html`${t('credentialOwn')}
  ${parts.length === 0 ? nothing : html`<div class=${ended ? 'tone-error' : 'faint'}>${parts.join(' · ')}</div>`}`;
}

/** Of an answer that streamed: when it began, and how fast it came. */
function speedFacts({ state, usage, timing, contentType, arrivals = [] }: Exchange): readonly Fact[] {
  const { download } = timing;
  // The first piece of the answer, which is later than its head; known while it still runs.
  const firstByte = arrivals.find(([side]) => side === 1)?.[2] ?? timing.firstByte;
  if (!/event-stream|ndjson/.test(contentType ?? '') || firstByte === null) return [];
  const pieces = arrivals.filter(([side]) => side === 1);
  const seconds = ((pieces.at(-1)?.[2] ?? 0) - firstByte) / 1000;
  // How many tokens there were is told at the end; until then a piece is about one.
  const soFar =
    seconds <= 0
      ? []
      : [{ name: t('tokenSpeed'), value: t('piecesASecond', ((pieces.length - 1) / seconds).toFixed(1)) }];
  const speed =
    usage === null || download === null || download <= 0
      ? state === 'open'
        ? soFar
        : []
      : [{ name: t('tokenSpeed'), value: t('tokensASecond', (usage.outputTokens / (download / 1000)).toFixed(1)) }];
  return [{ name: t('firstToken'), value: formatDuration(firstByte) }, ...speed];
}

/** The model that was asked for and, where it has another name, the one that answered. */
function modelText({ model, usage }: Exchange): string {
  const answered = usage?.model ?? null;
  return answered === null || answered === model ? (model ?? '') : `${model ?? ''} · ${answered}`;
}

function costText(exchange: Exchange): TemplateResult {
  const note = exchange.costEstimated ? t('costEstimated') : t('costTold');
  return html`${exchange.costUsd === 0 ? '$0.00' : formatCost(exchange)} <span class="faint">${note}</span>`;
}

function replayOf(model: LogModel, id: ExchangeId): TemplateResult {
  return html`<button class="link" type="button" @click=${() => void model.show({ id, filter: null })}>
    ${t('replayOfLink')}
  </button>`;
}

function callSite(model: LogModel, { id, callSite: site }: Exchange): TemplateResult {
  if (site === null) return html`<span class="faint">${t('callSiteNone')}</span>`;
  const place = `${site.file}:${String(site.line)}:${String(site.column)}`;
  const note = { exact: null, near: t('callSiteNear'), search: t('callSiteSearch') }[site.certainty];
  return html`<button
      class="link"
      type="button"
      title=${t('goToLine')}
      @click=${() => model.run(() => model.api.reveal(id))}
    >
      ${site.function === null ? place : t('callSiteFunction', site.function, place)}</button
    >${note === null ? nothing : html`<div class="faint">${note}</div>`}`;
}
