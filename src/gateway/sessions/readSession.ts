import path from 'node:path';
import type { Exchange, ExchangeId } from '../../shared/exchange.ts';
import { text } from '../../shared/text.ts';
import type { ReadItem } from './readHar.ts';
import {
  exchangeOf,
  sessionHeadSchema,
  sessionLineSchema,
  sessionVersion,
  type SavedBody,
  type SessionLine,
} from './sessionSchema.ts';

/** An exchange of a session file with its bodies. */
export interface SavedCall {
  readonly exchange: Exchange;
  readonly bodies: Readonly<Partial<Record<keyof SessionLine['bodies'], SavedBody>>>;
}

/** Reads a session file. Relative call sites are of `folder`, where one is given. */
export async function* readSession(
  pieces: AsyncIterable<string>,
  idOf: (ordinal: number) => ExchangeId,
  folder: string | null,
): AsyncGenerator<ReadItem<SavedCall>> {
  let ordinal = 0;
  let isHead = true;
  for await (const { line, whole } of linesOf(pieces)) {
    if (isHead) {
      isHead = false;
      const head = sessionHeadSchema.safeParse(parsed(line));
      if (head.success && head.data.version > sessionVersion) {
        yield {
          kind: 'problem',
          message: text('A newer version of Tollgate made the file: update Tollgate'),
          ordinal: null,
        };
        return;
      }
      if (head.success) {
        yield { kind: 'creator', creator: `${head.data.by}, ${head.data.savedAt}` };
        continue;
      }
    }
    ordinal++;
    const read = sessionLineSchema.safeParse(parsed(line));
    if (!read.success) {
      const message = whole ? text('It is damaged') : text('The file ends early; what it broke off in is left out');
      yield { kind: 'problem', message, ordinal: whole ? ordinal : null };
      continue;
    }
    const exchange = exchangeOf(read.data, idOf(ordinal));
    const { bodies } = read.data;
    yield { kind: 'call', call: { exchange: located(exchange, folder), bodies: withoutGaps(bodies) }, ordinal };
  }
}

function withoutGaps(bodies: SessionLine['bodies']): SavedCall['bodies'] {
  return Object.fromEntries(Object.entries(bodies).filter(([, body]) => (body as SavedBody | undefined) !== undefined));
}

/** A path that leads out of the folder is not followed. */
function located(exchange: Exchange, folder: string | null): Exchange {
  const { callSite } = exchange;
  if (callSite === null || folder === null || path.isAbsolute(callSite.file)) return exchange;
  const file = path.join(folder, callSite.file);
  return file.startsWith(folder + path.sep) ? { ...exchange, callSite: { ...callSite, file } } : exchange;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return null;
  }
}

async function* linesOf(
  pieces: AsyncIterable<string>,
): AsyncGenerator<{ readonly line: string; readonly whole: boolean }> {
  let parts: string[] = [];
  for await (const piece of pieces) {
    const [first = '', ...others] = piece.split('\n');
    parts.push(first);
    if (others.length === 0) continue;
    yield { line: parts.join(''), whole: true };
    const last = others.pop() ?? '';
    for (const line of others) yield { line, whole: true };
    parts = [last];
  }
  const rest = parts.join('');
  if (rest.trim() !== '') yield { line: rest, whole: false };
}
