import type { RawHeaders, Reply } from '../engine.ts';

/** The way to the client for one try, which can be given up without the client hearing of it. */
export interface AttemptReply extends Reply {
  /** From now on nothing of this try reaches the client. */
  abandon(): void;
}

/** `headers` are added to the answer's; `begun` hears when it begins. */
export function attemptReply(reply: Reply, headers: () => RawHeaders, begun: () => void): AttemptReply {
  let left = false;
  const listeners: (() => void)[] = [];
  const leave = (): void => {
    if (left) return;
    left = true;
    for (const listener of listeners) listener();
  };
  reply.onGone(leave);
  return {
    inform: (status, raw) => {
      if (!left) reply.inform(status, raw);
    },
    begin: (status, reason, raw) => {
      if (left) return;
      begun();
      reply.begin(status, reason, [...raw, ...headers()]);
    },
    write: (bytes) => left || reply.write(bytes),
    onDrain: (listener) => {
      if (!left) reply.onDrain(listener);
    },
    end: (trailers) => {
      if (!left) reply.end(trailers);
    },
    destroy: () => {
      if (!left) reply.destroy();
    },
    tunnel: (...all) => {
      if (!left) reply.tunnel(...all);
    },
    onGone: (listener) => void listeners.push(listener),
    abandon: leave,
  };
}
