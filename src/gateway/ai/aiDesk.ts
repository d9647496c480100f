import type { Failure, HeaderList } from '../../shared/exchange.ts';
import type { ListedModel } from '../../shared/models.ts';
import { plain, text } from '../../shared/text.ts';
import { headerValue } from '../../shared/exchange.ts';
import type { Inbound, RawHeaders, Reply } from '../engine.ts';
import type { FailureDetail } from '../answerFailure.ts';
import { clientStage } from '../clientStage.ts';
import { replaceHeader } from '../headers.ts';
import type { Credentials, ResolvedApi } from '../parts.ts';
import type { Door } from '../modelRoutes/door.ts';
import type { RouteDesk } from '../modelRoutes/routeDesk.ts';
import { runRoute } from '../modelRoutes/runRoute.ts';
import { upstreamPath, type Routes } from '../route.ts';
import { aiReply } from './aiReply.ts';
import { costOf, loadPrices } from './callCost.ts';
import { errorBody, type AiError } from './dialectError.ts';
import { findTarget, type Target } from './findTarget.ts';
import { gatewayError, sayFailure } from './gatewayError.ts';
import { listModels, modelObject } from './listModels.ts';
import type { ModelBook } from './modelBook.ts';
import { isChatFormat, readAiPath, type Operation } from './operations.ts';
import { patched } from './patches.ts';
import { modelInForm, modelInJson, withModel, type RequestModel } from './requestModel.ts';
import { longestRequest, takeWhole } from './takeWhole.ts';
import { translateCall } from './translateCall.ts';
import type { Turns } from './turns.ts';

/** What the proxy does for calls in a common format: everything from the key to the log. */
export interface Passages {
  /** Passes a call on to an API; `path` is the upstream's. The one place where calls are admitted. */
  call(inbound: Inbound, reply: Reply, api: ResolvedApi, path: string): void;
  refuse(inbound: Inbound, reply: Reply, api: ResolvedApi | null, failure: Failure, more?: FailureDetail): unknown;
  routes(): Omit<Routes, 'port'>;
  /** What aliases need of the proxy. */
  readonly door: Door;
}

/** Serves what is below `/v1`: every model in the formats of OpenAI and Anthropic. */
export interface AiDesk {
  /** Serves one request; `rest` is what follows `/v1`. Never throws. */
  readonly handle: (inbound: Inbound, reply: Reply, rest: string, passages: Passages) => void;
  readonly models: (routes: Pick<Routes, 'apis' | 'aliases'>) => readonly ListedModel[];
  readonly book: ModelBook;
}

export interface AiParts {
  readonly book: () => ModelBook;
  readonly credentials: Pick<Credentials, 'state'>;
  readonly turns: Turns;
  /** What aliases remember. */
  readonly routes: RouteDesk;
  /** Reaches what a request links to. */
  readonly fetch: typeof fetch;
}

/** A request in a common format, read so far that it can be sent on. */
export interface AiRequest {
  readonly inbound: Inbound;
  readonly reply: Reply;
  readonly operation: Operation;
  /** Behind the base URL. */
  readonly path: string;
  readonly body: Buffer;
  readonly model: RequestModel;
  readonly target: Target;
}

/** Keeps the desk. */
export function createAiDesk(parts: AiParts): AiDesk {
  const listed = (routes: Pick<Routes, 'apis' | 'aliases'>): readonly ListedModel[] =>
    listModels(routes, parts.book(), parts.credentials);

  const serve = (
    inbound: Inbound,
    reply: Reply,
    { operation, path }: { readonly operation: Operation; readonly path: string },
    body: Buffer,
    passages: Passages,
  ): void => {
    const again = { ...inbound, takeBody: () => body };
    const own = aiReply(reply, { cost: null, hidesUsage: false, headers: [], failure: sayFailure(operation) });
    const type = headerValue(inbound.headers, 'content-type') ?? '';
    const isForm = type.toLowerCase().startsWith('multipart/form-data');
    const model = isForm ? modelInForm(body, type) : modelInJson(body);
    if (model === null) {
      passages.refuse(again, own, null, noModel(isForm));
      return;
    }
    const { apis, stopped, aliases } = passages.routes();
    const route = aliases.get(model.name);
    if (route !== undefined) {
      const call = { inbound: again, reply, operation, path, body, model, isForm, route };
      runRoute(call, parts, passages, parts.routes).catch((error: unknown) =>
        passages.refuse({ ...inbound, takeBody: () => null }, own, null, gatewayError(error)),
      );
      return;
    }
    const target = findTarget(model.name, operation, apis, parts.book());
    if ('code' in target) {
      passages.refuse(again, own, null, target);
      return;
    }
    if (stopped.has(target.api.name)) {
      passages.refuse(again, own, target.api, stoppedFailure(target.api.name));
      return;
    }
    const request: AiRequest = { inbound, reply, operation, path, body, model, target };
    if (isNative(target, operation)) passThrough(request, isForm, passages);
    else if (isChatFormat(operation) || operation === 'embeddings') {
      const stage = clientStage(again, body, reply);
      translateCall({ ...request, inbound: { ...inbound, stage }, reply: stage.reply }, parts, passages);
    } else passages.refuse(again, own, target.api, notOffered(target, path));
  };

  return {
    get book() {
      return parts.book();
    },
    models: listed,
    handle: (inbound, reply, rest, passages) => {
      const wanted = readAiPath(inbound.method, rest);
      if (wanted.kind === 'models') {
        answerModels(reply, listed(passages.routes()), wanted);
        return;
      }
      if (wanted.kind === 'unknown') {
        passages.refuse(inbound, reply, null, nothingThere(inbound));
        return;
      }
      void loadPrices();
      takeWhole(inbound, (body) => {
        if (body === null) reply.destroy();
        else if (body === 'tooLong') passages.refuse({ ...inbound, takeBody: () => null }, reply, null, tooLong());
        else guarded(() => serve(inbound, reply, wanted, body, passages), inbound, reply, wanted.operation, passages);
      });
    },
  };
}

