import type { RawHeaders, UpstreamListener } from '../engine.ts';

/** An answer of which nothing has been passed on yet. */
export interface HeldAnswer {
  readonly status: number;
  readonly reason: string;
  readonly headers: RawHeaders;
  readonly body: Buffer;
}

/** Refusals are no longer than this; what is longer is passed on. */
const longestRefusal = 256 * 1024;
/** Answers that promise success are only looked at where they are as short as a refusal would be. */
const longestDisguise = 16 * 1024;

interface Held {
  readonly status: number;
  readonly reason: string;
  readonly headers: RawHeaders;
  readonly pieces: Buffer[];
  readonly limit: number;
  /** Whether the first event of a stream is enough to tell. */
  readonly stream: boolean;
  size: number;
  judging: boolean;
  end: { readonly trailers: RawHeaders } | { readonly error: Error } | null;
}

/**
 * Holds an answer back until it is clear whether it is a refusal. What is not is passed on as it came: a success at
 * once, a stream from its first event on. `judge` takes an answer over where it resolves true: nothing of it is passed
 * on then. `resume` lets the upstream go on, which rests meanwhile.
 * With `keepsFailure`, nothing is passed on of what breaks off while it is held.
 */
export function holdBack(
  inner: UpstreamListener,
  judge: (answer: HeldAnswer) => Promise<boolean>,
  resume: () => void,
  keepsFailure = false,
): UpstreamListener {
  let held: Held | null = null;
  let taken = false;

  /** False where the client is slow. */
  const release = (): boolean => {
    if (held === null) return true;
    const { status, reason, headers, pieces, end } = held;
    held = null;
    inner.answered(status, reason, headers);
    let goOn = true;
    for (const piece of pieces) goOn = inner.received(piece);
    if (end === null) return goOn;
    if ('error' in end) inner.failed(end.error);
    else inner.ended(end.trailers);
    return true;
  };

  const decide = (): void => {
    if (held === null || held.judging) return;
    held.judging = true;
    const { status, reason, headers, pieces } = held;
    const pass = (): void => {
      if (release()) resume();
    };
    judge({ status, reason, headers, body: Buffer.concat(pieces) }).then((refused) => {
      if (!refused) pass();
      else {
        taken = true;
        held = null;
      }
    }, pass);
  };

  return {
    sent: (opening) => inner.sent(opening),
    informed: (status, headers) => inner.informed(status, headers),
    answered: (status, reason, headers) => {
      const look = lookAt(status, headers);
      if (look === null) inner.answered(status, reason, headers);
      else held = { status, reason, headers, pieces: [], size: 0, judging: false, end: null, ...look };
    },
    received: (bytes) => {
      if (taken) return true;
      if (held === null) return inner.received(bytes);
      held.pieces.push(bytes);
      held.size += bytes.byteLength;
      if (held.judging) return false;
      if (held.size > held.limit || !(held.stream || held.status >= 400 || isObject(held.pieces))) return release();
      if (!held.stream || !hasEvent(held.pieces)) return true;
      decide();
      return false;
    },
    ended: (trailers) => {
      if (taken) return;
      if (held === null) {
        inner.ended(trailers);
        return;
      }
      held.end = { trailers };
      decide();
    },
    upgraded: (...all) => inner.upgraded(...all),
    failed: (error) => {
      if (taken) return;
      if (held === null) {
        inner.failed(error);
        return;
      }
      if (keepsFailure && !held.judging) {
        taken = true;
        held = null;
        inner.failed(error);
        return;
      }
      held.end = { error };
      if (!held.judging) release();
    },
  };
}

/** How far to look into an answer; null where it is passed on at once. */
function lookAt(status: number, headers: RawHeaders): { readonly limit: number; readonly stream: boolean } | null {
  if (status >= 400) return { limit: longestRefusal, stream: false };
  if (status < 200 || status >= 300 || status === 204) return null;
  const type = valueOf(headers, 'content-type')?.toLowerCase() ?? '';
  const encoded = valueOf(headers, 'content-encoding') !== undefined;
  if (type.includes('event-stream')) return encoded ? null : { limit: longestDisguise, stream: true };
  if (!/^application\/(?:[\w.+-]*\+)?json\b/.test(type)) return null;
  const length = valueOf(headers, 'content-length');
  return length !== undefined && Number(length) > longestDisguise ? null : { limit: longestDisguise, stream: false };
}

function valueOf(headers: RawHeaders, name: string): string | undefined {
  for (let index = 0; index + 1 < headers.length; index += 2)
    if (headers[index]?.toLowerCase() === name) return headers[index + 1];
  return undefined;
}

/** Refusals are objects; what begins with a bracket may be a list that comes in slowly, as Gemini streams. */
function isObject(pieces: readonly Buffer[]): boolean {
  const start = pieces
    .find((piece) => /\S/.test(piece.toString('latin1')))
    ?.toString('latin1')
    .trimStart();
  return start?.startsWith('[') !== true;
}

/** Whether an event other than a comment is complete (WHATWG HTML, 9.2.5). */
function hasEvent(pieces: readonly Buffer[]): boolean {
  const text = Buffer.concat(pieces).toString('latin1').replaceAll('\r\n', '\n');
  return text
    .split(/\n\n/)
    .slice(0, -1)
    .some((event) => /^(?!:)./m.test(event));
}
