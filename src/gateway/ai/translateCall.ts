import { headerValue } from '../../shared/exchange.ts';
import { plain, text } from '../../shared/text.ts';
import type { Reply } from '../engine.ts';
import { upstreamPath } from '../route.ts';
import type { AiParts, AiRequest, Passages } from './aiDesk.ts';
import { answerJson, priced } from './aiDesk.ts';
import { costHeader } from './callCost.ts';
import { errorBody, readRefusal, speaksAnthropic, statusFor, type AiError } from './dialectError.ts';
import { sayFailure } from './gatewayError.ts';
import { modelFetch, type Heard } from './modelFetch.ts';
import { isChatFormat } from './operations.ts';
import type { Json, Translation, TranslationJob } from './translation.ts';

/** Sends a request to a vendor that speaks another dialect, and its answer back in the caller's. */
export function translateCall(request: AiRequest, parts: AiParts, passages: Pick<Passages, 'call'>): void {
  // What is no JSON is refused by whoever called.
  const json = JSON.parse(request.body.toString('utf8')) as Json;
  const leaving = new AbortController();
  request.reply.onGone(() => leaving.abort());
  const { fetch, heard } = modelFetch(request, passages);
  let streaming = false;
  const translate = async (): Promise<void> => {
    const { translated } = await import('./translate/translated.ts');
    const translation = await translated(jobOf(request, json, parts, fetch, leaving.signal));
    streaming = translation.kind === 'stream';
    tellTranslated(request, translation.kind === 'refused' ? [] : translation.ignored);
    await answer(request, translation, heard);
  };
  translate().catch((error: unknown) => {
    if (leaving.signal.aborted) return;
    if (streaming) breakOff(request, error);
    else {
      tellTranslated(request, []);
      fail(request, error, heard);
    }
  });
}

function jobOf(
  request: AiRequest,
  body: Json,
  { turns, fetch: download }: AiParts,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
): TranslationJob {
  const { operation, target, model, inbound } = request;
  const base = upstreamPath(target.api.upstream, target.prefix).replace(/\?.*$/s, '').replace(/\/$/, '');
  const strict = headerValue(inbound.headers, 'x-tollgate-strict') ?? String(target.api.ai?.strict ?? false);
  return {
    format: isChatFormat(operation) ? operation : 'embeddings',
    body,
    name: model.name,
    target: {
      ...{ dialect: target.dialect, provider: target.provider.id, model: target.model },
      url: `http://upstream.invalid${base}`,
      output: target.info?.output ?? null,
    },
    strict: strict === 'true' || strict === '1',
    ...{ fetch, download, turns, signal },
  };
}

/** For the log. */
function tellTranslated({ inbound, operation, target }: AiRequest, ignored: readonly string[]): void {
  inbound.stage?.changed({ kind: 'translated', from: operation, to: target.dialect, ignored });
}

async function answer(request: AiRequest, translation: Translation, heard: Heard): Promise<void> {
  const { reply, operation, target } = request;
  if (translation.kind === 'refused') {
    const { message, param } = translation;
    const error: AiError = { status: 400, message, type: 'invalid_request_error', code: 'unsupported_field', param };
    answerJson(reply, 400, errorBody(error, operation), ['x-should-retry', 'false']);
    return;
  }
  const more = [
    ...(translation.ignored.length === 0 ? [] : ['x-tollgate-ignored', headerText(translation.ignored)]),
    ...heard.notice,
  ];
  if (translation.kind === 'whole') {
    answerJson(reply, 200, translation.body, [...more, costHeader, await priced(target)(heard.answer())]);
    return;
  }
  const head = ['Content-Type', 'text/event-stream; charset=utf-8', 'Cache-Control', 'no-cache', ...more];
  reply.begin(200, 'OK', [...head, 'Trailer', costHeader]);
  const drained = drains(reply);
  for await (const event of translation.events) if (!reply.write(Buffer.from(event))) await drained();
  reply.end([[costHeader, await priced(target)(heard.answer())]]);
}

/** A stream that broke says so, and ends in a way that no client takes for its end. */
function breakOff({ reply, operation, target }: AiRequest, error: unknown): void {
  const why = error instanceof Error ? error.message : '';
  const message = plain(text('The answer of {0} broke off: {1}', target.api.title, why));
  const said = errorBody({ status: 502, message, type: 'api_error', code: 'upstream_reset' }, operation);
  const name = speaksAnthropic(operation) ? 'event: error\n' : '';
  const data =
    operation === 'responses' ? { type: 'error', sequence_number: 0, code: 'upstream_reset', message } : said;
  reply.write(Buffer.from(`${operation === 'responses' ? 'event: error\n' : name}data: ${JSON.stringify(data)}\n\n`));
  setImmediate(() => reply.destroy());
}

/** Waits until a slow client can take more. */
function drains(reply: Reply): () => Promise<void> {
  let go: () => void = () => undefined;
  reply.onDrain(() => go());
  reply.onGone(() => go());
  return () => new Promise((resolve) => (go = resolve));
}

/** What a vendor refused keeps its status and when to come back; what went wrong on the way is the gateway's failure. */
function fail({ reply, operation, target }: AiRequest, error: unknown, { refusal }: Heard): void {
  if (refusal === null) {
    const message = plain(
      text('The answer of {0} could not be read: {1}', target.api.title, error instanceof Error ? error.message : ''),
    );
    answerJson(
      reply,
      502,
      errorBody({ status: 502, message, type: 'api_error', code: 'upstream_protocol_error' }, operation),
    );
    return;
  }
  const told = refusal.headers.filter(([name]) =>
    /^(?:retry-after(?:-ms)?|x-should-retry|(?:x-)?ratelimit(?:-.*)?|(?:x-)?request-id|deprecation|sunset|link|allow|www-authenticate)$/i.test(
      name,
    ),
  );
  const own = headerValue(refusal.headers, 'x-tollgate-error');
  if (own !== undefined) {
    const said = sayFailure(operation)(refusal.status, Buffer.from(refusal.body));
    reply.begin(refusal.status, '', [...said.headers, ...told.flat(), 'x-tollgate-error', own]);
    reply.write(said.body);
    reply.end([]);
    return;
  }
  const status = statusFor(refusal.status, operation);
  answerJson(reply, status, errorBody({ ...readRefusal(status, refusal.body), status }, operation), told.flat());
}

/** Field values are ASCII (RFC 9110, 5.5). */
function headerText(names: readonly string[]): string {
  return [...new Set(names)]
    .join(', ')
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, 2000);
}
