import type { AccountCheck } from '../../shared/account.ts';
import type { ResolvedApi } from '../parts.ts';
import { upstreamPath } from '../route.ts';

/** What stands in braces in a check's path. */
export type Fillings = Readonly<Record<string, string>>;

/**
 * The URL of a check's path for an API. What the upstream's own path and the check's have in common stands once, as
 * where the upstream is `https://host/api/v1`. Throws a `TypeError` where a name in braces is not filled.
 */
export function accountUrl(path: string, api: ResolvedApi, fillings: Fillings): URL {
  const filled = path.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = fillings[name];
    if (value === undefined) throw new TypeError(`Nothing fills {${name}}.`);
    return encodeURIComponent(value);
  });
  if (isAbsolute(filled)) return new URL(filled);
  const base = api.upstream.pathname.replace(/\/$/, '');
  return new URL(upstreamPath(api.upstream, filled.slice(overlap(base, filled))), api.upstream);
}

/** Whether a check leads to another host than the API's. */
export function isAbsolute(path: string): boolean {
  return path.startsWith('https://');
}

/** Whether an API's upstream is one of its provider's own hosts, and no relay or sandbox. */
export function isOwnHost({ provider, upstream }: ResolvedApi): boolean {
  return (provider?.hosts ?? []).some((host) =>
    host.startsWith('.') ? upstream.hostname.endsWith(host) : upstream.hostname === host,
  );
}

/** The checks that make sense for an API: a key is not sent to a host that its upstream does not belong to. */
export function fitting(checks: readonly AccountCheck[], api: ResolvedApi): readonly AccountCheck[] {
  const own = isOwnHost(api);
  return checks.filter(({ path, hosts }) =>
    own ? hosts === undefined || hosts.includes(api.upstream.hostname) : !isAbsolute(path),
  );
}

/** Dates that paths ask for, in UTC; `now` in milliseconds since 1970. */
export function dates(now: number): Fillings {
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  const month = `${day(now).slice(0, 7)}-01`;
  return {
    today: day(now),
    tomorrow: day(now + 86_400_000),
    month,
    monthStart: String(Date.parse(month) / 1000),
  };
}

/** How many characters of `path` the end of `base` says already, up to a slash. */
function overlap(base: string, path: string): number {
  const segments = base.split('/').slice(1);
  for (let first = 0; first < segments.length; first++) {
    const tail = `/${segments.slice(first).join('/')}`;
    if (path.startsWith(`${tail}/`)) return tail.length;
  }
  return 0;
}
