import { valueIn, without } from '../headers.ts';
import type { Reply } from '../engine.ts';
import type { BodyFilter } from './bodyFilter.ts';
import type { GuardCall } from './guardCall.ts';

/** The way to a client whose answer guardrails change as it streams by. */
export function guardReply(call: GuardCall, reply: Reply): Reply {
  let filter: BodyFilter | null = null;
  return {
    inform: (status, headers) => reply.inform(status, headers),
    begin: (status, reason, headers) => {
      const coded = valueIn(headers, 'content-encoding') !== undefined;
      filter = coded ? null : call.answer(valueIn(headers, 'content-type') ?? '');
      reply.begin(status, reason, filter === null ? headers : without(headers, 'content-length'));
    },
    write: (bytes) => {
      if (filter === null) return reply.write(bytes);
      const changed = filter.push(bytes);
      return changed.byteLength === 0 || reply.write(changed);
    },
    onDrain: (listener) => reply.onDrain(listener),
    end: (trailers) => {
      const rest = filter?.end();
      if (rest !== undefined && rest.byteLength > 0) reply.write(rest);
      reply.end(trailers);
    },
    destroy: () => reply.destroy(),
    tunnel: (...all) => reply.tunnel(...all),
    onGone: (listener) => reply.onGone(listener),
  };
}
