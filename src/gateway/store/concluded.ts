import { accessFailureCodes } from '../../shared/access.ts';
import { headerValue, type Exchange, type HeaderList, type Redacted } from '../../shared/exchange.ts';
import { routeFailureCodes, type Diagnosis } from '../../shared/finding.ts';
import type { Subject } from '../../shared/subject.ts';
import type { Pricing } from '../cost/pricing.ts';
import { amended, type Redactor } from '../redact/redactor.ts';
import { concludeAttempts, type ConcludedAttempts } from './attempts.ts';
import { isCut, type BodyCollector } from './bodyCollector.ts';
import type { BodySide } from './eventBatch.ts';
import { modelOf } from './model.ts';
import { toExchange, type OpenExchange } from './openExchange.ts';
import type { BodyToSave, Saving } from './store.ts';

/** What to save of an exchange that still runs: its heads, and its bodies so far where `withBodies` asks for them. */
export function savingSoFar(open: OpenExchange, redactor: Redactor, withBodies: boolean): Saving {
  // The request's body is complete, or nearly so, once an answer begins; only then can it tell the model.
  const request = withBodies || open.response !== null ? requestOf(open, redactor) : undefined;
  const response = withBodies ? responseOf(open, redactor) : undefined;
  return withBodies
    ? { number: open.number, exchange: redacted(open, redactor, { request, response }), request, response }
    : { number: open.number, exchange: redacted(open, redactor, {}) };
}

/** What the rules are to this folder. */
export type Diagnose = (subject: Subject) => Diagnosis | null;

/** What to save of an exchange that has ended: redacted first, then diagnosed and priced from what is left. */
export function savingAtEnd(
  open: OpenExchange,
  redactor: Redactor,
  diagnose: Diagnose,
  pricing: Pick<Pricing, 'cost'>,
): Saving {
  const request = requestOf(open, redactor);
  const response = responseOf(open, redactor);
  const clients = clientsOf(open, redactor);
  const exchange = redacted(open, redactor, { request, response, ...clients });
  // What the gateway answers in the upstream's stead says nothing about the upstream.
  const ours = exchange.failure !== null && !isOwnRefusal(exchange.failure.code);
  const silent = exchange.response === null || ours;
  const { attempts, relieved, answering } = triedBy(open, request, redactor, diagnose);
  const answer = { ...exchange, ...answering };
  // What the cache answers says nothing about the upstream either, and costs nothing.
  if (exchange.cache === 'hit')
    return { number: open.number, exchange: amended(exchange, fromCache), request, response, ...clients };
  const diagnosis = silent ? null : (diagnose(toSubject(answer, request, response)) ?? relieved);
  const cost = pricing.cost(answer, {
    request: request.content.text,
    answer: response === undefined ? null : (response.content.text ?? messagesOf(exchange, response)),
    tail: open.answerTail,
  });
  const tries = attempts.length === 0 ? {} : { attempts };
  return {
    number: open.number,
    exchange: amended(exchange, { diagnosis, ...cost, ...tries }),
    request,
    response,
    ...clients,
  };
}

const fromCache = { diagnosis: null, usage: null, costUsd: 0, costEstimated: false };

const untried: ConcludedAttempts = { attempts: [], relieved: null, answering: {} };

function triedBy(open: OpenExchange, request: BodyToSave, redactor: Redactor, diagnose: Diagnose): ConcludedAttempts {
  if (open.attempts.length === 0) return untried;
  return concludeAttempts(open.attempts, toExchange(open, nothingStored), request.content.text, redactor, diagnose);
}

function redacted(open: OpenExchange, redactor: Redactor, bodies: Bodies): Redacted<Exchange> {
  const sizes = Object.entries(bodies).map(([side, body]) => [side, body?.content.bytes.length ?? 0] as const);
  return redactor.exchange(toExchange(open, { ...nothingStored, ...Object.fromEntries(sizes) }));
}

type Bodies = Readonly<Partial<Record<BodySide, BodyToSave | undefined>>>;

const nothingStored = { request: 0, response: 0, clientRequest: 0, clientResponse: 0 };

/** The client's bodies, of an exchange that has ended. */
function clientsOf({ stages, end }: OpenExchange, redactor: Redactor): Bodies {
  if (stages?.request == null || stages.changes.length === 0) return {};
  const { request, response } = stages;
  const size = (received: number): number => (end?.state === 'complete' ? received : Infinity);
  return {
    clientRequest: cleaned(request.body, request.head.headers, request.body.received, redactor),
    clientResponse:
      response === null
        ? undefined
        : cleaned(response.body, response.head.headers, size(response.body.received), redactor),
  };
}

function requestOf(open: OpenExchange, redactor: Redactor): BodyToSave {
  const { requestBody, begin, end, cleanRequest } = open;
  // Big prompts are redacted once, not again with every state of a slow answer.
  const stamp = `${requestBody.received} ${end === null ? '' : end.requestSize}`;
  if (cleanRequest?.stamp === stamp) return cleanRequest.body;
  const body = cleaned(requestBody, begin.headers, end?.requestSize ?? requestBody.received, redactor);
  open.cleanRequest = { stamp, body };
  open.model = modelOf(begin.path, body.content.text);
  return body;
}

function responseOf(open: OpenExchange, redactor: Redactor): BodyToSave | undefined {
  const { response, responseBody, end } = open;
  if (response === null || responseBody === null) return undefined;
  // While it runs, and where it broke off, its end may be half a secret.
  const size = end?.state === 'complete' ? end.responseSize : Infinity;
  return cleaned(responseBody, response.headers, size, redactor);
}

function cleaned(collector: BodyCollector, headers: HeaderList, size: number, redactor: Redactor): BodyToSave {
  const body = collector.soFar();
  const contentType = headerValue(headers, 'content-type') ?? null;
  return {
    content: redactor.body(body.bytes, contentType, isCut(collector, body, size)),
    decodeError: body.decodeError,
  };
}

/** The bytes of a WebSocket, or of AWS's event streams, are no text for the heads of their frames, yet the messages are. */
function messagesOf({ status, contentType }: Redacted<Exchange>, { content }: BodyToSave): string | null {
  const framed = status === 101 || contentType === 'application/vnd.amazon.eventstream';
  return framed ? Buffer.from(content.bytes).toString('utf8') : null;
}

function toSubject(exchange: Redacted<Exchange>, request: BodyToSave, response: BodyToSave | undefined): Subject {
  return {
    provider: exchange.provider,
    request: {
      method: exchange.method,
      host: exchange.host,
      path: exchange.path,
      headers: exchange.request.headers,
      body: request.content.text,
    },
    response: {
      status: exchange.status,
      headers: exchange.response?.headers ?? [],
      trailers: exchange.response?.trailers ?? [],
      body: response === undefined ? null : (response.content.text ?? messagesOf(exchange, response)),
      truncated: exchange.response?.body.truncated === true || exchange.state !== 'complete',
    },
  };
}

/** Refusals at our own door have causes and cures, as a vendor's have. */
function isOwnRefusal(code: string): boolean {
  return [...accessFailureCodes, ...routeFailureCodes].some((one) => one === code);
}
