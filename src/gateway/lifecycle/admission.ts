import type { Failure } from '../../shared/exchange.ts';
import { plain, text } from '../../shared/text.ts';
import type { RawHeaders } from '../engine.ts';
import { nearestName } from '../nearestName.ts';
import { nearestRoute } from './nearestRoute.ts';
import { noticeHeaders } from './outgoingHeaders.ts';
import type { ServedApi, ServedVersion } from './served.ts';

/** A call as the life cycle sees it. */
export interface DescribedCall {
  readonly api: string;
  /** The one that its URL asks for, as in `/orders@1.2.0/…`; null for the one in force. */
  readonly version: string | null;
  readonly method: string;
  /** That of the upstream. */
  readonly path: string;
}

/** Whether a call goes on, and what its answer says besides. */
export type Admission =
  | { readonly kind: 'passes'; readonly headers: RawHeaders }
  | {
      readonly kind: 'refused';
      readonly failure: Failure;
      readonly members: Readonly<Record<string, unknown>>;
      readonly headers: RawHeaders;
    };

const passes: Admission = { kind: 'passes', headers: [] };

/** Holds a call against the version that it asks for. `served` is undefined for an API without published versions. */
export function admit(call: DescribedCall, served: ServedApi | undefined, gatewayUrl: string): Admission {
  if (served === undefined) return call.version === null ? passes : unknownVersion(call.api, call.version, []);
  const version = served.versions.get(call.version ?? served.current);
  if (version === undefined)
    return call.version === null ? passes : unknownVersion(call.api, call.version, [...served.versions.keys()]);
  if (version.retired !== null) return retired(call, version, served, gatewayUrl);
  const match = version.trie.match(call.method, call.path);
  if (served.strict && match.kind === 'none') return unknownPath(call, version);
  // What a browser asks before a call is between it and the upstream.
  if (served.strict && match.kind === 'method' && call.method !== 'OPTIONS')
    return wrongMethod(call, match.template, match.allow);
  const notice =
    version.deprecated ??
    (match.kind === 'route' && match.route.deprecated
      ? { since: version.publishedAt, sunset: null, link: null, successor: null }
      : null);
  if (notice === null) return passes;
  return { kind: 'passes', headers: noticeHeaders(notice, whereTo(call.api, notice.successor, served, gatewayUrl)) };
}

function unknownVersion(api: string, version: string, versions: readonly string[]): Admission {
  const nearest = nearestName(version, versions);
  const hint =
    versions.length === 0
      ? text('Nothing of it is published. Leave "@{0}" out, or publish its description.', version)
      : nearest === null
        ? text('Published: {0}. Without a version, the one in force is meant.', versions.join(', '))
        : text('Did you mean "{0}"? Published: {1}.', nearest, versions.join(', '));
  const message = plain(text('"{0}" has no version "{1}".', api, version));
  return refused({ code: 'unknown_version', message, hint: plain(hint) }, { api, version, versions });
}

function unknownPath({ api, method, path }: DescribedCall, { version, table, bases }: ServedVersion): Admission {
  const nearest = nearestRoute(method, path, table.routes, bases[0] ?? '');
  const bare = path.replace(/[?#].*$/s, '');
  const message = plain(text('"{0}" {1} describes no path {2}.', api, version, bare));
  const hint =
    nearest === null
      ? text('It describes {0} operations; see its description, or set "routes" to "open".', table.routes.length)
      : text('Did you mean {0}?', nearest);
  return refused({ code: 'unknown_path', message, hint: plain(hint) }, { api, version, nearest });
}

function wrongMethod({ api, method }: DescribedCall, template: string, allow: readonly string[]): Admission {
  const allowed = allow.join(', ');
  const message = plain(text('"{0}" describes {1}, but not for {2}.', api, template, method));
  const hint = plain(text('It takes {0}.', allowed));
  return refused({ code: 'method_not_allowed', message, hint }, { api, template, allow }, ['Allow', allowed]);
}

function retired(
  { api }: DescribedCall,
  { version, retired: notice }: ServedVersion,
  served: ServedApi,
  gatewayUrl: string,
): Admission {
  if (notice === null) return passes;
  const to = whereTo(api, notice.successor, served, gatewayUrl);
  const message = plain(text('Version {0} of "{1}" is retired since {2}.', version, api, notice.since.slice(0, 10)));
  const hint =
    to !== null
      ? text('Call {0} instead.', to)
      : notice.link === null
        ? text('Nobody said what comes after it. Published: {0}.', [...served.versions.keys()].join(', '))
        : text('See {0}', notice.link);
  const more = { api, version, successor: to, link: notice.link, since: notice.since };
  return refused({ code: 'api_retired', message, hint: plain(hint) }, more, noticeHeaders(notice, to));
}

function whereTo(api: string, successor: string | null, served: ServedApi, gatewayUrl: string): string | null {
  if (successor === null) return null;
  return served.versions.has(successor) ? `${gatewayUrl}/${api}@${successor}` : successor;
}

function refused(failure: Failure, members: Readonly<Record<string, unknown>>, headers: RawHeaders = []): Admission {
  return { kind: 'refused', failure, members, headers };
}
