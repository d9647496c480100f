import { Readable } from 'node:stream';
import type { Failure } from '../shared/exchange.ts';
import type { RawHeaders, Reply } from './engine.ts';
import type { ExchangeTap } from './exchangeTap.ts';
import { failureAnswer } from './failures.ts';
import { toHeaderList } from './headers.ts';

/** What a failure's answer says beyond the failure. */
export interface FailureDetail {
  /** More members of its JSON. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly headers?: RawHeaders;
}

/** Answers a failure at once, and reads on to the request's end, so that the log has what was sent. */
export function answerFailure(
  tap: ExchangeTap,
  reply: Reply,
  failure: Failure,
  body: Readable | Buffer | null,
  done: () => void,
  { members = {}, headers = [] }: FailureDetail = {},
): void {
  const answer = failureAnswer(failure, members);
  const head = [...answer.headers, ...headers];
  tap.response(answer.status, answer.reason, toHeaderList(head));
  tap.responseData(answer.body);
  reply.begin(answer.status, answer.reason, head);
  reply.write(answer.body);
  reply.end([]);
  if (!(body instanceof Readable) || body.destroyed) {
    done();
    return;
  }
  body.once('close', done).once('error', done);
  body.resume();
}
