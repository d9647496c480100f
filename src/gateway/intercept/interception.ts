import type { Socket } from 'node:net';
import type { GatewaySettings, InterceptSettings } from '../../shared/settings.ts';
import type { Inbound, Reply, Screen } from '../engine.ts';
import type { ResolvedApi } from '../parts.ts';
import type { Route, Routes } from '../route.ts';
import { createDoors } from './doors.ts';
import { createForwarding } from './forwarding.ts';
import { createHttp2Server } from './http2Server.ts';
import { createLeaves } from './leaves.ts';
import { createPins, type Pins } from './pins.ts';
import { createReach, type Reach } from './reach.ts';
import { createTunnels } from './tunnels.ts';

/** All that makes a gateway a forward proxy. */
export interface Interception {
  /** Looks at each connection first. */
  readonly screen: Screen;
  /** Where a request leads that is for another host; null for one to the gateway itself. */
  route(inbound: Inbound): Route | null;
  readonly state: Reach['state'];
  readonly pins: Pick<Pins, 'list' | 'clear'>;
  configure(settings: InterceptSettings, apis: Iterable<ResolvedApi>): Promise<void>;
  close(): void;
}

export interface InterceptionParts {
  readonly authorityDirectory: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly settings: () => GatewaySettings;
  readonly routes: () => Routes;
  readonly handle: (inbound: Inbound, reply: Reply) => void;
  /** What a person should know. */
  readonly tell: (message: string) => void;
}

/** Puts its parts together. */
export function createInterception(parts: InterceptionParts): Interception {
  const reach = createReach(parts.authorityDirectory, parts.environment, parts.tell);
  const forwarding = createForwarding(parts.routes, reach);
  const pins = createPins();
  const http2 = createHttp2Server(parts.handle);
  const tunnels = createTunnels({
    ...{ reach, pins, leaves: createLeaves(), environment: parts.environment, settings: parts.settings },
    port: () => parts.routes().port,
    http2: (socket, tunnel, silent) => http2.adopt(socket, tunnel, silent),
    refused: (host) =>
      parts.tell(
        `A client does not trust Tollgate's certificate for ${host}; its calls pass unread for now. ` +
          'Give it the variables of "Tollgate: Copy Proxy Settings", or exclude the host.',
      ),
  });
  const doors = createDoors(
    (request) => tunnels.take(request),
    (socket) => http2.adopt(socket, null),
  );
  const sockets = new Set<Socket>();
  return {
    screen: (socket, adopt) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      doors(socket, adopt);
    },
    route: (inbound) => forwarding.route(inbound),
    get state() {
      return reach.state;
    },
    pins,
    configure: async (settings, apis) => {
      await reach.configure(settings, apis);
      pins.clear();
    },
    close: () => {
      tunnels.close();
      http2.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