/** Sends a request on in the dialect in which it came. */
export function passThrough(request: AiRequest, isForm: boolean, passages: Pick<Passages, 'call'>): void {
  const { inbound, reply, operation, path, model, target } = request;
  const sent = isForm
    ? { body: withModel(request.body, model, target.model, false), hidesUsage: false, ignored: [] }
    : patched(request.body, model, target, operation);
  const headers: string[] = sent.ignored.length === 0 ? [] : ['x-tollgate-ignored', sent.ignored.join(', ')];
  const tells = operation !== 'audio' && operation !== 'moderations' && operation !== 'countTokens';
  const answer = aiReply(reply, {
    cost: tells ? priced(target) : null,
    hidesUsage: sent.hidesUsage,
    headers,
    failure: sayFailure(operation),
  });
  const forwarded: Inbound = {
    ...inbound,
    model: target.model,
    headers: plainly(replaceHeader(inbound.headers, 'Content-Length', String(sent.body.byteLength)), tells),
    takeBody: (tap) => {
      tap(sent.body);
      return sent.body;
    },
  };
  passages.call(forwarded, answer, target.api, upstreamPath(target.api.upstream, target.prefix + path));
}

/** What an answer cost; later where the price lists are not there yet. */
export function priced(target: Target): (answer: string) => string | Promise<string> {
  return (answer) => {
    const loading = loadPrices();
    return loading === null ? costOf(answer, target) : loading.then(() => costOf(answer, target));
  };
}

/** A body that was taken whole has a length; an answer that is to be read comes without a coding. */
function plainly(headers: HeaderList, reads: boolean): HeaderList {
  return headers.filter(([name]) => {
    const lower = name.toLowerCase();
    return lower !== 'transfer-encoding' && lower !== 'expect' && !(reads && lower === 'accept-encoding');
  });
}

/** Whether the vendor speaks the dialect that the operation belongs to; Mistral's other endpoints are OpenAI's. */
export function isNative({ dialect }: Target, operation: Operation): boolean {
  if (operation === 'messages' || operation === 'countTokens') return dialect === 'anthropic';
  if (operation === 'responses') return dialect === 'responses';
  return dialect === 'openai' || (dialect === 'mistral' && operation !== 'chat' && operation !== 'completions');
}

function guarded(
  run: () => void,
  inbound: Inbound,
  reply: Reply,
  operation: Operation,
  { refuse }: Pick<Passages, 'refuse'>,
): void {
  try {
    run();
  } catch (error) {
    const own = aiReply(reply, { cost: null, hidesUsage: false, headers: [], failure: sayFailure(operation) });
    refuse({ ...inbound, takeBody: () => null }, own, null, gatewayError(error));
  }
}

function answerModels(
  reply: Reply,
  models: readonly ListedModel[],
  { id, all }: { readonly id: string | null; readonly all: boolean },
): void {
  if (id === null) {
    const data = models.filter(({ ready }) => all || ready).map(modelObject);
    answerJson(reply, 200, { object: 'list', data, has_more: false });
    return;
  }
  const found = models.find(({ name }) => name === id);
  const missing: AiError = { status: 404, message: plain(text('There is no model "{0}" here.', id)) };
  if (found === undefined) answerJson(reply, 404, errorBody(missing, 'chat'));
  else answerJson(reply, 200, modelObject(found));
}

/** Answers JSON. */
export function answerJson(reply: Reply, status: number, value: unknown, headers: RawHeaders = []): void {
  const body = Buffer.from(`${JSON.stringify(value)}\n`);
  const length = String(body.byteLength);
  reply.begin(status, '', ['Content-Type', 'application/json', 'Content-Length', length, ...headers]);
  reply.write(body);
  reply.end([]);
}

function noModel(isForm: boolean): Failure {
  return {
    code: 'bad_request',
    message: isForm ? plain(text('The form has no field "model".')) : plain(text('The request names no "model".')),
    hint: plain(text('Name it as "provider/model"; GET /v1/models lists what there is.')),
  };
}

function nothingThere({ method, target }: Inbound): Failure {
  return {
    code: 'not_found',
    message: plain(text('There is no {0} {1} here.', method, target.replace(/\?.*$/s, ''))),
    hint: plain(
      text('There are /v1/chat/completions, /responses, /messages, /embeddings, /images/…, /audio/… and /models.'),
    ),
  };
}

function tooLong(): Failure {
  return {
    code: 'bad_request',
    message: plain(text('The request is longer than {0} MB.', String(longestRequest / 1024 / 1024))),
    hint: plain(text('Send large files by their URL.')),
  };
}

function stoppedFailure(name: string): Failure {
  return {
    code: 'api_stopped',
    message: plain(text('The API "{0}" is stopped.', name)),
    hint: plain(text('Start it in the Tollgate view.')),
  };
}

/** What a vendor does not have at all. */
export function notOffered({ provider }: Target, path: string): Failure {
  return {
    code: 'bad_request',
    message: plain(text('{0} has no {1}.', provider.title, path.replace(/\?.*$/s, ''))),
    hint: plain(text('Call a provider that speaks OpenAI’s dialect for it.')),
  };
}
