import type { HeaderList } from '../shared/exchange.ts';
import type { PanelBody } from '../shared/panel.ts';
import type { ExchangeContent } from './exchangeReport.ts';

/**
 * An exchange as text made for comparing: members of JSON objects in the order of their names, one a line, header names in
 * lower case. `sortHeaders` leaves their order out of account, which says nothing where names differ (RFC 9110, 5.3).
 */
export function comparableText({ exchange, request, response }: ExchangeContent, sortHeaders: boolean): string {
  const { failure } = exchange;
  const answer =
    exchange.response === null
      ? (failure?.message ?? exchange.state)
      : [
          `${exchange.response.status} ${exchange.response.reason}`.trimEnd(),
          ...headerLines(exchange.response.headers, sortHeaders),
          '',
          normalised(response),
        ].join('\n');
  return [
    `${exchange.request.method} ${exchange.url}`,
    ...headerLines(exchange.request.headers, sortHeaders),
    '',
    normalised(request),
    '',
    '###',
    '',
    answer,
    '',
  ].join('\n');
}

function headerLines(headers: HeaderList, sorted: boolean): readonly string[] {
  const lines = headers.map(([name, value]) => `${name.toLowerCase()}: ${value}`);
  // Fields of one name keep their order among themselves.
  return sorted ? lines.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0)) : lines;
}

function nameOf(line: string): string {
  return line.slice(0, line.indexOf(':'));
}

function normalised(body: PanelBody | null): string {
  if (body === null || body.size === 0) return '';
  if (body.text === null) return `(${body.size} bytes of ${body.contentType ?? 'binary data'})`;
  const text = body.contentType?.includes('json') === true ? sortedJson(body.text) : body.text;
  return body.truncated ? `${text}\n… (cut)` : text;
}

function sortedJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), (_key, value: unknown) => sortedMembers(value), 2);
  } catch {
    return text;
  }
}

function sortedMembers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
