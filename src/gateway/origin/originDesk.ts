import type { Origin } from '../../shared/origin.ts';
import type { CallTracing } from './callTracing.ts';
import type { Origins } from './origins.ts';

/** Milliseconds after the request's head within which its hook, if it has one, has noted it. */
const noteTime = 5;
/** Calls begun within that time beyond which nobody is looked for by their connections, so that load stays cheap. */
const mostAtOnce = 200;

export interface OriginDeskOptions {
  readonly origins: Origins;
  /** Looks for the call's note. */
  readonly learn: (tracing: CallTracing) => void;
  /** Runs work that looks for many notes. */
  readonly together: (work: () => void) => void;
  /** The origin of a call is known now. */
  readonly onFound: (tracing: CallTracing) => void;
}

/** Finds the origins of calls while they are under way: a short-lived program is gone soon after its answer. */
export interface OriginDesk {
  begun(tracing: CallTracing): void;
  /** The call's note was found. */
  noted(tracing: CallTracing): void;
}

export function createOriginDesk({ origins, learn, together, onFound }: OriginDeskOptions): OriginDesk {
  let fresh: CallTracing[] = [];

  const settle = (tracing: CallTracing, origin: Origin | null): void => {
    if (origin === null) return;
    tracing.origin = origin;
    onFound(tracing);
  };

  const look = (): void => {
    const round = fresh;
    fresh = [];
    together(() => {
      for (const tracing of round) {
        const { port, ordinal } = tracing.request;
        if (tracing.caller === null && !origins.isKnown(port, ordinal)) learn(tracing);
      }
    });
    for (const tracing of round) {
      const { port } = tracing.request;
      if (tracing.caller === null && round.length <= mostAtOnce)
        void origins.ofConnection(port).then((origin) => {
          // What a hook noted is better than what a connection tells.
          if (tracing.caller === null) settle(tracing, origin);
        });
    }
  };

  return {
    begun: (tracing) => {
      if (fresh.length === 0) setTimeout(look, noteTime);
      fresh.push(tracing);
    },
    noted: (tracing) => {
      if (tracing.caller !== null) void origins.ofCaller(tracing.caller).then((origin) => settle(tracing, origin));
    },
  };
}
