import { headerValue, type Failure, type HeaderList } from '../../shared/exchange.ts';
import { plain, text } from '../../shared/text.ts';
import { providerForHost } from '../../providers/index.ts';
import type { Inbound } from '../engine.ts';
import type { ResolvedApi } from '../parts.ts';
import { isOurHost, isLocalOrigin } from '../guard.ts';
import { stoppedApi, type Route, type Routes } from '../route.ts';
import { isLoopback } from '../upstreamProxy.ts';
import type { Reach } from './reach.ts';

/** Finds where requests lead that are for another host than the gateway. */
export interface Forwarding {
  /** Null for a request to the gateway itself. */
  route(inbound: Inbound): Route | null;
}

const most = 500;
const patience = { connect: 30, firstByte: 3600, idle: 3600 } as const;

/** Knows the declared APIs by their upstreams, and makes do with what the provider table says for others. */
export function createForwarding(routes: () => Routes, reach: Pick<Reach, 'mode' | 'reads'>): Forwarding {
  let indexed: Routes['apis'] | null = null;
  let byOrigin: ReadonlyMap<string, readonly ResolvedApi[]> = new Map();
  const others = new Map<string, ResolvedApi>();

  const declared = (origin: string, path: string): ResolvedApi | undefined => {
    const { apis } = routes();
    if (indexed !== apis) {
      byOrigin = byUpstream(apis);
      indexed = apis;
    }
    return byOrigin.get(origin)?.find(({ upstream }) => isBelow(path, upstream.pathname));
  };

  const undeclared = (url: URL): ResolvedApi => {
    const kind = reach.reads(url.hostname.replace(/^\[|\]$/g, ''), portOf(url)) ? 'recorded' : 'unread';
    const key = `${kind} ${url.origin}`;
    const known = others.get(key);
    if (known !== undefined) return known;
    const provider = providerForHost(url.hostname);
    const api: ResolvedApi = {
      // No declared API can be called that.
      name: url.origin,
      title: provider?.title ?? url.host,
      provider,
      upstream: new URL(url.origin),
      credential: null,
      headers: {},
      timeouts: patience,
      undeclared: kind,
    };
    if (others.size >= most) others.delete(others.keys().next().value ?? '');
    others.set(key, api);
    return api;
  };

  return {
    route: (inbound) => {
      if (inbound.origin === null && inbound.target.startsWith('/')) return null;
      const { port, stopped } = routes();
      const wanted = destination(inbound);
      if (wanted === null) return inbound.origin === null ? null : refused(malformed(inbound.target));
      if (wanted === 'differs') return refused(differs(inbound.headers));
      const { url, path } = wanted;
      if (isOurHost(url.host, port)) return inbound.origin === null ? null : refused(ourselves);
      if (reach.mode === 'off') return null;
      if (isForeignPage(inbound.headers, url)) return refused(foreignPage(inbound.headers));
      const api = declared(url.origin, path) ?? undeclared(url);
      return stopped.has(api.name) ? stoppedApi(api, []) : { kind: 'api', api, path, version: null };
    },
  };
}

/** Why a call that shows Tollgate's key to a host that is not declared goes nowhere: there is nothing to put in its place. */
export function noCredentialFor({ upstream, provider }: ResolvedApi): Failure {
  const declaration = provider === null ? `"upstream": "${upstream.origin}"` : `"provider": "${provider.id}"`;
  return {
    code: 'credential_unavailable',
    message: plain(
      text('No API in tollgate.jsonc stands for {0}, so Tollgate has no credential for it.', upstream.origin),
    ),
    hint: plain(text('Add { {0} } to "apis" in tollgate.jsonc, or send a key of your own.', declaration)),
  };
}

/** The longest paths first, so that the nearest is found. */
function byUpstream(apis: Routes['apis']): ReadonlyMap<string, readonly ResolvedApi[]> {
  const found = new Map<string, ResolvedApi[]>();
  for (const api of apis.values()) {
    const { origin } = api.upstream;
    found.set(origin, [...(found.get(origin) ?? []), api]);
  }
  for (const list of found.values()) list.sort((a, b) => b.upstream.pathname.length - a.upstream.pathname.length);
  return found;
}

