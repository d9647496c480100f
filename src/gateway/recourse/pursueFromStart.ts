import { headerValue, type Failure } from '../../shared/exchange.ts';
import { plain, text } from '../../shared/text.ts';
import { answerFailure } from '../answerFailure.ts';
import type { Inbound, UpstreamCall } from '../engine.ts';
import { holdBody } from './heldBody.ts';
import { pursue, type Pursuit } from './pursue.ts';

/** A call as it came in. */
export interface Start extends Omit<Pursuit, 'method' | 'body' | 'ordinal' | 'isGone' | 'onGone' | 'started'> {
  readonly inbound: Inbound;
}

let ordinals = 0;

/** Takes the body off a call and pursues it, until the client has its answer or leaves. */
export function pursueFromStart({ inbound, ...start }: Start): void {
  const { tap, reply, finish } = start;
  const ordinal = ordinals++;
  let current: UpstreamCall | null = null;
  let gone = false;
  const listeners: (() => void)[] = [];
  reply.onDrain(() => current?.resume());
  reply.onGone(() => {
    gone = true;
    current?.abort();
    finish('aborted');
    for (const listener of listeners.splice(0)) listener();
  });

  const begin = async (): Promise<void> => {
    const length = headerValue(inbound.headers, 'content-length');
    const taken = inbound.takeBody((bytes) => tap.requestData(bytes));
    const body = await holdBody(taken, length === undefined ? null : Number(length));
    if (gone) return;
    if (body.kind === 'broken') {
      reply.destroy();
      finish('aborted');
      return;
    }
    await pursue({
      ...start,
      ...{ method: inbound.method, body, ordinal },
      isGone: () => gone,
      onGone: (listener) => void listeners.push(listener),
      started: (call) => {
        current = call;
        if (gone) call.abort();
      },
    });
  };

  begin().catch((error: unknown) => {
    const message = plain(text('The gateway failed at this request: {0}', error instanceof Error ? error.message : ''));
    const hint = plain(text('This is a defect of Tollgate; please report it.'));
    const failure: Failure = { code: 'internal_error', message, hint };
    // What was under way must not answer as well.
    current?.abort();
    if (tap.status === null) answerFailure(tap, reply, failure, null, () => finish('failed', failure));
    else {
      reply.destroy();
      finish('failed', failure);
    }
  });
}
