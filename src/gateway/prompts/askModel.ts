import type { HeaderList, Usage } from '../../shared/exchange.ts';
import type { ChatDelta } from '../../shared/prompts.ts';
import type { AiDesk, Passages } from '../ai/aiDesk.ts';
import { readUsage } from '../cost/readUsage.ts';
import type { Inbound, RawHeaders, Reply } from '../engine.ts';

/** How a conversation is had. */
export interface Asking {
  readonly ai: Pick<AiDesk, 'handle'>;
  readonly passages: Passages;
  /** The request that this comes of: who asks, and by which key. */
  readonly inbound: Inbound;
  /** What follows `/v1/chat/completions`. */
  readonly query: string;
  /** Gives the conversation up. */
  readonly signal: AbortSignal;
  /** Hears a stream's text as it comes. False asks to wait for `onDrain`. */
  readonly onText: (text: string) => boolean;
  readonly onDrain: (listener: () => void) => void;
  /** Hears all that a stream says, tools included. */
  readonly onDelta?: (delta: ChatDelta) => void;
}

/** What a model answered. */
export type ModelAnswer =
  | {
      readonly kind: 'answered';
      readonly text: string;
      /** Why it will not answer; null where it does. */
      readonly refusal: string | null;
      readonly finish: string | null;
      readonly usage: Omit<Usage, 'model'> | null;
      /** As the header tells it; null where nothing does. */
      readonly cost: string | null;
    }
  | { readonly kind: 'refused'; readonly status: number; readonly headers: RawHeaders; readonly body: string }
  | { readonly kind: 'broken' };

const unsent = new Set([
  ...['content-type', 'content-length', 'content-encoding', 'transfer-encoding', 'connection'],
  ...['accept', 'accept-encoding', 'expect', 'cookie'],
]);

/** Has a conversation with a model from within: the request passes as any other, with its caller's key. */
export function askModel(asking: Asking, request: object, operation: string): Promise<ModelAnswer> {
  const { inbound, signal, passages } = asking;
  const body = Buffer.from(JSON.stringify(request));
  const headers: HeaderList = [
    ...inbound.headers.filter(([name]) => !unsent.has(name.toLowerCase())),
    ['Content-Type', 'application/json'],
    ['Content-Length', String(body.byteLength)],
  ];
  const asked: Inbound = {
    ...(inbound.caller === undefined ? {} : { caller: inbound.caller }),
    ...{ method: 'POST', target: inbound.target, httpVersion: '1.1', headers, operation },
    ...{ client: inbound.client, readAt: performance.now(), upgrade: null, origin: null },
    takeBody: (tap) => {
      tap(body);
      return body;
    },
  };
  return new Promise((resolve) => {
    const reply = listeningReply(asking, resolve);
    signal.addEventListener('abort', () => resolve({ kind: 'broken' }), { once: true });
    if (signal.aborted) resolve({ kind: 'broken' });
    else asking.ai.handle(asked, reply, `/chat/completions${asking.query}`, passages);
  });
}

/** A reply that reads the answer. */
function listeningReply({ signal, onText, onDrain, onDelta }: Asking, done: (answer: ModelAnswer) => void): Reply {
  let status = 0;
  let head: RawHeaders = [];
  let streams = false;
  const pieces: Uint8Array[] = [];
  const stream = createStreamReader(onText, onDelta);
  /** An answer that is no JSON is the vendor's failure. */
  const readable = <Result>(read: () => Result): Result | undefined => {
    try {
      return read();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      const body = JSON.stringify({ error: { code: 'upstream_protocol_error', message } });
      done({ kind: 'refused', status: 502, headers: [], body });
      return undefined;
    }
  };
  return {
    inform: () => undefined,
    begin: (given, _reason, headers) => {
      status = given;
      head = headers;
      streams = given < 300 && (fieldOf(headers, 'content-type') ?? '').includes('event-stream');
    },
    write: (bytes) => {
      if (streams) return readable(() => stream.add(bytes)) ?? true;
      pieces.push(Uint8Array.from(bytes));
      return true;
    },
    onDrain,
    end: (trailers) => {
      const cost = trailers.find(([name]) => name === costField)?.[1] ?? fieldOf(head, costField) ?? null;
      const body = Buffer.concat(pieces).toString('utf8');
      if (status >= 300) done({ kind: 'refused', status, headers: head, body });
      else if (streams) done(stream.broken() ?? { ...stream.answer(), cost });
      else readable(() => done({ ...wholeAnswer(body, onDelta), cost }));
    },
    destroy: () => done({ kind: 'broken' }),
    tunnel: (_status, _reason, _headers, upstream) => {
      upstream.destroy();
      done({ kind: 'broken' });
    },
    onGone: (listener) => signal.addEventListener('abort', listener, { once: true }),
  };
}

