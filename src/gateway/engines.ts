import { createUpstreams } from './forward.ts';
import { createServer } from './server.ts';
import { createWireServer } from './wire/wireServer.ts';
import { createWireUpstreams } from './wire/wireUpstreams.ts';

/** Both sides of forwarding. */
export interface Engine {
  readonly createServer: typeof createServer;
  readonly createUpstreams: typeof createUpstreams;
}

const general: Engine = { createServer, createUpstreams };
const wire: Engine = { createServer: createWireServer, createUpstreams: createWireUpstreams };

/** The engine that `TOLLGATE_ENGINE` names: `wire` on plain sockets, `general` on node:http and undici. */
export function engineOf({ TOLLGATE_ENGINE: name }: Readonly<Record<string, string | undefined>>): Engine {
  return (name ?? process.env.TOLLGATE_ENGINE) === 'general' ? general : wire;
}
