import { Readable } from 'node:stream';
import type { SimulationPlan } from '../../shared/simulation.ts';
import type { Upstreams } from '../engine.ts';
import { rehearsedAnswer } from '../rehearse.ts';

/** In the place of the upstream: refuses as its vendor would, once the request is read to its end. */
export function rehearsedUpstream(plan: SimulationPlan): Upstreams {
  return {
    call: ({ api, path, body }, listener) => {
      let over = false;
      const answer = (): void => {
        if (over) return;
        const request = Buffer.isBuffer(body) ? body.toString('utf8') : '';
        const { status, reason, headers, bytes } = rehearsedAnswer(api, plan, path, request);
        listener.sent(null);
        listener.answered(status, reason, headers.flat());
        listener.received(bytes);
        listener.ended([]);
      };
      if (body instanceof Readable) body.once('close', answer).resume();
      else queueMicrotask(answer);
      return { resume: () => undefined, abort: () => (over = true) };
    },
    close: () => Promise.resolve(),
  };
}
