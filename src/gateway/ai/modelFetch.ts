import type { HeaderList } from '../../shared/exchange.ts';
import type { Inbound, RawHeaders, Reply } from '../engine.ts';
import { toHeaderList } from '../headers.ts';
import type { CredentialPlacement } from '../../shared/provider.ts';
import type { AiRequest, Passages } from './aiDesk.ts';

/** What a vendor answered, while somebody else reads it. */
export interface Heard {
  /** Null where it did not refuse. */
  refusal: { readonly status: number; readonly headers: HeaderList; readonly body: string } | null;
  /** What was said of a version on its way out: fields that belong to the caller's answer as well. */
  notice: RawHeaders;
  /** The text of the answer, or its beginning and end. */
  answer(): string;
}

const longestHead = 64 * 1024;
const longestTail = 8192;

/** A `fetch` whose calls go the way of every call: admitted, paid for, watched and recorded by the proxy. */
export function modelFetch(
  request: AiRequest,
  passages: Pick<Passages, 'call'>,
): { readonly fetch: typeof fetch; readonly heard: Heard } {
  let head = '';
  const tail: Uint8Array[] = [];
  let tailSize = 0;
  const heard: Heard = {
    refusal: null,
    notice: [],
    answer: () => head + Buffer.concat(tail).toString('utf8').slice(-longestTail),
  };
  const keep = (bytes: Uint8Array): void => {
    if (head.length < longestHead) {
      head += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
      return;
    }
    tail.push(bytes);
    tailSize += bytes.byteLength;
    while (tailSize - (tail[0]?.byteLength ?? 0) > longestTail) tailSize -= tail.shift()?.byteLength ?? 0;
  };

  const send = (input: Parameters<typeof fetch>[0], init: RequestInit = {}): Promise<Response> => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input);
    const body = Buffer.from(typeof init.body === 'string' ? init.body : '');
    const headers = upstreamHeaders(request, new Headers(init.headers), body.byteLength);
    const inbound: Inbound = {
      ...request.inbound,
      model: request.target.model,
      headers,
      takeBody: (tap) => {
        tap(body);
        return body;
      },
    };
    return new Promise((resolve, reject) => {
      const reply = responding({ resolve, reject, keep, heard, signal: init.signal ?? null });
      passages.call(inbound, reply, request.target.api, pathname + search);
    });
  };
  return { fetch: send, heard };
}

interface Responding {
  readonly resolve: (response: Response) => void;
  readonly reject: (error: Error) => void;
  readonly keep: (bytes: Uint8Array) => void;
  readonly heard: Heard;
  readonly signal: AbortSignal | null;
}

/** The way back to whoever fetched. */
function responding({ resolve, reject, keep, heard, signal }: Responding): Reply {
  let stream: ReadableStreamDefaultController<Uint8Array> | null = null;
  let drain: () => void = () => undefined;
  let refused: { readonly status: number; readonly headers: HeaderList } | null = null;
  const gone: (() => void)[] = [];
  let over = false;
  const leave = (): void => {
    if (over) return;
    over = true;
    for (const listener of gone) listener();
  };
  signal?.addEventListener('abort', leave, { once: true });
  return {
    inform: () => undefined,
    begin: (status, reason, raw) => {
      const headers = toHeaderList(raw);
      heard.notice = noticeIn(headers);
      if (status >= 400) refused = { status, headers };
      const body = new ReadableStream<Uint8Array>({
        start: (controller) => void (stream = controller),
        pull: () => drain(),
        cancel: leave,
      });
      resolve(
        new Response(status === 204 || status === 304 ? null : body, {
          status,
          statusText: reason,
          headers: toHeaders(raw),
        }),
      );
    },
    write: (bytes) => {
      keep(bytes);
      if (over) return true;
      stream?.enqueue(bytes);
      return (stream?.desiredSize ?? 1) > 0;
    },
    onDrain: (listener) => void (drain = listener),
    end: () => {
      if (refused !== null) heard.refusal = { ...refused, body: heard.answer() };
      if (over) return;
      over = true;
      stream?.close();
    },
    destroy: () => {
      if (over) return;
      over = true;
      const error = new Error('The provider broke the answer off.');
      if (stream === null) reject(error);
      else stream.error(error);
    },
    tunnel: (_status, _reason, _headers, upstream) => {
      upstream.destroy();
      reject(new Error('The provider wants to change protocols.'));
    },
    onGone: (listener) => void gone.push(listener),
  };
}

/** What an answer says of a version on its way out. */
export function noticeIn(headers: HeaderList): RawHeaders {
  return headers.filter(([name]) => /^(?:deprecation|sunset|link)$/i.test(name)).flat();
}

function toHeaders(raw: RawHeaders): Headers {
  const headers = new Headers();
  for (const [name, value] of toHeaderList(raw)) {
    const lower = name.toLowerCase();
    if (lower !== 'content-length' && lower !== 'content-encoding') headers.append(name, value);
  }
  return headers;
}

const keys = new Set(['authorization', 'x-api-key', 'api-key', 'x-goog-api-key']);
/** What a client says to this gateway, or to whoever traces calls; all else was meant for a vendor of another dialect. */
const kept = /^(?:host|x-tollgate-.*|traceparent|tracestate|baggage)$/i;

/** What the vendor's dialect wants sent, with the caller's key where it left a place for one. */
export function upstreamHeaders(
  { inbound, target }: Pick<AiRequest, 'inbound' | 'target'>,
  wanted: Iterable<readonly [string, string]>,
  length: number,
): HeaderList {
  const own = inbound.headers.filter(([name]) => kept.test(name));
  const key = keyOf(inbound.headers);
  const from: HeaderList = [...wanted].filter(([name]) => !keys.has(name) && name !== 'content-length');
  const placement: CredentialPlacement = target.api.credential?.placement ??
    target.api.provider?.auth ?? { in: 'header', name: 'Authorization', scheme: 'Bearer' };
  return [...own, ...from, ['Content-Length', String(length)], ...(key === null ? [] : [placed(key, placement)])];
}

/** The key as the client's SDK sends it, bare. */
function keyOf(headers: HeaderList): string | null {
  for (const [name, value] of headers) if (keys.has(name.toLowerCase())) return value.trim().replace(/^bearer +/i, '');
  return null;
}

/** Tollgate's own key is known wherever it stands; a vendor's belongs where that vendor looks. */
function placed(key: string, placement: CredentialPlacement): readonly [string, string] {
  if (placement.in === 'query') return ['Authorization', `Bearer ${key}`];
  return [placement.name, placement.scheme === '' ? key : `${placement.scheme} ${key}`];
}
