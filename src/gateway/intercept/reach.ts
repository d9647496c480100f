import type { GatewayState, InterceptSettings } from '../../shared/settings.ts';
import { providers } from '../../providers/index.ts';
import type { ResolvedApi } from '../parts.ts';
import { authorityFiles, openAuthority, type Authority } from './authority.ts';
import { writeBundle } from './bundle.ts';
import { canonical, canonicalHost, hostList, hostOfEntry } from './hostList.ts';

/** Which hosts are read, and with which authority. It follows settings and catalogue. */
export interface Reach {
  readonly mode: InterceptSettings['mode'];
  /** Null where TLS is not to be read. */
  readonly authority: Authority | null;
  /** What hooks are told. */
  readonly state: Pick<GatewayState, 'hosts' | 'exclude' | 'ca' | 'bundle'>;
  /** Whether calls to a host are to be read and recorded. `host` is without brackets. */
  reads(host: string, port: number): boolean;
  /** Takes settings and APIs over; resolves once the authority is there. One after the other. */
  configure(settings: InterceptSettings, apis: Iterable<ResolvedApi>): Promise<void>;
}

/** Keeps the reach. `directory` is the authority's; `environment` may name others; `problem` hears why there can be none. */
export function createReach(
  directory: string,
  environment: Readonly<Record<string, string | undefined>>,
  problem: (message: string) => void,
): Reach {
  let mode: InterceptSettings['mode'] = 'off';
  let authority: Authority | null = null;
  let state: Reach['state'] = { hosts: [], exclude: [], ca: null, bundle: null };
  let included = hostList([]);
  let excluded = hostList([]);
  let turn = Promise.resolve();

  const apply = async (settings: InterceptSettings, apis: readonly ResolvedApi[]): Promise<void> => {
    const on = settings.mode !== 'off';
    const exclude = settings.exclude.map(canonical).filter((entry) => entry !== '');
    const hosts = on ? listed(settings, apis) : [];
    let next: Authority | null = null;
    if (settings.mode === 'on')
      try {
        next = await openAuthority(directory, hosts);
        await writeBundle(directory, next, environment);
      } catch (error) {
        problem(`The certificate authority cannot be kept: ${error instanceof Error ? error.message : String(error)}`);
      }
    ({ mode } = settings);
    authority = next;
    included = hostList(hosts);
    excluded = hostList(exclude);
    state = { hosts, exclude, ca: next?.file ?? null, bundle: next === null ? null : authorityFiles(directory).bundle };
  };

  return {
    get mode() {
      return mode;
    },
    get authority() {
      return authority;
    },
    get state() {
      return state;
    },
    reads: (host, port) => included.has(host, port) && !excluded.has(host, port),
    configure: (settings, apis) => {
      const all = [...apis];
      turn = turn.then(() => apply(settings, all));
      return turn;
    },
  };
}

/** The hosts of the settings, of the catalogue and of the provider table, without what is wholly excluded. */
function listed({ hosts, exclude }: InterceptSettings, apis: readonly ResolvedApi[]): readonly string[] {
  const out = new Set(exclude.map(canonical));
  const entries = [...hosts.map(canonical), ...apis.map(({ upstream }) => hostEntry(upstream)), ...providerHosts()];
  return [...new Set(entries)].filter((entry) => isHost(entry) && !out.has(entry));
}

/** All hosts of the provider table. */
export function providerHosts(): readonly string[] {
  return providers.flatMap((provider) => provider.hosts);
}

function hostEntry({ hostname, port }: URL): string {
  const host = canonicalHost(hostname.replace(/^\[|\]$/g, ''));
  return port === '' ? host : `${host}:${port}`;
}

function isHost(entry: string): boolean {
  return entry === '*' || /^(\.?[a-z0-9_-]+(\.[a-z0-9_-]+)*|[0-9a-f:.]+)$/.test(hostOfEntry(entry));
}
