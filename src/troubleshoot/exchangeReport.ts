import { causeTitle } from '../shared/causePages.ts';
import type { Exchange, HeaderList } from '../shared/exchange.ts';
import type { AccountNote, Diagnosis } from '../shared/finding.ts';
import type { PanelBody } from '../shared/panel.ts';
import { plain } from '../shared/text.ts';

/** One exchange with both its bodies, redacted as stored. */
export interface ExchangeContent {
  readonly exchange: Exchange;
  readonly request: PanelBody | null;
  readonly response: PanelBody | null;
}

/** Where a report was made. */
export interface ReportOrigin {
  readonly tollgate: string;
  readonly editor: string;
  readonly system: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** What the vendor said of the account, where somebody asked. */
  readonly account?: AccountNote | null;
}

/** Characters of each body that a report carries. */
const maxBody = 4000;

/** Markdown about one exchange for an issue or a vendor's support: what was asked, what came, why, and the ids. */
export function exchangeReport(content: ExchangeContent, origin: ReportOrigin): string {
  const { exchange } = content;
  const status = exchange.status === null ? exchange.state : String(exchange.status);
  return [
    `## ${exchange.method} ${exchange.host}${exchange.path.split('?', 1)[0] ?? ''}: ${status}`,
    '',
    ...(exchange.diagnosis === null ? [] : diagnosisLines(exchange.diagnosis)),
    ...accountLines(origin.account ?? null),
    `- Time: ${new Date(exchange.startedAt).toISOString()}`,
    ...(exchange.duration === null ? [] : [`- Duration: ${Math.round(exchange.duration)} ms`]),
    ...(exchange.model === null ? [] : [`- Model: ${exchange.model}`]),
    ...requestIds(exchange.response?.headers ?? []).map(([name, value]) => `- ${name}: ${code(value)}`),
    ...(exchange.failure === null ? [] : [`- Gateway: ${exchange.failure.code}: ${exchange.failure.message}`]),
    `- Environment: Tollgate ${origin.tollgate}, ${origin.editor}, ${origin.system}`,
    '',
    '### Request',
    '',
    fenced('http', exchangeHead(exchange, 'request') + bodyText(content.request)),
    '',
    '### Response',
    '',
    exchange.response === null
      ? 'None.'
      : fenced('http', exchangeHead(exchange, 'response') + bodyText(content.response)),
    '',
    `Secrets were redacted by Tollgate before this was stored. Written ${new Date(origin.now).toISOString()}.`,
    '',
  ].join('\n');
}

/** The whole exchange as text, as it reads on the wire. */
export function exchangeText({ exchange, request, response }: ExchangeContent): string {
  const answer =
    exchange.response === null
      ? (exchange.failure?.message ?? '')
      : exchangeHead(exchange, 'response') + bodyText(response, Infinity);
  return `${exchangeHead(exchange, 'request')}${bodyText(request, Infinity)}\n\n${answer}\n`;
}

function exchangeHead({ request, response }: ExchangeContent['exchange'], side: 'request' | 'response'): string {
  const first =
    side === 'request'
      ? `${request.method} ${request.path} HTTP/${request.httpVersion}`
      : `HTTP/${response?.httpVersion ?? ''} ${response?.status ?? ''} ${response?.reason ?? ''}`.trimEnd();
  const headers = (side === 'request' ? request.headers : response?.headers) ?? [];
  return headText(first, headers);
}

/** The first line and the header fields as on the wire, with the empty line behind them. */
export function headText(first: string, headers: HeaderList): string {
  return [first, ...headers.map(([name, value]) => `${name}: ${value}`), '', ''].join('\n');
}

/** A body as people read it: JSON laid out, binary data described, `limit` characters at most. */
export function bodyText(body: PanelBody | null, limit = maxBody): string {
  if (body === null || body.size === 0) return '';
  if (body.text === null) return `(${body.size} bytes of ${body.contentType ?? 'binary data'})`;
  const cut = body.truncated || body.text.length > limit;
  return pretty(body).slice(0, limit) + (cut ? '\n… (cut)' : '');
}

function pretty({ text, contentType }: PanelBody): string {
  if (text === null || contentType?.includes('json') !== true) return text ?? '';
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function diagnosisLines(diagnosis: Diagnosis): readonly string[] {
  const { cause, summary, evidence, retry, responsibleParty, confidence } = diagnosis;
  const again = retry.afterSeconds === null ? String(retry.helps) : `after ${retry.afterSeconds} s`;
  return [
    `**${plain(causeTitle(cause))}** (\`${cause}\`): ${plain(summary)}`,
    '',
    `- Confidence: ${Math.round(confidence * 100)} %; responsible: ${responsibleParty}; retry helps: ${again}`,
    ...evidence.map(({ source, path, quote }) => `- Evidence in ${[source, path].join(' ').trim()}: ${code(quote)}`),
  ];
}

function accountLines(account: AccountNote | null): readonly string[] {
  if (account === null) return [];
  const { state, sentence, at } = account;
  return [`- Account, asked ${new Date(at).toISOString()}: ${state}. ${plain(sentence)}`];
}

/** The header fields that a vendor's support asks for first. */
export function requestIds(headers: HeaderList): HeaderList {
  return headers.filter(([name]) => /(?:request|trace|correlation|generation)-?id$|^cf-ray$|^traceparent$/i.test(name));
}

function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = '`'.repeat(longest + 1);
  const padding = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${ticks}${padding}${text.replace(/\s+/g, ' ')}${padding}${ticks}`;
}

function fenced(language: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}
