import { providerForHost } from '../../providers/index.ts';
import type { CallSite } from '../../shared/callSite.ts';
import type { ExchangeId, Failure, HeaderList, Timing } from '../../shared/exchange.ts';
import { text, type Text } from '../../shared/text.ts';
import type { CaptureEvent } from '../parts.ts';
import { requestBody, responseBody, type FileBody } from './harBodies.ts';
import type { HarEntry } from './harEntry.ts';

/** A call from a file, as the recording takes calls; what is null was not there. */
export interface ReadCall {
  readonly begin: CaptureEvent & { readonly type: 'begin' };
  readonly request: FileBody;
  readonly response: (CaptureEvent & { readonly type: 'response' }) | null;
  readonly answer: FileBody;
  readonly end: CaptureEvent & { readonly type: 'end' };
  readonly callSite: CallSite | null;
}

/** Makes a call of a HAR entry, or says why it cannot be one. `previous` is when the one before began. */
export function harCall(entry: HarEntry, id: ExchangeId, previous: number): ReadCall | Text {
  const url = addressOf(entry);
  if (url === null) return text('It is not a call by HTTP');
  const request = requestBody(entry);
  const answer = responseBody(entry);
  const own = entry._tollgate;
  const isSocket = entry._webSocketMessages !== undefined || /^wss?:/i.test(entry.request.url);
  const { response } = entry;
  const answered = response != null && response.status >= 100 && response.status <= 999;
  const said = entry._error ?? response?._error ?? own?.failure?.message ?? null;
  const isAborted = own?.state === 'aborted' || (own === undefined && /abort|cancel/i.test(said ?? ''));
  const isFailed = own?.state === undefined ? !answered && !isAborted : own.state === 'failed';
  const headers = fieldsOf(entry.request.headers);
  return {
    begin: {
      ...{ type: 'begin', id, startedAt: momentOf(entry.startedDateTime) ?? previous },
      ...{ api: own?.api ?? null, provider: providerForHost(url.hostname)?.id ?? null, url: url.href },
      method: entry.request.method.toUpperCase() || 'GET',
      path: url.pathname + url.search,
      clientPath: url.pathname + url.search,
      httpVersion: versionOf(entry.request.httpVersion),
      headers,
      client: { port: 0, ordinal: 0 },
      credentialInjected: own?.credentialInjected ?? false,
      replayOf: null,
      simulated: own?.simulated ?? false,
    },
    request: own?.requestTruncated === true ? { ...request, size: request.bytes.length + 1 } : request,
    response: answered
      ? {
          ...{ type: 'response', id },
          status: isSocket && response.status === 200 ? 101 : response.status,
          reason: response.statusText,
          httpVersion: versionOf(response.httpVersion),
          headers: withType(fieldsOf(response.headers), response.content.mimeType),
        }
      : null,
    answer,
    end: {
      ...{ type: 'end', id, timing: timingOf(entry), trailers: [] },
      state: isAborted ? 'aborted' : isFailed ? 'failed' : 'complete',
      failure: isFailed ? failureOf(said, own?.failure?.hint) : null,
      requestSize: request.size,
      responseSize: answer.size,
    },
    callSite: own?.callSite ?? null,
  };
}

/** A path alone is completed by the `Host` field. */
function addressOf({ request }: HarEntry): URL | null {
  const host = request.headers.find(({ name }) => /^:authority$|^host$/i.test(name))?.value ?? '';
  const written = request.url.startsWith('/') && host !== '' ? `https://${host}${request.url}` : request.url;
  const url = URL.parse(written.replace(/^ws(s?):/i, 'http$1:'));
  return url !== null && /^https?:$/.test(url.protocol) ? url : null;
}

/** The pseudo fields of HTTP/2 are no fields. */
function fieldsOf(pairs: readonly { readonly name: string; readonly value: string }[]): HeaderList {
  return pairs
    .filter(({ name }) => /^[!#$%&'*+.^_`|~\w-]+$/.test(name))
    .map(({ name, value }) => [name, value.replace(/[\r\n]+/g, ' ')] as const);
}

function withType(headers: HeaderList, mimeType: string): HeaderList {
  const isThere = mimeType === '' || mimeType === 'x-unknown' || headers.some(([name]) => /^content-type$/i.test(name));
  return isThere ? headers : [...headers, ['Content-Type', mimeType]];
}

function momentOf(written: string | number): number | null {
  const at = typeof written === 'number' ? written : Date.parse(written);
  return Number.isFinite(at) ? at : null;
}

function versionOf(written: string): string {
  if (/^h2|^http\/2|spdy/i.test(written)) return '2.0';
  if (/^h3|^http\/3|quic/i.test(written)) return '3';
  return /(\d(?:\.\d)?)$/.exec(written)?.[1] ?? '1.1';
}

/** In HAR, connecting includes TLS, and sending comes after both. */
function timingOf({ timings, time }: HarEntry): Timing {
  const { blocked, dns, connect, ssl, send, wait, receive } = timings;
  const phases = [blocked, dns, connect, send, wait, receive].filter((phase) => phase !== null);
  const both = (one: number | null, other: number | null): number | null =>
    one === null && other === null ? null : (one ?? 0) + (other ?? 0);
  return {
    queue: both(blocked, dns),
    connect: connect === null ? null : Math.max(0, connect - (ssl ?? 0)),
    tls: ssl,
    firstByte: both(send, wait),
    download: receive,
    total: time ?? (phases.length === 0 ? null : phases.reduce((sum, phase) => sum + phase, 0)),
  };
}

function failureOf(said: string | null, hint: string | undefined): Failure {
  return {
    code: 'upstream_unreachable',
    message: said ?? 'The file has no answer to this call.',
    hint: hint ?? 'Look at it where it was recorded.',
  };
}
