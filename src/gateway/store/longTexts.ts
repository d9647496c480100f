import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import type { ExchangeId } from '../../shared/exchange.ts';
import type { BodyContent, BodyFile, Side } from '../../shared/protocol.ts';
import type { Queries } from './queries.ts';

/** Bytes of the longest body that is written whole: whoever reads it has it as one string, which V8 limits to 512 MB. */
const longest = 256 * 1024 * 1024;
/** Bytes read at a time; of base64 only multiples of three can be put together. */
const pieceBytes = 3 * 256 * 1024;

/** Bodies that are written into JSON as base64 piece by piece, so that no call needs more memory than another. */
export interface LongTexts {
  /** What to write in place of the body of a file; null where `body` is all there is, or too much is. */
  place(id: ExchangeId, side: Side, body: BodyContent | null): { readonly text: string; readonly size: number } | null;
  /** The JSON with the bodies at their places. */
  write(json: string): Generator<string>;
}

export function createLongTexts(queries: Pick<Queries, 'bodyFile'>): LongTexts {
  const files = new Map<string, BodyFile>();
  const mark = `tollgate-long-body-${randomUUID()}-`;
  return {
    place: (id, side, body) => {
      if (body?.truncated !== true) return null;
      const file = queries.bodyFile(id, side);
      if (file === null || !file.whole || file.size > longest) return null;
      const text = `${mark}${String(files.size)}.`;
      files.set(text, file);
      return { text, size: file.size };
    },
    write: function* (json) {
      let rest = json;
      for (const [text, file] of files) {
        const at = rest.indexOf(text);
        if (at < 0) continue;
        yield rest.slice(0, at);
        yield* base64Of(file);
        rest = rest.slice(at + text.length);
      }
      files.clear();
      yield rest;
    },
  };
}

/** Fails where the file is gone meanwhile: an export that lacks a body must not look whole. */
function* base64Of({ path, size }: BodyFile): Generator<string> {
  const descriptor = openSync(path, 'r');
  try {
    const piece = Buffer.alloc(Math.min(pieceBytes, size));
    for (let position = 0; position < size;) {
      let filled = 0;
      while (filled < piece.length) {
        const read = readSync(descriptor, piece, filled, piece.length - filled, position + filled);
        if (read === 0) break;
        filled += read;
      }
      if (filled === 0) return;
      yield piece.toString('base64', 0, filled);
      position += filled;
    }
  } finally {
    closeSync(descriptor);
  }
}
