import type { Failure } from '../shared/exchange.ts';
import { plain, text } from '../shared/text.ts';
import { providerById } from '../providers/index.ts';
import { isOurHost } from './guard.ts';
import type { ModelRoute } from './modelRoutes/modelRoute.ts';
import { nearestName } from './nearestName.ts';
import type { ResolvedApi } from './parts.ts';

/** What a request wants. */
export type Route =
  | {
      readonly kind: 'api';
      readonly api: ResolvedApi;
      readonly path: string;
      /** The published version that is asked for, as in `/orders@1.2.0/…`; null for the one in force. */
      readonly version: string | null;
    }
  | { readonly kind: 'health' }
  /** A call in a common format; `rest` is what follows `/v1`. */
  | { readonly kind: 'ai'; readonly rest: string }
  /** `rest` is what follows `/prompts`. */
  | { readonly kind: 'prompts'; readonly rest: string }
  | { readonly kind: 'control'; readonly method: string }
  | {
      readonly kind: 'refused';
      readonly api: ResolvedApi | null;
      readonly failure: Failure;
      readonly declared: readonly string[];
    };

/** What requests can be routed to. */
export interface Routes {
  readonly port: number;
  readonly apis: ReadonlyMap<string, ResolvedApi>;
  readonly stopped: ReadonlySet<string>;
  /** Aliases of models, by their names. */
  readonly aliases: ReadonlyMap<string, ModelRoute>;
}

const control = '/_tollgate/';

/** Finds where a request target leads: `/<api>/<path>` to that API's upstream, `/_tollgate/…` to the gateway itself. */
export function route(target: string, { port, apis, stopped }: Omit<Routes, 'aliases'>): Route {
  const path = ownPath(target, port);
  const refused = (failure: Failure, api: ResolvedApi | null = null): Route => ({
    kind: 'refused',
    api,
    failure,
    declared: [...apis.keys()],
  });
  if (path === null)
    return refused({
      code: 'bad_request',
      message: plain(text('The request target "{0}" is not a path of this gateway.', target)),
      hint: plain(text('Call http://127.0.0.1:{0}/<api>/<path>; this is not a forward proxy.', port)),
    });
  if (path.startsWith(control)) return controlRoute(path.slice(control.length), refused);
  const [, segment = '', rest = ''] = /^\/([^/?]*)(.*)$/s.exec(path) ?? [];
  const at = segment.indexOf('@');
  const [name, version] = at === -1 ? [segment, null] : [segment.slice(0, at), segment.slice(at + 1)];
  const api = apis.get(name);
  if (api === undefined && name === 'v1') return { kind: 'ai', rest };
  if (api === undefined && name === 'prompts') return { kind: 'prompts', rest };
  if (api === undefined) return refused(unknownApi(name, [...apis.keys()]));
  if (stopped.has(name)) return stoppedApi(api, [...apis.keys()]);
  if (climbsOut(rest))
    return refused(
      {
        code: 'bad_request',
        message: plain(text('The path "{0}" leads out of the API "{1}".', rest, api.name)),
        hint: plain(text('Take the ".." out of it.')),
      },
      api,
    );
  return { kind: 'api', api, path: upstreamPath(api.upstream, rest), version };
}

/**
 * Whether a server that removes dot segments (RFC 3986, 5.2.4; encoded ones too, as some do) would end up above where the
 * path begins: behind another prefix than the upstream's, with this API's credential.
 */
function climbsOut(rest: string): boolean {
  if (!rest.includes('..') && !/%2e/i.test(rest)) return false;
  let depth = 0;
  for (const segment of rest
    .replace(/[?#].*$/s, '')
    .split(/\/|\\|%2f|%5c/i)
    .slice(1)) {
    const plainly = segment.replaceAll(/%2e/gi, '.');
    if (plainly === '..') depth -= 1;
    else if (plainly !== '.' && plainly !== '') depth += 1;
    if (depth < 0) return true;
  }
  return false;
}

/** Refuses a call to an API that somebody has stopped. */
export function stoppedApi(api: ResolvedApi, declared: readonly string[]): Route {
  const failure: Failure = {
    code: 'api_stopped',
    message: plain(text('The API "{0}" is stopped.', api.name)),
    hint: plain(text('Start it in the Tollgate view.')),
  };
  return { kind: 'refused', api, failure, declared };
}

/** Path and query behind an upstream's URL, byte for byte what the client sent behind the API's name. */
export function upstreamPath(upstream: URL, rest: string): string {
  const query = rest.indexOf('?');
  if (query === -1) {
    const known = plainBases.get(upstream);
    if (known !== undefined) return known + rest || '/';
  }
  const path = query === -1 ? rest : rest.slice(0, query);
  const base = upstream.pathname.replace(/\/$/, '');
  const queries = [upstream.search.slice(1), query === -1 ? '' : rest.slice(query + 1)].filter((one) => one !== '');
  const joined = base + path || '/';
  if (upstream.search === '') plainBases.set(upstream, base);
  return queries.length === 0 && query === -1 ? joined : `${joined}?${queries.join('&')}`;
}

/** The paths of upstreams without a query, which each request asks for. URLs of upstreams are not changed. */
const plainBases = new WeakMap<URL, string>();

/** The path of a target in origin form, or in absolute form with our own authority (RFC 9112, 3.2). */
function ownPath(target: string, port: number): string | null {
  if (target.startsWith('/')) return target;
  const [, authority = '', path = ''] = /^http:\/\/([^/?]*)(.*)$/is.exec(target) ?? [];
  if (!isOurHost(authority, port)) return null;
  return path.startsWith('/') ? path : `/${path}`;
}

function controlRoute(rest: string, refused: (failure: Failure) => Route): Route {
  const path = rest.replace(/\?.*$/s, '');
  if (path === 'health') return { kind: 'health' };
  const method = /^api\/(\w+)$/.exec(path)?.[1];
  if (method !== undefined) return { kind: 'control', method };
  if (/^(?:v1\/.+|openapi\.json|\.well-known\/jwks\.json)$/.test(path)) return { kind: 'control', method: path };
  return refused({
    code: 'not_found',
    message: plain(text('There is nothing at /_tollgate/{0}.', path)),
    hint: plain(text('Control calls go to POST /_tollgate/api/<method>; GET /_tollgate/health tells whether it runs.')),
  });
}

function unknownApi(name: string, declared: readonly string[]): Failure {
  const nearest = nearestName(name, declared);
  return {
    code: 'unknown_api',
    message:
      name === ''
        ? plain(text('The path has to begin with the name of an API.'))
        : plain(text('There is no API "{0}" in tollgate.jsonc.', name)),
    hint: hintFor(name, nearest, declared),
  };
}

function hintFor(name: string, nearest: string | null, declared: readonly string[]): string {
  if (nearest !== null) return plain(text('Did you mean "{0}"? Declared: {1}.', nearest, declared.join(', ')));
  if (providerById(name) !== null)
    return plain(text('Add "{0}": { "provider": "{0}" } to "apis" in tollgate.jsonc.', name));
  if (declared.length > 0) return plain(text('Declared: {0}. Add others in tollgate.jsonc.', declared.join(', ')));
  return plain(
    text('None is declared. Add one to "apis" in tollgate.jsonc, as in "openai": { "provider": "openai" }.'),
  );
}
