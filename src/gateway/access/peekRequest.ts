import { Readable } from 'node:stream';
import { headerValue } from '../../shared/exchange.ts';
import type { Inbound } from '../engine.ts';
import { holdBody } from '../recourse/heldBody.ts';

const inPath = /\/(?:models?|deployments)\/([^/?#]+?)(?::[A-Za-z]\w*)?(?:[/?#]|$)/;

/** The model that a path names, as those of Gemini, Bedrock and Azure do; null where it names none. */
export function modelInPath(path: string): string | null {
  const [, found] = inPath.exec(path) ?? [];
  if (found === undefined) return null;
  try {
    return decodeURIComponent(found);
  } catch {
    return found;
  }
}

/** What a request's body says, before it goes on. */
export interface Peeked {
  /** Its JSON; null where it is none, or is longer than what is held. */
  readonly request: unknown;
  /** The model that it names; '' where it names none. */
  readonly model: string;
  /** The request, with its body still to take. */
  readonly inbound: Inbound;
}

/** Reads a request's JSON body. */
export async function peekRequest(inbound: Inbound): Promise<Peeked> {
  const early: Buffer[] = [];
  let tap: ((bytes: Uint8Array) => void) | null = null;
  const body = inbound.takeBody((bytes) => {
    if (tap === null) early.push(Buffer.from(bytes));
    else tap(bytes);
  });
  const length = Number(headerValue(inbound.headers, 'content-length') ?? NaN);
  const held = await holdBody(body, Number.isNaN(length) ? null : length);
  const rest = held.kind === 'held' ? held.bytes : held.kind === 'passing' ? held.body : body;
  const request = held.kind === 'held' && held.bytes !== null ? jsonIn(held.bytes) : null;
  return {
    request,
    model: modelIn(request),
    inbound: {
      ...inbound,
      takeBody: (listener) => {
        tap = listener;
        for (const bytes of early.splice(0)) listener(bytes);
        return rest instanceof Readable || rest === null || rest.byteLength > 0 ? rest : null;
      },
    },
  };
}

/** Null where it is none. */
export function jsonIn(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return null;
  }
}

function modelIn(request: unknown): string {
  const model = typeof request === 'object' && request !== null && 'model' in request ? request.model : null;
  return typeof model === 'string' ? model : '';
}
