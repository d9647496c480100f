import type { GatewayApi, GatewayEvents } from '../../shared/protocol.ts';
import type { GatewayOptions, GatewaySettings } from '../../shared/settings.ts';
import type { ApiBoard } from '../apiBoard.ts';
import type { CatalogueFile } from '../catalogueFile.ts';
import type { Screen } from '../engine.ts';
import type { Listeners } from '../listeners.ts';
import type { Recording, ResolvedApi } from '../parts.ts';
import { openWorkers, type Workers } from './openWorkers.ts';
import { settledApi } from './settledApi.ts';
import { workerState, type StateParts } from './workerState.ts';

/** A gateway's forwarding processes, of which there may be none. */
export interface Crew {
  /** The gateway's calls, with answers about what workers have served, too. */
  api(own: GatewayApi): GatewayApi;
  /** Gives connections to workers; `own` looks at those that are the gateway's. */
  screen(own: Screen): Screen;
  start(gateway: CrewParts): Promise<void>;
  /** Calls under way have so many milliseconds to end. */
  close(patience?: number): Promise<void>;
}

export interface CrewParts extends Pick<StateParts, 'port' | 'simulator' | 'lifecycle' | 'gate'> {
  readonly recording: Recording;
  readonly board: Pick<ApiBoard, 'stopped' | 'finished'>;
  readonly catalogue: Pick<CatalogueFile, 'state'>;
  readonly listeners: Listeners<GatewayEvents>;
  readonly settings: () => GatewaySettings;
  readonly apis: () => ReadonlyMap<string, ResolvedApi>;
}

/** As many as the options ask for; with one, the gateway forwards by itself and nothing differs. */
export function createCrew({ workers: count = 1, token }: Pick<GatewayOptions, 'workers' | 'token'>): Crew {
  if (count < 2)
    return { api: (own) => own, screen: (own) => own, start: () => Promise.resolve(), close: () => Promise.resolve() };
  let workers: Workers | null = null;
  let screened: Screen | null = null;
  return {
    api: (own) => settledApi(own, () => workers?.settled()),
    screen: (own) => {
      screened = own;
      return (socket, adopt) => {
        if (workers?.take(socket, adopt) !== true) own(socket, adopt);
      };
    },
    start: async ({ recording, board, catalogue, listeners, settings, apis, ...rest }) => {
      const opened = openWorkers({
        ...{ count, recording, finished: (...call) => board.finished(...call) },
        screen: (socket, adopt) => screened?.(socket, adopt),
        state: () =>
          workerState({
            ...{ ...rest, token, stopped: board.stopped, catalogue: catalogue.state },
            ...{ settings: settings(), apis: apis().values() },
          }),
        tell: (message) => void process.stderr.write(`${message}\n`),
      });
      workers = opened;
      for (const event of ['apisChanged', 'accessChanged', 'problemsChanged'] as const)
        listeners.on(event, () => opened.changed());
      await opened.settled();
    },
    close: async (patience = 0) => workers?.close(patience),
  };
}
