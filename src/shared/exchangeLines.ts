import type { Exchange, ExchangeSummary } from './exchange.ts';
import type { PanelBody } from './panel.ts';
import { plain } from './text.ts';

/** One exchange as a line of JSON (https://jsonlines.org), with both bodies as text or base64; redacted as stored. */
export function jsonLine(exchange: Exchange, request: PanelBody | null, response: PanelBody | null): string {
  const { diagnosis } = exchange;
  const told = diagnosis === null ? null : { ...diagnosis, summary: plain(diagnosis.summary) };
  return `${JSON.stringify({
    ...exchange,
    diagnosis: told,
    requestBody: bodyOf(request),
    responseBody: bodyOf(response),
  })}\n`;
}

function bodyOf(body: PanelBody | null): object | null {
  if (body === null || body.size === 0) return null;
  const { text, base64, truncated } = body;
  return { ...(text === null ? { base64 } : { text }), ...(truncated ? { truncated } : {}) };
}

const columns: readonly (readonly [name: string, value: (row: ExchangeSummary) => string | number | null])[] = [
  ['number', ({ number }) => number],
  ['time', ({ startedAt }) => new Date(startedAt).toISOString()],
  ['state', ({ state }) => state],
  ['api', ({ api }) => api],
  ['provider', ({ provider }) => provider],
  ['method', ({ method }) => method],
  ['host', ({ host }) => host],
  ['path', ({ path }) => path],
  ['status', ({ status }) => status],
  ['milliseconds', ({ duration }) => duration],
  ['request_bytes', ({ requestSize }) => requestSize],
  ['response_bytes', ({ responseSize }) => responseSize],
  ['model', ({ model }) => model],
  ['input_tokens', ({ usage }) => usage?.inputTokens ?? null],
  ['output_tokens', ({ usage }) => usage?.outputTokens ?? null],
  ['cost_usd', ({ costUsd }) => costUsd],
  ['cause', ({ diagnosis }) => diagnosis?.cause ?? null],
  ['finding', ({ diagnosis }) => (diagnosis === null ? null : plain(diagnosis.summary))],
  ['file', ({ callSite }) => callSite?.file ?? null],
  ['line', ({ callSite }) => callSite?.line ?? null],
  ['id', ({ id }) => id],
];

/** The names of the columns, as a line of CSV. */
export const csvHead = `${columns.map(([name]) => name).join(',')}\r\n`;

/**
 * One exchange as a line of CSV (RFC 4180). What a spreadsheet would take for a formula begins with an apostrophe
 * (OWASP, CSV Injection): paths and models come from strangers.
 */
export function csvLine(row: ExchangeSummary): string {
  return `${columns.map(([, value]) => csvField(value(row))).join(',')}\r\n`;
}

function csvField(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
