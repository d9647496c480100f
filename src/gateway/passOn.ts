import { Readable } from 'node:stream';
import type { ExchangeState, Failure, HeaderList } from '../shared/exchange.ts';
import { answerFailure } from './answerFailure.ts';
import type { Reply, UpstreamListener } from './engine.ts';
import type { ExchangeTap } from './exchangeTap.ts';
import { responseHeaders, toHeaderList } from './headers.ts';
import type { ResolvedApi } from './parts.ts';
import { upstreamFailure } from './upstreamFailure.ts';

/** A call under way, from whoever made it. */
export interface Passing {
  readonly tap: ExchangeTap;
  readonly reply: Reply;
  /** What the request's body is sent from. */
  readonly body: Readable | Buffer | null;
  readonly finish: (state: Exclude<ExchangeState, 'open'>, failure?: Failure | null, trailers?: HeaderList) => void;
}

/** Passes an answer on to the client as it comes, with the tap looking on. */
export function passOn({ tap, reply, body, finish }: Passing, api: ResolvedApi): UpstreamListener {
  let answered = false;
  return {
    sent: (opening) => tap.sent(opening),
    informed: (status, raw) => reply.inform(status, raw),
    answered: (status, reason, raw) => {
      answered = true;
      tap.response(status, reason, toHeaderList(raw));
      reply.begin(status, reason, responseHeaders(raw));
    },
    received: (bytes, loan) => {
      const goOn = reply.write(bytes, tap.keepsAnswer ? undefined : loan);
      tap.responseData(bytes);
      return goOn;
    },
    ended: (raw) => {
      const trailers = toHeaderList(raw);
      reply.end(trailers);
      finish('complete', null, trailers);
    },
    upgraded: (status, reason, raw, socket) => {
      tap.response(status, reason, toHeaderList(raw));
      reply.tunnel(status, reason, raw, socket, {
        sent: (bytes) => tap.requestData(bytes),
        received: (bytes) => tap.responseData(bytes),
        ended: () => finish('complete'),
      });
    },
    failed: (error) => {
      // What broke may be the client's upload, which breaks off the upstream's request in turn.
      if (body instanceof Readable && body.errored === error) {
        reply.destroy();
        finish('aborted');
        return;
      }
      const failure = upstreamFailure(error, api, answered);
      if (answered) {
        reply.destroy();
        finish('failed', failure);
      } else answerFailure(tap, reply, failure, body, () => finish('failed', failure));
    },
  };
}
