import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { ChannelError } from '../../shared/channel.ts';
import type { SaveSession } from '../../shared/sessions.ts';
import { harPieces } from '../store/har.ts';
import type { Queries } from '../store/queries.ts';
import { sessionLines } from './writeSession.ts';

/** Calls between two reports of how far it is, and two looks whether to go on. */
const reportEvery = 50;

/** Writes matching calls to a file. Gives how many. Fails with `bad_filter`, `cannot_write` or `cancelled`. */
export async function saveCalls(
  queries: Queries,
  { file, filter, format, folder }: SaveSession,
  onDone: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<number> {
  const { total } = queries.exchanges({ filter, limit: 0 });
  let written = 0;
  const counted: Pick<Queries, 'matching' | 'body' | 'bodyFile'> = {
    bodyFile: (id, side) => queries.bodyFile(id, side),
    body: (id, side) => queries.body(id, side),
    matching: function* (asked) {
      for (const exchange of queries.matching(asked)) {
        yield exchange;
        written++;
      }
    },
  };
  const pieces = async function* (): AsyncGenerator<string> {
    const source = format === 'har' ? harPieces(counted, filter) : sessionLines(counted, filter, folder ?? null);
    let reported = 0;
    for (const piece of source) {
      yield piece;
      if (written - reported < reportEvery) continue;
      reported = written;
      onDone(written, Math.max(total, written));
      // Whoever breaks it off has to be heard.
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
    }
  };
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    const target = createWriteStream(temporary, { mode: 0o600 });
    if (format === 'har') await pipeline(Readable.from(pieces()), target, { signal });
    else await pipeline(Readable.from(pieces()), createGzip(), target, { signal });
    await rename(temporary, file);
    return written;
  } catch (error) {
    await rm(temporary, { force: true });
    if (signal.aborted) throw new ChannelError('cancelled', 'Saving was broken off.');
    if (error instanceof ChannelError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new ChannelError('cannot_write', `${file} cannot be written (${reason}).`, { cause: error });
  }
}
