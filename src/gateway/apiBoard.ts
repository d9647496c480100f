import type { ExchangeSummary } from '../shared/exchange.ts';
import type { ApiStatus } from '../shared/protocol.ts';
import type { AiGateway } from './ai/openAiDesk.ts';
import type { Credentials, ResolvedApi } from './parts.ts';
import type { Budgets } from './budget/budgets.ts';
import type { RecourseBoard } from './recourse/board.ts';
import type { Lifecycle } from './lifecycle/lifecycle.ts';
import type { Simulator } from './simulator.ts';

interface Standing {
  calls: number;
  lastStatus: number | null;
  lastAt: number | null;
  health: ApiStatus['health'];
}

/** How each declared API is doing. `onChanged` is told at most ten times a second. */
export interface ApiBoard {
  readonly stopped: ReadonlySet<string>;
  configure(apis: readonly ResolvedApi[]): void;
  /** What the store knows from before. */
  restore(api: string, calls: number, newest: ExchangeSummary): void;
  finished(api: string, status: number | null, failed: boolean): void;
  /** A diagnosis may show that a call was refused where its status did not. */
  diagnosed(rows: readonly ExchangeSummary[]): void;
  setRunning(api: string, running: boolean): void;
  /** The log was cleared. */
  clear(): void;
  touch(): void;
  list(): readonly ApiStatus[];
  dispose(): void;
}

/** Who else knows something of an API. */
interface BoardSources {
  readonly ai: Pick<AiGateway, 'count'>;
  readonly credentials: Pick<Credentials, 'state'>;
  readonly simulator: Pick<Simulator, 'running'>;
  readonly recourse: Pick<RecourseBoard, 'state'>;
  readonly lifecycle: Pick<Lifecycle, 'state'>;
}

const tellEveryMilliseconds = 100;

/** Keeps the board. `url` is the gateway's. */
export function createApiBoard(
  url: () => string,
  { ai, credentials, simulator, recourse, lifecycle }: BoardSources,
  budgets: Pick<Budgets, 'spending'>,
  onChanged: (apis: readonly ApiStatus[]) => void,
): ApiBoard {
  const standings = new Map<string, Standing>();
  const stopped = new Set<string>();
  let apis: readonly ResolvedApi[] = [];
  let timer: NodeJS.Timeout | null = null;

  const standing = (api: string): Standing => {
    const known = standings.get(api) ?? { calls: 0, lastStatus: null, lastAt: null, health: null };
    standings.set(api, known);
    return known;
  };
  const list = (): readonly ApiStatus[] =>
    apis.map((api) => ({
      name: api.name,
      title: api.title,
      provider: api.provider?.id ?? null,
      upstream: api.upstream.href,
      url: `${url()}/${api.name}`,
      running: !stopped.has(api.name),
      ...standing(api.name),
      credentialName: api.credential?.name ?? null,
      credentialType: api.credential?.declaration.type ?? null,
      credential: credentials.state(api),
      spending: budgets.spending(api.name),
      simulation: simulator.running(api.name),
      recourse: recourse.state(api),
      ...withLifecycle(lifecycle.state(api.name)),
      ...(ai.count(api) === 0 ? {} : { models: ai.count(api) }),
    }));
  const touch = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      onChanged(list());
    }, tellEveryMilliseconds);
  };

  return {
    stopped,
    configure: (resolved) => {
      apis = resolved;
      touch();
    },
    restore: (api, calls, newest) => {
      const { status, startedAt, state } = newest;
      const health = isRefused(newest) ? 'refused' : healthOf(status, state === 'failed');
      standings.set(api, { calls, lastStatus: status, lastAt: startedAt, health });
      touch();
    },
    finished: (api, status, failed) => {
      const known = standing(api);
      known.calls++;
      known.lastAt = Date.now();
      if (status !== null) known.lastStatus = status;
      // A client that left says nothing about the API.
      if (status !== null) known.health = healthOf(status, failed);
      touch();
    },
    diagnosed: (rows) => {
      for (const row of rows) {
        const { api, state, status } = row;
        if (api === null || !isRefused(row) || state === 'open') continue;
        const known = standing(api);
        if (known.lastStatus !== status || known.health === 'refused') continue;
        known.health = 'refused';
        touch();
      }
    },
    setRunning: (api, running) => {
      if (running) stopped.delete(api);
      else stopped.add(api);
      touch();
    },
    clear: () => {
      standings.clear();
      touch();
    },
    touch,
    list,
    dispose: () => clearTimeout(timer ?? undefined),
  };
}

/** Whether its API refused a call; not where the API or another credential of it answered in a refusal's stead. */
function isRefused({ api, diagnosis }: Pick<ExchangeSummary, 'api' | 'diagnosis'>): boolean {
  return diagnosis !== null && diagnosis.relief?.api !== api;
}

function withLifecycle(lifecycle: ApiStatus['lifecycle'] | undefined): Pick<ApiStatus, 'lifecycle'> {
  return lifecycle === undefined ? {} : { lifecycle };
}

const refusals: ReadonlySet<number> = new Set([401, 402, 403, 429]);

function healthOf(status: number | null, failed: boolean): ApiStatus['health'] {
  if (failed || (status !== null && status >= 500)) return 'failing';
  if (status === null) return null;
  return refusals.has(status) ? 'refused' : 'ok';
}
