import type { ExchangeId, HeaderList } from '../shared/exchange.ts';
import type { Access } from './access.ts';
import type { Admission } from './access/admission.ts';
import type { AiDesk, Passages } from './ai/aiDesk.ts';
import type { Budgets } from './budget/budgets.ts';
import type { Held } from './budget/inFlight.ts';
import type { Inbound, Reply, Upstreams } from './engine.ts';
import type { Lifecycle } from './lifecycle/lifecycle.ts';
import type { CaptureEvent, Credentials, ResolvedApi } from './parts.ts';
import type { Prompts } from './prompts/openPrompts.ts';
import type { RecourseBoard } from './recourse/board.ts';
import type { Route, Routes } from './route.ts';
import type { Guards } from './guardrails/guards.ts';
import type { Simulator } from './simulator.ts';

/** What passing calls on needs. What can change while the gateway runs is asked for each time. */
export interface ProxyParts {
  readonly access: Access;
  readonly ai: Pick<AiDesk, 'handle'>;
  readonly prompts: Pick<Prompts, 'handle'>;
  readonly admission: Admission;
  readonly budgets: Pick<Budgets, 'exhausted' | 'reserve' | 'answered' | 'costMatters'>;
  readonly credentials: Pick<Credentials, 'injection'>;
  readonly newId: () => ExchangeId;
  readonly simulator: Pick<Simulator, 'take' | 'running'>;
  readonly recourse: RecourseBoard;
  readonly lifecycle: Pick<Lifecycle, 'admit' | 'operation'>;
  guards(): Guards;
  routes(): Routes;
  upstreams(): Upstreams;
  /** Where events go; null where nothing is recorded. */
  record(): ((event: CaptureEvent) => void) | null;
  /** Where a request leads that is for another host than the gateway; null for one to the gateway itself. */
  elsewhere(inbound: Inbound): Route | null;
  control(method: string, inbound: Inbound, reply: Reply): void;
  health(reply: Reply): void;
  /** A call to a declared API has ended; `status` is what the client was answered, null where it left before. */
  finished(api: string, status: number | null, failed: boolean): void;
}

export interface Proxy {
  /** Serves one request. Never throws. */
  handle(inbound: Inbound, reply: Reply): void;
  /** Sends a request of our own, with the stored credential or as it stands. Returns the new exchange's id. */
  send(inbound: Inbound, reply: Reply, api: ResolvedApi, path: string, how: Sending): Promise<ExchangeId>;
  /** How somebody with the gateway's own token calls. */
  readonly operator: Passages;
}

/** How a request of our own is sent. */
export interface Sending {
  /** What it repeats; null where it is new. */
  readonly replayOf: ExchangeId | null;
  /** True puts the stored credential in. */
  readonly spends: boolean;
}

/** A call on its way out. */
export interface Passage {
  readonly inbound: Inbound;
  readonly reply: Reply;
  readonly api: ResolvedApi;
  readonly path: string;
  readonly headers: HeaderList;
  readonly replayOf: ExchangeId | null;
  /** What is set aside of budgets for it. */
  readonly held: Held;
}

/** A call whose API is known, before its life cycle is looked at. */
export type Described = Pick<Extract<Route, { kind: 'api' }>, 'api' | 'path' | 'version'>;

/** What is known of a call as its record begins. */
export interface Beginning {
  readonly credentialInjected: boolean;
  readonly replayOf: ExchangeId | null;
  readonly simulated: boolean;
  /** Whose call it is, where its refusal says so and not its caller. */
  readonly application?: string;
}