function isBelow(path: string, base: string): boolean {
  const prefix = base.replace(/\/$/, '');
  return path.startsWith(prefix) && (path.length === prefix.length || /^[/?]/.test(path.slice(prefix.length)));
}

interface Wanted {
  readonly url: URL;
  readonly path: string;
}

/**
 * Where a request is to go: by its target where that is absolute, else by its tunnel. `Host` may not say another thing
 * (RFC 9112, 3.2.2, has it ignored; to refuse is safer), but names the host where a tunnel leads to an address.
 */
function destination({ target, origin, headers }: Inbound): Wanted | 'differs' | null {
  const hosts = headers.filter(([name]) => name.toLowerCase() === 'host');
  const [, scheme, authority = '', rest = ''] = /^(https?):\/\/([^/?#@\s]+)([/?][^#\s]*|)$/i.exec(target) ?? [];
  if (scheme === undefined && !(origin !== null && target.startsWith('/'))) return null;
  if (hosts.length !== 1) return 'differs';
  const base = URL.parse(scheme === undefined ? (origin ?? '') : `${scheme}://${authority}`);
  const named = URL.parse(`${base?.protocol ?? 'http:'}//${hosts[0]?.[1] ?? ''}`);
  if (base === null || base.hostname === '') return null;
  // Within TLS, only what the tunnel leads to has been agreed upon.
  if (scheme !== undefined && origin !== null && base.origin !== origin) return 'differs';
  const path = scheme === undefined ? target : rest.startsWith('/') ? rest : `/${rest}`;
  if (named?.host === base.host) return { url: base, path };
  const byAddress =
    origin?.startsWith('http:') === true && isAddress(base.hostname) && named !== null && named.port === base.port;
  return byAddress && named.pathname === '/' && named.username === '' ? { url: named, path } : 'differs';
}

function isAddress(hostname: string): boolean {
  return hostname.startsWith('[') || /^\d+(\.\d+){3}$/.test(hostname);
}

function portOf({ port, protocol }: URL): number {
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

/** A page may reach other sites by a browser's proxy, but not what listens on this machine alone. */
function isForeignPage(headers: HeaderList, { hostname }: URL): boolean {
  if (!isLoopback(hostname)) return false;
  const origin = headerValue(headers, 'origin');
  if (origin === undefined) return headerValue(headers, 'sec-fetch-site') === 'cross-site';
  return !isLocalOrigin(origin);
}

function refused(failure: Failure): Route {
  return { kind: 'refused', api: null, failure, declared: [] };
}

function malformed(target: string): Failure {
  return {
    code: 'bad_request',
    message: plain(
      text('The request target "{0}" is neither a path nor a URL of the host that the tunnel leads to.', target),
    ),
    hint: plain(text('Check the client: within a tunnel, requests name paths.')),
  };
}

function differs(headers: HeaderList): Failure {
  return {
    code: 'bad_request',
    message: plain(
      text(
        'The request goes to one host and names another, "{0}", in its Host field.',
        headerValue(headers, 'host') ?? '',
      ),
    ),
    hint: plain(text('Send one Host field, with the host that the request is for.')),
  };
}

const ourselves: Failure = {
  code: 'forbidden_host',
  message: plain(text('This leads back to the gateway itself.')),
  hint: plain(text('Call it directly: have NO_PROXY name 127.0.0.1 and localhost.')),
};

function foreignPage(headers: HeaderList): Failure {
  return {
    code: 'forbidden_origin',
    message: plain(
      text(
        'Pages from {0} may not call what runs on this machine.',
        headerValue(headers, 'origin') ?? plain(text('other sites')),
      ),
    ),
    hint: plain(text('Serve the page from localhost, or call from a program.')),
  };
}
