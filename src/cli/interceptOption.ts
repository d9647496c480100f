import { readFile } from 'node:fs/promises';
import { proxyEnvironment } from '../shared/proxySettings.ts';
import type { GatewayState } from '../shared/settings.ts';

/** The option that has calls read at the vendors' own hosts. */
export const interceptOptions = { intercept: { type: 'boolean' } } as const;

export const interceptHelp = `  --intercept          Read calls to the vendors' own hosts, too: the gateway is a proxy for all programs that
                       honour HTTPS_PROXY. A certificate authority of your own is made for it at the first
                       use, limited to those hosts; nothing but programs that are told of it trust it.
`;

type Environment = Readonly<Record<string, string | undefined>>;

/** An environment whose programs go through the gateway of that state file, and trust it. */
export async function interceptedEnvironment(own: Environment, stateFile: string): Promise<Environment> {
  const state = await readState(stateFile);
  return state === null ? own : { ...own, ...proxyEnvironment(state, own, state.hosts) };
}

/** What a gateway says of itself; null where none says anything. */
export async function readState(file: string): Promise<GatewayState | null> {
  try {
    const state = JSON.parse(await readFile(file, 'utf8')) as Partial<GatewayState>;
    if (typeof state.url !== 'string' || !Array.isArray(state.hosts) || typeof state.pid !== 'number') return null;
    process.kill(state.pid, 0);
    return state as GatewayState;
  } catch {
    return null;
  }
}
