import type { Access } from '../access.ts';
import type { Upstreams } from '../engine.ts';
import { unheld } from '../budget/inFlight.ts';
import { createGuards } from '../guardrails/guards.ts';
import type { CaptureEvent } from '../parts.ts';
import { createProxy } from '../proxy.ts';
import type { Proxy, ProxyParts } from '../proxyParts.ts';
import { createRecourseBoard } from '../recourse/board.ts';
import type { Routes } from '../route.ts';

/** What serves plain calls differs from worker to worker only by this. */
export interface PlainParts extends Pick<ProxyParts, 'newId' | 'finished'> {
  readonly access: Access;
  routes(): Routes;
  upstreams(): Upstreams;
  record(): ((event: CaptureEvent) => void) | null;
}

/** The gateway's own proxy, for calls that nothing is to be asked about: no key, budget, rule or description. */
export function createPlainProxy(parts: PlainParts): Proxy {
  const notHere = (): never => {
    throw new Error('This call is not for a worker.');
  };
  const guards = createGuards({});
  return createProxy({
    ...parts,
    guards: () => guards,
    elsewhere: () => null,
    ai: { handle: notHere },
    prompts: { handle: notHere },
    control: notHere,
    health: notHere,
    credentials: { injection: notHere },
    simulator: { take: () => null, running: () => null },
    recourse: createRecourseBoard(() => undefined),
    budgets: { exhausted: () => null, reserve: () => unheld, costMatters: () => false, answered: () => undefined },
    lifecycle: { admit: () => ({ kind: 'passes', headers: [] }), operation: () => undefined },
    admission: {
      enter: (inbound, _api, path, ways) => ways.pass(inbound, path),
      look: (inbound) => Promise.resolve({ inbound, model: '' }),
      mayCall: () => true,
      operator: ({ inbound }) => inbound,
      answered: () => undefined,
    },
  });
}
