import type { ExchangeSummary } from '../../src/shared/exchange.ts';
import { findingSeverity } from '../../src/shared/finding.ts';

/** How a row looks: its colour and what the colour means to those who do not see it. */
export type Tone = 'good' | 'plain' | 'warning' | 'error' | 'running' | 'muted';

/** The reason phrases of RFC 9110 and its registry, for rows, which do not carry the one received. */
const phrases: Readonly<Record<number, string>> = {
  100: 'Continue',
  101: 'Switching Protocols',
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  424: 'Failed Dependency',
  425: 'Too Early',
  426: 'Upgrade Required',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons',
  498: 'Invalid Token',
  499: 'Client Closed Request',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
  529: 'Overloaded',
};

/** The usual words for a status code; empty where there are none. */
export function statusPhrase(status: number): string {
  return phrases[status] ?? '';
}

/**
 * The tone of a row: a finding's own severity, or else what the status says, as where another answered in spite of the
 * finding. A client that leaves is no error.
 */
export function toneOf(row: ExchangeSummary): Tone {
  if (row.diagnosis !== null && row.diagnosis.relief === undefined) return findingSeverity(row.diagnosis);
  if (row.state === 'open') return 'running';
  if (row.state === 'failed') return 'error';
  if (row.state === 'aborted') return 'muted';
  if (row.status === null) return 'muted';
  if (row.status >= 500) return 'error';
  if (row.status >= 400) return 'warning';
  return row.status >= 300 ? 'plain' : 'good';
}
