import {
  headerValue,
  type Exchange,
  type ExchangeId,
  type ExchangeState,
  type HeaderList,
  type Timing,
} from '../../shared/exchange.ts';
import type { Side } from '../../shared/protocol.ts';
import { traceOf } from '../../shared/origin.ts';
import { credentialLookOf } from '../credentials/credentialLook.ts';
import { originOf, type CallTracing } from '../origin/callTracing.ts';
import type { CaptureEvent, RawAttempt } from '../parts.ts';
import { arrivalsOf } from './arrivals.ts';
import type { AnswerTail } from './answerTail.ts';
import type { BodySide } from './eventBatch.ts';
import type { BodyToSave } from './store.ts';
import { bodyInfo, createBodyCollector, type BodyCollector, type OpenBodyFile } from './bodyCollector.ts';
import { changed, toClientStages, type OpenStages } from './openStages.ts';

type Begin = CaptureEvent & { type: 'begin' };
type Response = CaptureEvent & { type: 'response' };
type End = CaptureEvent & { type: 'end' };

/** An exchange while its events come in. Secrets are still in it. */
export interface OpenExchange {
  begin: Begin;
  requestBody: BodyCollector;
  responseBody: BodyCollector | null;
  /** Where the gateway may try more than once: each try. */
  readonly attempts: RawAttempt[];
  response: Response | null;
  /** The client's side; null where it is the upstream's. */
  stages: OpenStages | null;
  /** The end of an answer that was not kept whole, as received. Nothing of it is stored but numbers. */
  answerTail: string;
  /** Gathers it where the answer goes on in a file. */
  tail: AnswerTail | null;
  /** See `Arrival`; the last may still grow. */
  readonly arrivals: [side: 0 | 1, bytes: number, at: number][];
  end: End | null;
  /** Who made the call, as far as that is known. */
  readonly tracing: CallTracing;
  model: string | null;
  /** The request's body as last redacted, and what it was redacted from. */
  cleanRequest: { readonly stamp: string; readonly body: BodyToSave } | null;
  /** Null until it was saved first. */
  number: number | null;
  /** The state that was told while it could not be saved. */
  toldUnsaved: ExchangeState | null;
  /** Bytes received when it was last saved. */
  savedBytes: number;
  /** When it was last reported for no more than having grown, in milliseconds since 1970. */
  grewAt: number;
}

/** How much of a body is kept in its row, and what opens a file for one that is longer. */
export interface Keeping {
  readonly limit: number;
  readonly openFile?: (id: ExchangeId, side: Side, headers: HeaderList) => ReturnType<OpenBodyFile>;
}

/** What gathers one of the two bodies. */
export function collectorFor(
  id: ExchangeId,
  side: Side,
  headers: HeaderList,
  { limit, openFile }: Keeping,
): BodyCollector {
  const encoding = headerValue(headers, 'content-encoding') ?? null;
  return createBodyCollector(encoding, limit, openFile && (() => openFile(id, side, headers)));
}

export function openExchange(begin: Begin, keeping: Keeping): OpenExchange {
  return {
    begin,
    requestBody: collectorFor(begin.id, 'request', begin.headers, keeping),
    responseBody: null,
    attempts: [],
    response: null,
    stages: null,
    answerTail: '',
    tail: null,
    arrivals: [],
    end: null,
    tracing: {
      id: begin.id,
      request: { ...begin.client, method: begin.method, path: begin.clientPath, startedAt: begin.startedAt },
      caller: null,
      origin: null,
      saved: null,
    },
    model: null,
    cleanRequest: null,
    number: null,
    toldUnsaved: null,
    savedBytes: 0,
    grewAt: 0,
  };
}

/** The request goes out anew, or elsewhere: what was gathered of it counts no more. */
export function retarget(
  open: OpenExchange,
  target: CaptureEvent & { readonly type: 'target' },
  keeping: Keeping,
): void {
  open.requestBody.dispose();
  open.begin = { ...open.begin, ...target, type: 'begin' };
  open.requestBody = collectorFor(target.id, 'request', target.headers, keeping);
  open.cleanRequest = null;
  open.arrivals.length = 0;
}

const notYet: Timing = { queue: null, connect: null, tls: null, firstByte: null, download: null, total: null };

/** The exchange as it is now. `stored` holds how many bytes of each body the store keeps. */
export function toExchange(open: OpenExchange, stored: Readonly<Record<BodySide, number>>): Exchange {
  const { begin, response, end, requestBody, responseBody, tracing } = open;
  const origin = originOf(tracing, traceOf(headerValue(begin.headers, 'traceparent')));
  const requestSize = end?.requestSize ?? requestBody.received;
  const responseSize = end?.responseSize ?? responseBody?.received ?? 0;
  const stages = open.stages === null ? null : toClientStages(open.stages, end !== null, stored);
  return {
    id: begin.id,
    number: open.number ?? 0,
    startedAt: begin.startedAt,
    state: end?.state ?? 'open',
    api: begin.api,
    provider: begin.provider,
    method: begin.method,
    host: hostOf(begin.url),
    path: begin.path,
    status: response?.status ?? null,
    requestSize,
    responseSize,
    duration: end?.timing.total ?? null,
    contentType: response === null ? null : (headerValue(response.headers, 'content-type') ?? null),
    model: open.model,
    callSite: tracing.caller?.callSite ?? null,
    diagnosis: null,
    replayOf: begin.replayOf,
    simulated: begin.simulated,
    usage: null,
    costUsd: null,
    costEstimated: false,
    ...(begin.operation === undefined ? {} : { operation: begin.operation }),
    ...changed(open.stages),
    ...(begin.application === undefined ? {} : { application: begin.application }),
    url: begin.url,
    request: {
      method: begin.method,
      path: begin.path,
      httpVersion: begin.httpVersion,
      headers: begin.headers,
      body: bodyInfo(begin.headers, requestSize, stored.request, requestBody),
    },
    response: response && {
      status: response.status,
      reason: response.reason,
      httpVersion: response.httpVersion,
      headers: response.headers,
      trailers: end?.trailers ?? [],
      body: bodyInfo(response.headers, responseSize, stored.response, responseBody),
    },
    timing: end?.timing ?? notYet,
    failure: end?.failure ?? null,
    client: { ...begin.client, pid: origin?.pid ?? null },
    origin,
    credentialInjected: begin.credentialInjected,
    ownCredential: credentialLookOf(begin.headers),
    ...(stages === null ? {} : { stages }),
    ...arrivalsOf(open),
  };
}

function hostOf(url: string): string {
  try {
    return new URL(url).host;
  } catch {
    return '';
  }
}

/** As they began: their numbers tell which came first. */
export function inOrder(opens: ReadonlySet<OpenExchange>): readonly OpenExchange[] {
  return [...opens].sort((one, other) => one.begin.startedAt - other.begin.startedAt);
}
