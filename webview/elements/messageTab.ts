import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Exchange, HeaderList } from '../../src/shared/exchange.ts';
import { wasRedacted } from '../../src/shared/redacted.ts';
import type { Side } from '../../src/shared/protocol.ts';
import type { BodySide } from '../model/detailModel.ts';
import type { LogModel } from '../model/logModel.ts';
import { t } from '../strings.ts';
import type { StreamFacts } from '../body/bodyView.ts';
import './bodyPane.ts';
import { copyButton } from './copyButton.ts';
import { icon } from './icon.ts';
import { marked } from './marked.ts';

/** One side of an exchange: first line, headers, body, trailers. */
export function messageTab(model: LogModel, exchange: Exchange, side: Side): TemplateResult {
  const { stages } = exchange;
  if (stages === undefined) return html`<div class="pad">${message(model, exchange, exchange, side)}</div>`;
  const clients = html`<section aria-label=${t(`stage.${side === 'request' ? 'clientRequest' : 'clientResponse'}`)}>
    <h3>${t(`stage.${side === 'request' ? 'clientRequest' : 'clientResponse'}`)}</h3>
    ${message(model, exchange, stages, side === 'request' ? 'clientRequest' : 'clientResponse')}
  </section>`;
  const upstreams = html`<section aria-label=${t(`stage.${side}`)}>
    <h3>${t(`stage.${side}`)}</h3>
    ${exchange.cache === 'hit' ? html`<p class="faint">${t('stage.fromCache')}</p>` : message(model, exchange, exchange, side)}
  </section>`;
  // As it went: out from the client, and back to it.
  return html`<div class="pad stages">${side === 'request' ? [clients, upstreams] : [upstreams, clients]}</div>`;
}

/** One of the four messages of an exchange. */
function message(
  model: LogModel,
  exchange: Exchange,
  heads: Pick<Exchange, 'request' | 'response'>,
  side: BodySide,
): TemplateResult {
  const isRequest = side === 'request' || side === 'clientRequest';
  const message = isRequest ? heads.request : heads.response;
  if (message === null)
    return html`<p class="faint">
      ${exchange.state === 'open' ? html`${icon('loading', true)} ${t('noResponseYet')}` : t('noResponse')}
    </p>`;
  const trailers = isRequest ? [] : (heads.response?.trailers ?? []);
  return html`<div class="message">
    <p class="mono first wrap">${marked(firstLine(heads, isRequest))}</p>
    ${headerTable(model, side, t('headers'), message.headers)}
    <tollgate-body
      .model=${model}
      .side=${side}
      .socket=${exchange.response?.status === 101}
      .stream=${isRequest ? null : streamFacts(model, exchange, side)}
      .info=${message.body}
      .body=${model.detail.body(side)}
      .growing=${exchange.state === 'open'}
    ></tollgate-body>
    ${trailers.length === 0 ? nothing : headerTable(model, 'trailers', t('trailers'), trailers)}
  </div>`;
}

/** When the pieces of a stream came; only where bytes are counted as they are shown. */
function streamFacts(model: LogModel, exchange: Exchange, side: BodySide): StreamFacts | null {
  const { arrivals, response } = exchange;
  if (arrivals === undefined || response === null || side !== 'response') return null;
  const isSocket = response.status === 101;
  if (!isSocket && response.body.encoding !== null) return null;
  const sent = isSocket ? model.detail.body('request') : null;
  return { arrivals, sent: sent?.kind === 'here' ? sent.value : null };
}

function firstLine({ request, response }: Pick<Exchange, 'request' | 'response'>, isRequest: boolean): string {
  const version = (value: string): string => `HTTP/${value.replace(/^HTTP\//i, '')}`;
  if (isRequest) return `${request.method} ${request.path} ${version(request.httpVersion)}`;
  if (response === null) return '';
  return `${version(response.httpVersion)} ${String(response.status)} ${response.reason}`;
}

function headerTable(model: LogModel, where: string, title: string, headers: HeaderList): TemplateResult {
  const hasRedacted = headers.some(([, value]) => wasRedacted(value));
  const isOpen = where === 'trailers' || model.state.headersOpen;
  const keep = ({ currentTarget }: Event): void => {
    if (
      where !== 'trailers' &&
      currentTarget instanceof HTMLDetailsElement &&
      currentTarget.open !== model.state.headersOpen
    )
      model.update({ headersOpen: currentTarget.open });
  };
  return html`<details class="headers" ?open=${isOpen} @toggle=${keep}>
    <summary>
      <h3>${title} <span class="faint">${headers.length}</span></h3>
    </summary>
    <div class="beside">
      ${copyButton(model, `${where}-headers`, t('copy'), () =>
        headers.map(([name, value]) => `${name}: ${value}`).join('\n'),
      )}
    </div>
    <table>
      <caption class="visually-hidden">
        ${title}
      </caption>
      <colgroup>
        <col class="name" />
        <col />
        <col class="act" />
      </colgroup>
      <tbody>
        ${headers.map(
          ([name, value], index) =>
            html`<tr>
              <th scope="row" class="mono">${name}</th>
              <td class="mono wrap">${marked(value)}</td>
              <td class="act">${copyButton(model, `${where}-${String(index)}`, t('copyValue', name), () => value)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${hasRedacted ? html`<p class="faint note">${icon('info')} ${t('redactedCount')}</p>` : nothing}
  </details>`;
}
