import type { HeaderList } from '../../shared/exchange.ts';
import type { RawHeaders, Reply } from '../engine.ts';
import { flushSoon } from '../wire/gathered.ts';
import { costHeader } from './callCost.ts';
import { createUsageHider } from './usageChunk.ts';

/** What is done to an answer that a vendor gives in the client's own dialect. */
export interface AiReplyOptions {
  /** What the answer cost, from its text; a promise only before the price lists are there. Null where nothing tells. */
  readonly cost: ((answer: string) => string | Promise<string>) | null;
  readonly hidesUsage: boolean;
  /** Fields to add. */
  readonly headers: RawHeaders;
  /** Turns a failure of the gateway itself into the client's dialect. */
  readonly failure: (status: number, body: Buffer) => { readonly headers: RawHeaders; readonly body: Buffer };
}

/** Longer answers are passed on as they come, and tell no cost. */
const longestHeld = 16 * 1024 * 1024;
const tailBytes = 8192;
const headBytes = 4096;

type Mode = 'passing' | 'stream' | 'held' | 'failure';

/**
 * Puts the cost into the head of an answer, or behind a stream as a trailer, hides what the client did not ask for, and
 * leaves every other byte as it is.
 */
export function aiReply(reply: Reply, { cost, hidesUsage, headers: added, failure }: AiReplyOptions): Reply {
  let mode: Mode = 'passing';
  let head: readonly [number, string, RawHeaders] = [200, 'OK', []];
  let held: Uint8Array[] = [];
  let size = 0;
  const hider = hidesUsage ? createUsageHider() : null;
  const ends = createEnds();

  const release = (more: RawHeaders): void => {
    reply.begin(head[0], head[1], [...head[2], ...added, ...more]);
    for (const piece of held) reply.write(piece);
    held = [];
  };
  const endHeld = (told: string, trailers: HeaderList): void => {
    release([costHeader, told]);
    reply.end(trailers);
  };
  /** What came of a stream since the last time; pieces of one read of the upstream go on as one. */
  let gathered: Uint8Array[] = [];
  let isFree = true;
  const gathering = {
    flushed: (): void => {
      const [only] = gathered;
      if (only === undefined) return;
      const all = gathered.length === 1 ? only : Buffer.concat(gathered);
      gathered = [];
      ends.add(all);
      const passed = hider === null ? all : hider.pass(all);
      isFree = passed.length === 0 || reply.write(passed);
    },
  };
  const endStream = (told: string, trailers: HeaderList): void => reply.end([...trailers, [costHeader, told]]);

  return {
    inform: (status, headers) => reply.inform(status, headers),
    begin: (status, reason, headers) => {
      mode = modeOf(status, headers, cost !== null || hidesUsage);
      head = [status, reason, headers];
      if (mode === 'passing') reply.begin(status, reason, [...headers, ...added]);
      if (mode === 'stream')
        reply.begin(status, reason, [...withoutLength(headers, hidesUsage), ...added, 'Trailer', costHeader]);
    },
    write: (bytes) => {
      if (mode === 'passing') return reply.write(bytes);
      if (mode === 'stream') {
        if (gathered.push(bytes) === 1) flushSoon(gathering);
        return isFree;
      }
      held.push(bytes);
      size += bytes.byteLength;
      if (size > longestHeld) {
        release([]);
        mode = 'passing';
      }
      return true;
    },
    onDrain: (listener) =>
      reply.onDrain(() => {
        isFree = true;
        listener();
      }),
    end: (trailers) => {
      gathering.flushed();
      if (mode === 'failure') {
        const changed = failure(head[0], Buffer.concat(held));
        reply.begin(head[0], head[1], [...withoutBody(head[2]), ...changed.headers, ...added]);
        reply.write(changed.body);
        reply.end(trailers);
        return;
      }
      if (mode === 'passing' || cost === null) {
        if (mode === 'held') release([]);
        if (mode === 'stream' && hider !== null) reply.write(hider.rest());
        reply.end(trailers);
        return;
      }
      const left = hider?.rest();
      if (left !== undefined && left.length > 0) reply.write(left);
      const told = cost(mode === 'stream' ? ends.text() : Buffer.concat(held).toString('utf8'));
      const end = mode === 'stream' ? endStream : endHeld;
      if (typeof told === 'string') end(told, trailers);
      else void told.then((text) => end(text, trailers));
    },
    destroy: () => {
      gathering.flushed();
      reply.destroy();
    },
    tunnel: (...all) => reply.tunnel(...all),
    onGone: (listener) => reply.onGone(listener),
  };
}

function modeOf(status: number, headers: RawHeaders, wanted: boolean): Mode {
  if (valueOf(headers, 'x-tollgate-error') !== undefined) return 'failure';
  if (!wanted || status < 200 || status >= 300 || valueOf(headers, 'content-encoding') !== undefined) return 'passing';
  const type = valueOf(headers, 'content-type') ?? '';
  if (type.includes('event-stream')) return valueOf(headers, 'content-length') === undefined ? 'stream' : 'passing';
  return /\bjson\b/i.test(type) ? 'held' : 'passing';
}

/** The beginning and the end of a stream: one has the model and what went in, the other what came out. */
function createEnds(): { add(bytes: Uint8Array): void; text(): string } {
  let head = '';
  let tail: Uint8Array[] = [];
  let size = 0;
  return {
    add: (bytes) => {
      if (head.length < headBytes)
        head += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
      tail.push(bytes);
      size += bytes.byteLength;
      if (size < 4 * tailBytes) return;
      const whole = Buffer.concat(tail);
      tail = [whole.subarray(whole.length - tailBytes)];
      size = tailBytes;
    },
    text: () => {
      const end = Buffer.concat(tail).toString('utf8');
      // A short stream is all beginning.
      return end.startsWith(head) ? end : head + end;
    },
  };
}

function withoutLength(headers: RawHeaders, changes: boolean): RawHeaders {
  return changes ? without(headers, new Set(['content-length'])) : headers;
}

function withoutBody(headers: RawHeaders): RawHeaders {
  return without(headers, new Set(['content-length', 'content-type']));
}

function without(headers: RawHeaders, names: ReadonlySet<string>): RawHeaders {
  const kept: string[] = [];
  for (let at = 0; at + 1 < headers.length; at += 2)
    if (!names.has((headers[at] ?? '').toLowerCase())) kept.push(headers[at] ?? '', headers[at + 1] ?? '');
  return kept;
}

function valueOf(headers: RawHeaders, name: string): string | undefined {
  for (let at = 0; at + 1 < headers.length; at += 2) if (headers[at]?.toLowerCase() === name) return headers[at + 1];
  return undefined;
}
