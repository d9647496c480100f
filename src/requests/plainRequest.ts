import type { Exchange, HeaderList } from '../shared/exchange.ts';
import type { PanelBody } from '../shared/panel.ts';

/** A request that any client could send. */
export interface PlainRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  /** Without what a client sets itself: `Host`, framing, connection. */
  readonly headers: HeaderList;
  /** Null where it has none. */
  readonly body: string | null;
}

/** What clients set themselves, or set better. */
const clientsOwn: ReadonlySet<string> = new Set([
  'host',
  'content-length',
  'connection',
  'keep-alive',
  'proxy-connection',
  'transfer-encoding',
  'te',
  'trailer',
  'upgrade',
  'expect',
]);

/**
 * The request of a stored exchange. What was redacted stays so. A body that was cut or is binary is left out, which
 * `complete` tells.
 */
export function toPlainRequest(
  exchange: Exchange,
  body: PanelBody | null,
): { readonly request: PlainRequest; readonly complete: boolean } {
  const text = body === null || body.truncated || body.text === '' ? null : body.text;
  const headers = exchange.request.headers.filter(([name]) => !clientsOwn.has(name.toLowerCase()));
  // It is stored decoded, so it is sent so.
  const sent = text === null ? headers : headers.filter(([name]) => name.toLowerCase() !== 'content-encoding');
  const request = { method: exchange.request.method, url: exchange.url, headers: sent, body: text };
  return { request, complete: exchange.request.body.size === 0 || text !== null };
}
