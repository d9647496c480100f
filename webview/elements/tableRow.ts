import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { ExchangeSummary, Usage } from '../../src/shared/exchange.ts';
import type { CallSite } from '../../src/shared/callSite.ts';
import { reliefText } from '../../src/shared/recourse.ts';
import { plain } from '../../src/shared/text.ts';
import { formatBytes, formatClock, formatCost, formatCount, formatDuration } from '../format.ts';
import { statusPhrase, toneOf } from '../model/statusLine.ts';
import { causeName, t } from '../strings.ts';
import { icon } from './icon.ts';
import type { Column } from './tableColumns.ts';

/** The cells of a row, in the order of the columns. */
export function rowCells(row: ExchangeSummary, columns: readonly Column[]): readonly TemplateResult[] {
  return columns.map(
    ({ name, align }, index) =>
      html`<div role="gridcell" aria-colindex=${index + 1} class=${`cell ${name} ${align}`} data-column=${name}>
        ${cell(row, name)}
      </div>`,
  );
}

function cell(row: ExchangeSummary, name: Column['name']): TemplateResult | string {
  switch (name) {
    case 'number':
      return formatCount(row.number);
    case 'time':
      return formatClock(row.startedAt);
    case 'method':
      return row.method;
    case 'api':
      return row.api ?? '–';
    case 'url':
      return html`${row.replayOf === null ? nothing : icon('redo')}${simulatedBadge(row)}<span class="host"
          >${row.host}</span
        >${row.path}`;
    case 'status':
      return html`<span class=${`tone-${toneOf(row)}`}>${statusIcon(row)} ${statusText(row)}</span>`;
    case 'cause':
      return row.diagnosis === null
        ? ''
        : html`<span class=${`badge tone-${toneOf(row)}`}
            >${row.diagnosis.relief === undefined ? nothing : html`${icon('swap')} `}${causeName(
              row.diagnosis.cause,
            )}</span
          >`;
    case 'line':
      return row.callSite === null ? '' : siteName(row.callSite);
    case 'model':
      return row.model ?? '';
    case 'cost':
      return formatCost(row);
    case 'duration':
      return row.duration === null ? '' : formatDuration(row.duration);
    case 'size':
      return row.responseSize === 0 && row.state === 'open' ? '' : formatBytes(row.responseSize);
  }
}

function simulatedBadge({ simulated }: ExchangeSummary): TemplateResult | typeof nothing {
  return simulated ? html`<span class="badge tone-warning">${icon('beaker')} ${t('simulated')}</span> ` : nothing;
}

/** What a cell says more than it shows. */
export function cellTooltip(row: ExchangeSummary, name: string): string | null {
  switch (name) {
    case 'url':
      return `${row.host}${row.path}`;
    case 'status':
      return row.status === null ? null : statusText(row);
    case 'cause':
      return causeTooltip(row);
    case 'line':
      return row.callSite === null ? null : `${row.callSite.file}:${row.callSite.line}`;
    case 'api':
      return row.api;
    case 'model':
      return row.usage?.model ?? row.model;
    case 'cost':
      return row.usage === null ? null : tokensText(row.usage);
    default:
      return null;
  }
}

function causeTooltip({ diagnosis }: ExchangeSummary): string | null {
  if (diagnosis === null) return null;
  const name = causeName(diagnosis.cause);
  return diagnosis.relief === undefined ? name : `${name}. ${plain(reliefText(diagnosis.relief))}`;
}

/** What a call took in and gave out. */
export function tokensText({ inputTokens, outputTokens, ...parts }: Usage): string {
  if (parts.guessed === true) return t('tokensGuessed', formatCount(inputTokens), formatCount(outputTokens));
  const more = [
    ...(parts.cacheReadTokens > 0 ? [t('tokensCacheRead', formatCount(parts.cacheReadTokens))] : []),
    ...(parts.cacheWriteTokens > 0 ? [t('tokensCacheWrite', formatCount(parts.cacheWriteTokens))] : []),
    ...(parts.reasoningTokens > 0 ? [t('tokensReasoning', formatCount(parts.reasoningTokens))] : []),
  ];
  return [t('tokensValue', formatCount(inputTokens), formatCount(outputTokens)), ...more].join(' · ');
}

/** Code and usual phrase, or how a call without an answer stands. */
export function statusText(row: ExchangeSummary): string {
  if (row.status !== null) return `${row.status} ${statusPhrase(row.status)}`.trim();
  switch (row.state) {
    case 'open':
      return t('running');
    case 'aborted':
      return t('clientLeft');
    case 'failed':
    case 'complete':
      return t('noAnswer');
  }
}

/** The shape that stands for the tone, for those to whom colours say little. */
export function statusIcon(row: ExchangeSummary): TemplateResult {
  if (row.state === 'open') return icon('loading', true);
  switch (toneOf(row)) {
    case 'error':
      return icon('error');
    case 'warning':
      return icon('warning');
    case 'good':
      return icon('passFilled');
    case 'plain':
    case 'running':
    case 'muted':
      return icon('info');
  }
}

/** File and line, without folders; "near" where the line is not the very one. */
export function siteName(site: CallSite): string {
  const name = `${site.file.split(/[\\/]/).at(-1) ?? site.file}:${site.line}`;
  return site.certainty === 'exact' ? name : t('nearHere', name);
}
