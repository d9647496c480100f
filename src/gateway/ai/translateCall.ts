import { headerValue } from '../../shared/exchange.ts';
import type { Reply } from '../engine.ts';
import { upstreamPath } from '../route.ts';
import type { AiParts, AiRequest, Passages } from './aiDesk.ts';
import { answerJson, priced } from './aiDesk.ts';
import { costHeader } from './callCost.ts';
import { ignoredHeader, tellTranslated } from './ignoredHeader.ts';
import { modelFetch, type Heard } from './modelFetch.ts';
import { isChatFormat } from './operations.ts';
import { ownCall } from './own/ownCall.ts';
import type { Json, Translation, TranslationJob } from './translation.ts';
import { breakOff, failCall, refuseCall } from './translationFailure.ts';

/** Sends a request to a vendor that speaks another dialect, and its answer back in the caller's. */
export function translateCall(request: AiRequest, parts: AiParts, passages: Pick<Passages, 'call'>): void {
  // What is no JSON is refused by whoever called.
  const json = JSON.parse(request.body.toString('utf8')) as Json;
  const leaving = new AbortController();
  const job = jobOf(request, json, parts, leaving.signal);
  if (ownCall(request, job, passages)) return;
  request.reply.onGone(() => leaving.abort());
  const { fetch, heard } = modelFetch(request, passages);
  let streaming = false;
  const translate = async (): Promise<void> => {
    const { translated } = await import('./translate/translated.ts');
    const translation = await translated({ ...job, fetch });
    streaming = translation.kind === 'stream';
    tellTranslated(request, translation.kind === 'refused' ? [] : translation.ignored);
    await answer(request, translation, heard, leaving.signal);
  };
  translate().catch((error: unknown) => {
    if (leaving.signal.aborted) return;
    if (streaming) breakOff(request, error);
    else {
      tellTranslated(request, []);
      failCall(request, error, heard);
    }
  });
}

function jobOf(
  request: AiRequest,
  body: Json,
  { turns, fetch: download }: AiParts,
  signal: AbortSignal,
): Omit<TranslationJob, 'fetch'> {
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
    ...{ download, turns, signal },
  };
}

async function answer(request: AiRequest, translation: Translation, heard: Heard, leaving: AbortSignal): Promise<void> {
  const { reply, target } = request;
  if (translation.kind === 'refused') {
    refuseCall(request, translation.message, translation.param);
    return;
  }
  const more = [...ignoredHeader(translation.ignored), ...heard.notice];
  if (translation.kind === 'whole') {
    answerJson(reply, 200, translation.body, [...more, costHeader, await priced(target)(heard.answer())]);
    return;
  }
  const head = ['Content-Type', 'text/event-stream; charset=utf-8', 'Cache-Control', 'no-cache', ...more];
  reply.begin(200, 'OK', [...head, 'Trailer', costHeader]);
  const drained = drains(reply, leaving);
  for await (const event of translation.events) if (!reply.write(Buffer.from(event))) await drained();
  reply.end([[costHeader, await priced(target)(heard.answer())]]);
}

/** Waits until a slow client can take more. */
function drains(reply: Reply, leaving: AbortSignal): () => Promise<void> {
  let go: () => void = () => undefined;
  reply.onDrain(() => go());
  leaving.addEventListener('abort', () => go());
  return () => new Promise((resolve) => (go = resolve));
}
