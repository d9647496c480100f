import { isUtf8 } from 'node:buffer';
import { headerValue, type Exchange, type HeaderList } from '../../shared/exchange.ts';
import type { BodyContent } from '../../shared/protocol.ts';
import { createLongTexts, type LongTexts } from './longTexts.ts';
import type { Queries } from './queries.ts';
import { isSocket, streamMembers } from './harStreams.ts';

/**
 * Exports exchanges as HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/), piece by piece so that nobody needs
 * the whole in memory. Members that HAR lacks are under `_tollgate`; what was redacted stays redacted.
 */
export function* harPieces(
  queries: Pick<Queries, 'matching' | 'body' | 'bodyFile'>,
  filter: string,
): Generator<string> {
  const longTexts = createLongTexts(queries);
  let before = '{"log":{"version":"1.2","creator":{"name":"Tollgate","version":"1"},"entries":[\n';
  for (const exchange of queries.matching(filter)) {
    yield before;
    yield* longTexts.write(JSON.stringify(toEntry(exchange, queries, longTexts)));
    before = ',\n';
  }
  yield before.startsWith('{') ? `${before}]}}\n` : '\n]}}\n';
}

function toEntry(exchange: Exchange, queries: Pick<Queries, 'body'>, longTexts: LongTexts): object {
  const { timing, failure, number, id, state, api, provider, callSite, diagnosis, replayOf, simulated, model } =
    exchange;
  const request = queries.body(id, 'request');
  const response = queries.body(id, 'response');
  const longRequest = longTexts.place(id, 'request', request);
  const longResponse = longTexts.place(id, 'response', response);
  const timings = toTimings(exchange);
  return {
    startedDateTime: new Date(exchange.startedAt).toISOString(),
    time: timing.total ?? Object.values(timings).reduce((sum, phase) => sum + Math.max(0, phase), 0),
    request: toRequest(exchange, request, longRequest),
    response: toResponse(exchange, response, longResponse),
    cache: {},
    timings,
    ...streamMembers(exchange, request, response),
    ...(failure === null ? {} : { _error: failure.message }),
    _tollgate: {
      number,
      id,
      state,
      api,
      provider,
      model,
      callSite,
      diagnosis,
      failure,
      replayOf,
      simulated,
      usage: exchange.usage,
      costUsd: exchange.costUsd,
      costEstimated: exchange.costEstimated,
      credentialInjected: exchange.credentialInjected,
      requestTruncated: longRequest === null && (request?.truncated ?? false),
      responseTruncated: longResponse === null && (response?.truncated ?? false),
    },
  };
}

/** In HAR, -1 stands for a phase that did not happen, and `connect` includes `ssl`. */
function toTimings({ timing }: Exchange): Readonly<Record<string, number>> {
  const connect = timing.connect === null && timing.tls === null ? -1 : (timing.connect ?? 0) + (timing.tls ?? 0);
  return {
    blocked: timing.queue ?? -1,
    dns: -1,
    connect,
    ssl: timing.tls ?? -1,
    send: 0,
    wait: timing.firstByte ?? 0,
    receive: timing.download ?? 0,
  };
}

function toRequest(exchange: Exchange, body: BodyContent | null, long: Long): object {
  const { request, url } = exchange;
  return {
    method: request.method,
    url,
    httpVersion: httpVersion(request.httpVersion),
    cookies: toCookies(
      request.headers.filter(([name]) => name.toLowerCase() === 'cookie').flatMap(([, value]) => value.split(';')),
    ),
    headers: toHeaders(request.headers),
    queryString: toQuery(url),
    ...(body === null || body.size === 0 || isSocket(exchange) ? {} : { postData: toPostData(body, long) }),
    headersSize: -1,
    bodySize: request.body.size,
  };
}

function toResponse(exchange: Exchange, body: BodyContent | null, long: Long): object {
  const { response } = exchange;
  const headers = response?.headers ?? [];
  const size = long?.size ?? body?.bytes.length ?? 0;
  return {
    // HAR knows no call without an answer; browsers write 0.
    status: response?.status ?? 0,
    statusText: response?.reason ?? '',
    httpVersion: httpVersion(response?.httpVersion ?? exchange.request.httpVersion),
    cookies: toCookies(
      headers.filter(([name]) => name.toLowerCase() === 'set-cookie').map(([, value]) => value.split(';')[0] ?? ''),
    ),
    headers: toHeaders(headers),
    content: {
      size,
      ...(body !== null && (long !== null || !body.truncated) && response?.body.encoding
        ? { compression: size - body.size }
        : {}),
      mimeType: body?.contentType ?? 'x-unknown',
      ...(body === null || isSocket(exchange) ? {} : toText(body, long)),
    },
    redirectURL: headerValue(headers, 'location') ?? '',
    headersSize: -1,
    bodySize: response?.body.size ?? -1,
  };
}

/** HAR has no encoding for what is posted, so a binary body is marked in a member of our own. */
function toPostData(body: BodyContent, long: Long): object {
  const { text, encoding, comment } = toText(body, long);
  return {
    mimeType: body.contentType ?? 'application/octet-stream',
    params: [],
    text,
    ...(encoding === undefined ? {} : { _encoding: encoding }),
    ...(comment === undefined ? {} : { comment }),
  };
}

/** What stands for a body that is written piece by piece. */
type Long = ReturnType<LongTexts['place']>;

interface HarText {
  readonly text: string;
  readonly encoding?: 'base64';
  readonly comment?: string;
}

function toText({ bytes, truncated }: BodyContent, long: Long): HarText {
  if (long !== null) return { text: long.text, encoding: 'base64' };
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const comment = truncated ? { comment: `Only the first ${String(bytes.length)} bytes are in this file.` } : {};
  return isUtf8(buffer) && !buffer.includes(0)
    ? { text: buffer.toString('utf8'), ...comment }
    : { text: buffer.toString('base64'), encoding: 'base64', ...comment };
}

function toHeaders(headers: HeaderList): object[] {
  return headers.map(([name, value]) => ({ name, value }));
}

function toCookies(pairs: readonly string[]): object[] {
  return pairs
    .map((pair) => /^\s*([^=]*)=?(.*)$/s.exec(pair))
    .filter((match) => match?.[1] !== undefined && match[1] !== '')
    .map((match) => ({ name: match?.[1] ?? '', value: match?.[2] ?? '' }));
}

function toQuery(url: string): object[] {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? '';
  return [...new URLSearchParams(query)].map(([name, value]) => ({ name, value }));
}

function httpVersion(version: string): string {
  return version.startsWith('HTTP/') ? version : `HTTP/${version}`;
}
