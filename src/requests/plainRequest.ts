import type { Exchange, HeaderList } from '../shared/exchange.ts';
import type { PanelBody } from '../shared/panel.ts';

/** A request that any client could send. */
export interface PlainRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  /** Without what a client sets itself: `Host`, framing, connection. */
  readonly headers: HeaderList;
  /** Null where it has none, or one that is no text. */
  readonly body: string | null;
  /** The body in base64, where it is no text. */
  readonly base64?: string;
}

/** Whether anything is sent behind the head. */
export function hasBody({ body, base64 }: PlainRequest): boolean {
  return body !== null || base64 !== undefined;
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
 * The request of a stored exchange. What was redacted stays so. A body that was cut is left out, which `complete`
 * tells.
 */
export function toPlainRequest(
  exchange: Exchange,
  body: PanelBody | null,
): { readonly request: PlainRequest; readonly complete: boolean } {
  const whole = body === null || body.truncated ? null : body;
  const base64 = whole?.exact ?? (whole?.base64 === '' ? null : whole?.base64) ?? null;
  const text = base64 !== null || whole?.text === '' ? null : (whole?.text ?? null);
  const headers = exchange.request.headers.filter(([name]) => !clientsOwn.has(name.toLowerCase()));
  // It is stored decoded, so it is sent so.
  const sent =
    text === null && base64 === null ? headers : headers.filter(([name]) => name.toLowerCase() !== 'content-encoding');
  const plain = { method: exchange.request.method, url: exchange.url, headers: sent, body: text };
  const request = base64 === null ? plain : { ...plain, base64 };
  return { request, complete: exchange.request.body.size === 0 || hasBody(request) };
}
