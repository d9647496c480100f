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

/**
 * Reads the model that a request's JSON body names; '' where it names none, or is longer than what is held. The request
 * that comes back has its body still to take.
 */
export async function peekModel(inbound: Inbound): Promise<{ readonly model: string; readonly inbound: Inbound }> {
  const early: Buffer[] = [];
  let tap: ((bytes: Uint8Array) => void) | null = null;
  const body = inbound.takeBody((bytes) => {
    if (tap === null) early.push(Buffer.from(bytes));
    else tap(bytes);
  });
  const length = Number(headerValue(inbound.headers, 'content-length') ?? NaN);
  const held = await holdBody(body, Number.isNaN(length) ? null : length);
  const rest = held.kind === 'held' ? held.bytes : held.kind === 'passing' ? held.body : body;
  return {
    model: held.kind === 'held' && held.bytes !== null ? modelIn(held.bytes) : '',
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

function modelIn(bytes: Buffer): string {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    const model = typeof value === 'object' && value !== null && 'model' in value ? value.model : null;
    return typeof model === 'string' ? model : '';
  } catch {
    return '';
  }
}
