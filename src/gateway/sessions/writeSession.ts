import { isUtf8 } from 'node:buffer';
import path from 'node:path';
import type { CallSite } from '../../shared/callSite.ts';
import type { Exchange } from '../../shared/exchange.ts';
import type { BodyContent } from '../../shared/protocol.ts';
import { createLongTexts, type LongTexts } from '../store/longTexts.ts';
import type { Queries } from '../store/queries.ts';
import { sessionVersion, type SavedBody } from './sessionSchema.ts';

const sides = ['request', 'response', 'clientRequest', 'clientResponse'] as const;

/** Of no meaning elsewhere: `JSON.stringify` leaves these out. */
const unsaid = {
  id: undefined,
  number: undefined,
  replayOf: undefined,
  client: undefined,
  ownCredential: undefined,
  attempts: undefined,
};

/**
 * A session file line by line: JSON lines, the first of which says what it is. Exchanges are redacted, as all that is
 * stored; of the machine that made them it has no more than paths within `folder`, and the names of other files.
 */
export function* sessionLines(
  queries: Pick<Queries, 'matching' | 'body' | 'bodyFile'>,
  filter: string,
  folder: string | null,
): Generator<string> {
  const head = { tollgate: 'session', version: sessionVersion, savedAt: new Date().toISOString(), by: 'Tollgate' };
  yield `${JSON.stringify(head)}\n`;
  const longTexts = createLongTexts(queries);
  for (const exchange of queries.matching(filter)) {
    const bodies = sides.flatMap((side) => {
      const body = queries.body(exchange.id, side);
      return body === null || (body.bytes.length === 0 && body.decodeError === null)
        ? []
        : [[side, savedLong(longTexts, exchange, side, body) ?? toSaved(body)] as const];
    });
    const line = { ...exchange, ...unsaid, callSite: relative(exchange.callSite, folder), origin: anonymous(exchange) };
    yield* longTexts.write(`${JSON.stringify({ exchange: line, bodies: Object.fromEntries(bodies) })}\n`);
  }
}

function savedLong(
  longTexts: LongTexts,
  { id }: Exchange,
  side: (typeof sides)[number],
  body: BodyContent,
): SavedBody | null {
  if (side !== 'request' && side !== 'response') return null;
  const long = longTexts.place(id, side, body);
  return long === null ? null : { base64: long.text, decodeError: body.decodeError };
}

function toSaved({
  bytes,
  decodeError,
}: {
  readonly bytes: Uint8Array;
  readonly decodeError: string | null;
}): SavedBody {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const content = isUtf8(buffer) ? { text: buffer.toString('utf8') } : { base64: buffer.toString('base64') };
  return { ...content, decodeError };
}

function relative(callSite: CallSite | null, folder: string | null): CallSite | null {
  if (callSite === null) return null;
  const within = folder === null ? '' : path.relative(folder, callSite.file);
  const isWithin = within !== '' && !within.startsWith('..') && !path.isAbsolute(within);
  return { ...callSite, file: isWithin ? within.replaceAll('\\', '/') : path.basename(callSite.file) };
}

/** Programs may be named with their folders. */
function anonymous({ origin }: Exchange): Exchange['origin'] {
  return origin == null
    ? null
    : { ...origin, pid: null, run: null, program: origin.program?.replace(/\S*[\\/]/g, '') ?? null };
}
