import type { RequestHead, ResponseHead } from '../shared/exchange.ts';
import { formatUsd } from '../shared/money.ts';
import type { PanelBody } from '../shared/panel.ts';
import type { Attempt } from '../shared/recourse.ts';
import type { Change } from '../shared/stages.ts';
import { plain, text, type Text } from '../shared/text.ts';
import { bodyText, exchangeText, headText, type ExchangeContent } from './exchangeReport.ts';

/** One exchange with all its bodies; the client's are null where they are the upstream's. */
export interface WholeExchange extends ExchangeContent {
  readonly clientRequest: PanelBody | null;
  readonly clientResponse: PanelBody | null;
}

/**
 * An exchange as it reads on the wire. Where the gateway tried more than once, or changed something on the way: each try,
 * each change, and the four stages under titles of their own.
 */
export function wholeExchangeText(content: WholeExchange): string {
  const { attempts = [], stages, request, response, failure } = content.exchange;
  if (attempts.length === 0 && stages === undefined) return exchangeText(content);
  const tries = attempts.map((one, index) => `  ${index + 1}. ${plain(triedText(one))}`);
  const changes = (stages?.changes ?? []).map((one) => `  - ${plain(changeText(one))}`);
  const upstream = [
    titled(text('What the upstream was sent'), requestText(request, content.request)),
    titled(
      text('What the upstream answered'),
      response === null ? (failure?.message ?? '') : responseText(response, content.response),
    ),
  ];
  const [sent, answered] =
    stages === undefined
      ? []
      : [
          titled(text('What the client sent'), requestText(stages.request, content.clientRequest)),
          titled(
            text('What the client was answered'),
            stages.response === null ? '' : responseText(stages.response, content.clientResponse),
          ),
        ];
  return [
    ...(tries.length === 0 ? [] : [`${plain(text('Tries:'))}\n${tries.join('\n')}\n`]),
    ...(changes.length === 0 ? [] : [`${plain(text('Changed on the way:'))}\n${changes.join('\n')}\n`]),
    ...(sent === undefined ? [] : [sent]),
    ...upstream,
    ...(answered === undefined ? [] : [answered]),
  ].join('\n');
}

function triedText({ api, credential, model, status, cause, outcome, ms, note }: Attempt): Text {
  const who = [
    api,
    ...(model === null ? [] : [model]),
    ...(credential === null ? [] : [plain(text('credential "{0}"', credential))]),
  ].join(', ');
  const why = [status ?? '', cause ?? '', note === null ? '' : plain(note)].filter((one) => one !== '').join(' ');
  const detail = why === '' ? '' : ` (${why})`;
  switch (outcome) {
    case 'answered':
      return text('{0}: answered after {1} ms{2}', who, Math.round(ms), detail);
    case 'refused':
      return text('{0}: refused after {1} ms{2}', who, Math.round(ms), detail);
    case 'failed':
      return text('{0}: failed after {1} ms{2}', who, Math.round(ms), detail);
    case 'skipped':
      return text('{0}: not tried{1}', who, detail);
  }
}

function changeText(change: Change): Text {
  switch (change.kind) {
    case 'alias':
      return text('"{0}" stood for {1}', change.alias, change.model);
    case 'translated': {
      const { from, to, ignored } = change;
      return ignored.length === 0
        ? text('translated from {0} to {1}', from, to)
        : text('translated from {0} to {1}, which cannot say: {2}', from, to, ignored.join(', '));
    }
    case 'guarded':
      return text('{0}: {1} × {2} in the {3}', change.guard, change.action, change.count, change.way);
    case 'cache': {
      const { state, saved } = change;
      if (saved === null) return text('cache: {0}', state);
      const cost = saved.costUsd === null ? '–' : `$${formatUsd(saved.costUsd)}`;
      return text('cache: {0}, which spared {1}, {2} tokens and {3} ms', state, cost, saved.tokens, saved.ms);
    }
  }
}

function titled(title: Text, content: string): string {
  return `── ${plain(title)} ──\n${content.trimEnd()}\n`;
}

function requestText(head: RequestHead, body: PanelBody | null): string {
  const first = `${head.method} ${head.path} HTTP/${head.httpVersion}`;
  return headText(first, head.headers) + bodyText(body, Infinity);
}

function responseText(head: ResponseHead, body: PanelBody | null): string {
  const first = `HTTP/${head.httpVersion} ${head.status} ${head.reason}`.trimEnd();
  return headText(first, head.headers) + bodyText(body, Infinity);
}
