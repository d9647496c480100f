import assert from 'node:assert/strict';
import { createSseReader } from '../../src/gateway/ai/own/sseReader.ts';
import { ownDialects } from '../../src/gateway/ai/own/ownDialects.ts';
import { askedIn, streamWriter, writtenWhole } from '../../src/gateway/ai/translate/formats.ts';
import { targetOptions } from '../../src/gateway/ai/translate/targetOptions.ts';
import { translated } from '../../src/gateway/ai/translate/translated.ts';
import type { Json, TranslationJob } from '../../src/gateway/ai/translation.ts';
import { createTurns } from '../../src/gateway/ai/turns.ts';
import { anthropic, openai, type Said } from './dialects.ts';
import { gemini } from './moreDialects.ts';

/** A vendor that speaks a dialect, and one of its models. */
export interface Place {
  readonly dialect: 'anthropic' | 'gemini' | 'openai';
  readonly provider: string;
  readonly model: string;
}

/** How one speaks to it in a test. */
type Call = Pick<TranslationJob, 'format' | 'body'> & { readonly place: Place };

/** What was sent, the text of the answer, and the fields that were left out. */
export interface Came {
  readonly sent: Json;
  readonly text: string;
  readonly ignored: readonly string[];
}

export function jobFor({ body, format, place }: Call, fetch: typeof globalThis.fetch): TranslationJob {
  return {
    ...{ format, body, name: `${place.provider}/${place.model}`, strict: false, download: fetch, fetch },
    target: { ...place, url: 'http://v/v1', output: 64_000 },
    turns: createTurns(),
    signal: new AbortController().signal,
  };
}

/** What the package of the AI SDK sends, and makes of an answer. */
export async function byPackage(call: Call, said: Said): Promise<Came> {
  let sent: Json = {};
  const vendor = (url: unknown, init: RequestInit = {}): Promise<Response> => {
    sent = JSON.parse(init.body as string) as Json;
    return Promise.resolve(respond(said, call.place, String(url), sent));
  };
  const found = await translated(jobFor(call, vendor));
  if (found.kind === 'refused') throw new Error(found.message);
  let text = '';
  if (found.kind === 'whole') text = JSON.stringify(found.body);
  else for await (const event of found.events) text += event;
  return { sent, text, ignored: [...found.ignored].sort() };
}

const vendors = { anthropic, gemini, openai };

function respond(said: Said, { dialect }: Place, url: string, body: Json): Response {
  const { json, stream } = vendors[dialect].answer(said, { url, headers: {}, raw: '', body });
  if (stream === undefined) return Response.json(json);
  return new Response(stream.map(String).join(''), { headers: { 'Content-Type': 'text/event-stream' } });
}

/** What this gateway sends and makes of it without a package. */
export async function byOwn(call: Call, said: Said): Promise<Came> {
  const job = jobFor(call, fetch);
  const { place } = call;
  const dialect = ownDialects[place.dialect];
  assert.ok(dialect !== undefined);
  const asked = askedIn(job);
  const { options, ignored } = targetOptions(asked, job);
  const made = dialect.request(options, { ...job.target, stream: asked.stream });
  assert.ok(made !== null, 'it is spoken here');
  const sent = JSON.parse(JSON.stringify(made.body)) as Json;
  const url = job.target.url + dialect.path(place.model, asked.stream);
  const bytes = new Uint8Array(await respond(said, place, url, sent).arrayBuffer());
  const left = [...ignored, ...made.ignored].sort();
  if (!asked.stream) {
    const whole = dialect.whole(JSON.parse(Buffer.from(bytes).toString()) as Json);
    return { sent, text: JSON.stringify(writtenWhole(job, asked, whole)), ignored: left };
  }
  const writer = streamWriter(job, asked);
  const events = dialect.stream();
  let text = writer.begin();
  const reader = createSseReader((data) => {
    if (data !== '[DONE]') for (const part of events.read(data)) text += writer.write(part);
  });
  // In pieces that keep to no border, not even of a letter.
  for (let at = 0; at < bytes.length; at += 7) reader.read(bytes.subarray(at, at + 7));
  reader.end();
  assert.ok(events.isComplete);
  for (const part of events.end()) text += writer.write(part);
  return { sent, text: text + writer.end(), ignored: left };
}

/** Without what is random, and without a wish of the package's that its pieces of arguments come unchecked. */
export function comparable(value: unknown): unknown {
  const text = JSON.stringify(value)
    .replace(/(chatcmpl|msg|resp|rs|fc)[-_][0-9a-f-]{32,36}/g, '$1')
    .replace(/\\"created(?:_at)?\\":\d+/g, '')
    .replaceAll(',"eager_input_streaming":true', '');
  return JSON.parse(text);
}
