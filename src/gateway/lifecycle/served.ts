import type { VersionNotice } from '../../shared/lifecycle.ts';
import type { RouteTable } from './description/routeTable.ts';
import { compileRoutes, type RouteTrie } from './routeTrie.ts';

/** One published version, ready to hold calls against. */
export interface ServedVersion {
  readonly version: string;
  readonly table: RouteTable;
  readonly trie: RouteTrie;
  /** What stands before its templates; the first is the one to tell people. */
  readonly bases: readonly string[];
  readonly publishedAt: string;
  readonly deprecated: VersionNotice | null;
  readonly retired: VersionNotice | null;
}

/** An API that has published versions. */
export interface ServedApi {
  readonly strict: boolean;
  readonly current: string;
  /** By version; without those whose file cannot be used. */
  readonly versions: ReadonlyMap<string, ServedVersion>;
}

/** Compiles what a version says of calls to an upstream. */
export function serveVersion(
  { version, publishedAt }: { readonly version: string; readonly publishedAt: string },
  table: RouteTable,
  upstream: URL,
  notices: Pick<ServedVersion, 'deprecated' | 'retired'>,
): ServedVersion {
  const bases = basesOf(table.servers, upstream);
  return { version, table, trie: compileRoutes(table.routes, bases), bases, publishedAt, ...notices };
}

/**
 * Templates stand behind a server's path. Where the upstream is none of the servers, as one's own machine is not, it may
 * have that path or not.
 */
function basesOf(servers: readonly string[], upstream: URL): readonly string[] {
  const own = upstream.pathname.replace(/\/$/, '');
  const urls = (servers.length === 0 ? ['/'] : servers).flatMap((server) => URL.parse(server, upstream.href) ?? []);
  const behind = urls.map(({ pathname }) => {
    const path = pathname.replace(/\/$/, '');
    return path === own || path.startsWith(`${own}/`) ? path : own;
  });
  const isServer = urls.some(({ origin }) => origin === upstream.origin);
  return [...new Set(isServer ? behind : [...behind, own])];
}
