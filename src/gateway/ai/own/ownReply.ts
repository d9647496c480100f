import { headerValue, type HeaderList } from '../../../shared/exchange.ts';
import type { RawHeaders, Reply } from '../../engine.ts';
import { toHeaderList } from '../../headers.ts';
import { flushSoon } from '../../wire/gathered.ts';
import { answerJson, priced, type AiRequest } from '../aiDesk.ts';
import { costHeader } from '../callCost.ts';
import { ignoredHeader } from '../ignoredHeader.ts';
import { noticeIn } from '../modelFetch.ts';
import type { Asked } from '../translate/asked.ts';
import { isObject } from '../translate/fields.ts';
import { streamWriter, writtenWhole } from '../translate/formats.ts';
import { remember } from '../translate/remember.ts';
import type { SpokenPart } from '../translate/sdk.ts';
import { createMemory } from '../translate/streamMemory.ts';
import { breakOff, failCall } from '../translationFailure.ts';
import type { OwnDialect } from './dialect.ts';
import type { OwnJob } from './ownCall.ts';
import { createSseReader } from './sseReader.ts';

interface OwnAnswer {
  readonly request: AiRequest;
  readonly job: OwnJob;
  readonly asked: Asked;
  readonly dialect: OwnDialect;
  readonly ignored: readonly string[];
}

/** The way back to a caller of another format: what a vendor answers is written anew as it comes. */
export function ownReply(own: OwnAnswer): Reply {
  const { request } = own;
  const client = request.reply;
  let head: { readonly status: number; readonly headers: HeaderList } | null = null;
  let streaming: ReturnType<typeof streamed> | null = null;
  const held: Uint8Array[] = [];
  let over = false;

  const broken = (error: unknown): void => {
    if (over) return;
    over = true;
    if (streaming === null) failCall(request, error, { refusal: null });
    else {
      streaming.flushed();
      breakOff(request, error);
    }
  };
  const guarded = (run: () => void): void => {
    try {
      run();
    } catch (error) {
      broken(error);
    }
  };
  return {
    inform: () => undefined,
    begin: (status, _reason, raw) => {
      const headers = toHeaderList(raw);
      head = { status, headers };
      const isStream = /event-stream/i.test(headerValue(headers, 'content-type') ?? '');
      if (status < 400 && own.asked.stream && isStream) streaming = streamed(own, noticeIn(headers));
    },
    write: (bytes) => {
      if (over) return true;
      if (streaming === null) held.push(bytes);
      else guarded(() => streaming?.read(bytes));
      return streaming?.goesOn() ?? true;
    },
    onDrain: (listener) =>
      client.onDrain(() => {
        streaming?.drained();
        listener();
      }),
    end: () => {
      if (over || head === null) return;
      const body = Buffer.concat(held).toString('utf8');
      if (head.status >= 400) {
        over = true;
        failCall(request, null, { refusal: { ...head, body } });
      } else if (streaming !== null) guarded(() => streaming?.end());
      else guarded(() => answerWhole(own, body, noticeIn(head?.headers ?? [])));
      over = true;
    },
    destroy: () => broken(new Error('The provider broke the answer off.')),
    tunnel: (_status, _reason, _headers, upstream) => {
      upstream.destroy();
      broken(new Error('The provider wants to change protocols.'));
    },
    onGone: (listener) => client.onGone(listener),
  };
}

function answerWhole({ request, job, asked, dialect, ignored }: OwnAnswer, body: string, notice: RawHeaders): void {
  const json: unknown = JSON.parse(body);
  if (asked.stream || !isObject(json)) throw new Error('It is of another kind than was asked for.');
  const whole = dialect.whole(json);
  remember(whole.content, job.turns);
  const written = writtenWhole(job, asked, whole);
  const say = (cost: string): void =>
    answerJson(request.reply, 200, written, [...ignoredHeader(ignored), ...notice, costHeader, cost]);
  const cost = priced(request.target)(body);
  if (typeof cost === 'string') say(cost);
  else void cost.then(say);
}

/** A stream on its way. What one read of the upstream brings goes out in one piece. */
function streamed({ request, job, asked, dialect, ignored }: OwnAnswer, notice: RawHeaders) {
  const { reply, target } = request;
  const writer = streamWriter(job, asked);
  const events = dialect.stream();
  const memory = createMemory();
  let text = writer.begin();
  let isScheduled = false;
  let isFree = true;
  const take = (parts: readonly SpokenPart[]): void => {
    for (const part of parts) {
      memory.see(part);
      text += writer.write(part);
    }
  };
  const reader = createSseReader((data) => {
    if (data !== '[DONE]') take(events.read(data));
  });
  const head = ['Content-Type', 'text/event-stream; charset=utf-8', 'Cache-Control', 'no-cache'];
  reply.begin(200, 'OK', [...head, ...ignoredHeader(ignored), ...notice, 'Trailer', costHeader]);
  const stream = {
    read: (bytes: Uint8Array): void => {
      reader.read(bytes);
      if (isScheduled || text === '') return;
      isScheduled = true;
      flushSoon(stream);
    },
    flushed: (): void => {
      isScheduled = false;
      if (text === '') return;
      const bytes = Buffer.from(text);
      text = '';
      isFree = reply.write(bytes);
    },
    goesOn: (): boolean => isFree,
    drained: (): void => void (isFree = true),
    end: (): void => {
      reader.end();
      if (!events.isComplete) throw new Error('It ended before it was complete.');
      take(events.end());
      text += writer.end();
      memory.keep(job.turns);
      stream.flushed();
      const cost = priced(target)(JSON.stringify(events.told));
      if (typeof cost === 'string') reply.end([[costHeader, cost]]);
      else void cost.then((told) => reply.end([[costHeader, told]]));
    },
  };
  return stream;
}
