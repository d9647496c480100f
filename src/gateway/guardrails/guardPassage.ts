import { headerValue, type Failure, type HeaderList } from '../../shared/exchange.ts';
import { plain, text } from '../../shared/text.ts';
import { longestRequest, takeWhole } from '../ai/takeWhole.ts';
import { clientStage } from '../clientStage.ts';
import type { Inbound, Reply } from '../engine.ts';
import { replaceHeader } from '../headers.ts';
import { guardCall } from './guardCall.ts';
import { guardReply } from './guardReply.ts';
import type { Guard } from './guards.ts';

/** Where a call goes that guardrails let pass, and one that they do not. */
export interface GuardWays {
  pass(inbound: Inbound, reply: Reply): void;
  refuse(inbound: Inbound, reply: Reply, failure: Failure): void;
}

/** Holds a call against guardrails: its request at once, when it is whole, and its answer as it comes. */
export function guardPassage(guards: readonly Guard[], inbound: Inbound, reply: Reply, ways: GuardWays): void {
  takeWhole(inbound, (body) => {
    if (body === null) {
      reply.destroy();
      return;
    }
    if (body === 'tooLong') {
      ways.refuse({ ...inbound, takeBody: () => null }, reply, tooLong);
      return;
    }
    const type = headerValue(inbound.headers, 'content-type') ?? '';
    const call = guardCall(guards);
    const stage = inbound.stage ?? clientStage(inbound, body, reply);
    const back = inbound.stage === undefined ? stage.reply : reply;
    stage.guard(call);
    const guarded = call.request(body, type);
    const passing = (sent: Buffer): Inbound => ({ ...inbound, stage, ...withBody(inbound.headers, sent) });
    if (guarded.kind === 'blocked') ways.refuse(passing(call.veiled(body, type)), back, guarded.failure);
    else ways.pass(passing(guarded.body), guardReply(call, back));
  });
}

/** A request with another body, for an answer that can be read. */
export function withBody(headers: HeaderList, body: Buffer): Pick<Inbound, 'headers' | 'takeBody'> {
  const kept = headers.filter(([name]) => !/^(?:transfer-encoding|expect|accept-encoding)$/i.test(name));
  return {
    headers: body.byteLength === 0 ? kept : replaceHeader(kept, 'Content-Length', String(body.byteLength)),
    takeBody: (tap) => {
      tap(body);
      return body.byteLength === 0 ? null : body;
    },
  };
}

const tooLong: Failure = {
  code: 'bad_request',
  message: plain(text('The request is longer than the {0} MB that guardrails look at.', longestRequest / 1024 / 1024)),
  hint: plain(text('Send large files by their URL, or leave this API out of "guardrails" in tollgate.jsonc.')),
};