const costField = 'x-tollgate-cost-usd';

/** The value of a field in raw headers. */
export function fieldOf(headers: RawHeaders, wanted: string): string | undefined {
  for (let at = 0; at + 1 < headers.length; at += 2) if (headers[at]?.toLowerCase() === wanted) return headers[at + 1];
  return undefined;
}

type Answered = Omit<Extract<ModelAnswer, { kind: 'answered' }>, 'cost'>;

interface Choice {
  readonly finish_reason?: string | null;
  readonly message?: ChatDelta & { readonly refusal?: string | null };
  readonly delta?: ChatDelta & { readonly refusal?: string | null };
}

/** A vendor that does not stream says all at once. */
function wholeAnswer(body: string, onDelta: Asking['onDelta']): Answered {
  const { choices = [] } = JSON.parse(body) as { readonly choices?: readonly Choice[] };
  const [choice] = choices;
  if (choice?.message !== undefined) onDelta?.(choice.message);
  return {
    kind: 'answered',
    text: textOf(choice?.message?.content),
    refusal: choice?.message?.refusal ?? null,
    finish: choice?.finish_reason ?? null,
    usage: readUsage(body)?.usage ?? null,
  };
}

/** Some vendors answer in parts. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return (content as readonly { readonly text?: unknown }[])
    .map(({ text }) => (typeof text === 'string' ? text : ''))
    .join('');
}

interface StreamReader {
  add(bytes: Uint8Array): boolean;
  answer(): Answered;
  /** What it said in place of an end, as a refusal; null where it ended well. */
  broken(): ModelAnswer | null;
}

function createStreamReader(onText: Asking['onText'], onDelta: Asking['onDelta']): StreamReader {
  const decoder = new TextDecoder();
  let rest = '';
  let text = '';
  let refusal: string | null = null;
  let finish: string | null = null;
  let usage: Answered['usage'] = null;
  let error: string | null = null;
  const take = (data: string): boolean => {
    if (data === '[DONE]') return true;
    const chunk = JSON.parse(data) as { readonly choices?: readonly Choice[]; readonly error?: unknown };
    if (chunk.error !== undefined) error = data;
    if (data.includes('"usage"')) usage = readUsage(data)?.usage ?? usage;
    const [choice] = chunk.choices ?? [];
    finish = choice?.finish_reason ?? finish;
    const said = choice?.delta?.refusal;
    if (typeof said === 'string') refusal = (refusal ?? '') + said;
    if (choice?.delta !== undefined) onDelta?.(choice.delta);
    const more = textOf(choice?.delta?.content);
    text += more;
    return more === '' || onText(more);
  };
  return {
    add: (bytes) => {
      rest += decoder.decode(bytes, { stream: true });
      const lines = rest.split(/\r?\n/);
      rest = lines.pop() ?? '';
      let flows = true;
      for (const line of lines)
        if (line.startsWith('data:') && line.trim() !== 'data:') flows = take(line.slice(5).trim()) && flows;
      return flows;
    },
    answer: () => ({ kind: 'answered', text, refusal, finish, usage }),
    broken: () => (error === null ? null : { kind: 'refused', status: 502, headers: [], body: error }),
  };
}
