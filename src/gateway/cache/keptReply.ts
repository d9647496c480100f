import { costHeader } from '../ai/callCost.ts';
import { readUsage } from '../cost/readUsage.ts';
import type { RawHeaders, Reply } from '../engine.ts';
import { valueIn } from '../headers.ts';
import type { CachedAnswer } from './cachedAnswer.ts';

/** The field that tells whether an answer came from the cache. */
export const cacheHeader = 'x-tollgate-cache';

/** Fields of an answer that are given again with it. */
const kept = /^(?:content-type|x-tollgate-model|x-tollgate-ignored)$/i;

/** A reply that hands an answer over when it has been given whole and well, and is no longer than `most` bytes. */
export function keptReply(
  reply: Reply,
  most: number,
  done: (answer: Pick<CachedAnswer, 'status' | 'headers' | 'body' | 'saves'>) => void,
): Reply {
  const since = performance.now();
  let pieces: Buffer[] | null = [];
  let size = 0;
  let head: { readonly status: number; readonly headers: RawHeaders } | null = null;
  return {
    inform: (status, headers) => reply.inform(status, headers),
    begin: (status, reason, headers) => {
      head = { status, headers };
      const coded = valueIn(headers, 'content-encoding') !== undefined;
      if (status !== 200 || coded || valueIn(headers, 'x-tollgate-error') !== undefined) pieces = null;
      reply.begin(status, reason, [...headers, cacheHeader, 'miss']);
    },
    write: (bytes) => {
      size += bytes.byteLength;
      if (size > most) pieces = null;
      pieces?.push(Buffer.from(bytes));
      return reply.write(bytes);
    },
    onDrain: (listener) => reply.onDrain(listener),
    end: (trailers) => {
      reply.end(trailers);
      if (pieces === null || head === null || size === 0) return;
      const body = Buffer.concat(pieces);
      pieces = null;
      const told = valueIn([...head.headers, ...trailers.flat()], costHeader);
      const costUsd = Number(told ?? NaN);
      const usage = readUsage(body.toString('utf8'))?.usage;
      const headers: string[] = [];
      for (let at = 0; at + 1 < head.headers.length; at += 2)
        if (kept.test(head.headers[at] ?? '')) headers.push(head.headers[at] ?? '', head.headers[at + 1] ?? '');
      done({
        ...{ status: head.status, headers, body },
        saves: {
          costUsd: Number.isFinite(costUsd) ? costUsd : null,
          tokens: usage === undefined ? 0 : usage.inputTokens + usage.outputTokens,
          ms: Math.round(performance.now() - since),
        },
      });
    },
    destroy: () => {
      pieces = null;
      reply.destroy();
    },
    tunnel: (...all) => reply.tunnel(...all),
    onGone: (listener) => reply.onGone(listener),
  };
}

/** Gives an answer again, a stream event by event. */
export function giveAgain(reply: Reply, { status, headers, body, at }: CachedAnswer): RawHeaders {
  const isStream = valueIn(headers, 'content-type')?.includes('event-stream') === true;
  const length = isStream ? [] : ['Content-Length', String(body.byteLength)];
  const age = String(Math.max(0, Math.round((Date.now() - at) / 1000)));
  const head = [...headers, ...length, 'Age', age, cacheHeader, 'hit', costHeader, '0'];
  reply.begin(status, 'OK', head);
  if (!isStream) reply.write(body);
  else
    for (const event of Buffer.from(body)
      .toString('utf8')
      .split(/(?<=\n\n|\r\n\r\n)/))
      reply.write(Buffer.from(event));
  reply.end([]);
  return head;
}
