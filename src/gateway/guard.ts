import type { Failure, HeaderList } from '../shared/exchange.ts';
import { plain, text } from '../shared/text.ts';
import { isLoopback } from './upstreamProxy.ts';

/**
 * Why a request may not come in, or null. A page that had its own name resolve to 127.0.0.1 shows by `Host`; one that
 * calls across origins by `Origin`, or by `Sec-Fetch-Site` where a browser sends no `Origin` (images, forms by GET).
 * Pages served from this machine may call, as local web applications do; without a key they spend nothing of ours.
 */
export function refusal(headers: HeaderList, port: number): Failure | null {
  const { hosts, host, origin, site } = originOf(headers);
  if (hosts !== 1 || !isOurHost(host, port))
    return {
      code: 'forbidden_host',
      message: plain(text('This gateway is not "{0}".', host)),
      hint: plain(text('Call it as http://127.0.0.1:{0} or http://localhost:{0}.', port)),
    };
  const crossSite = origin === undefined && site === 'cross-site';
  if (crossSite || (origin !== undefined && !isLocalOrigin(origin)))
    return {
      code: 'forbidden_origin',
      message: plain(text('Pages from {0} may not call this gateway.', origin ?? plain(text('other sites')))),
      hint: plain(text('Serve the page from localhost, or call from a program.')),
    };
  return null;
}

/** What a request tells of where it comes from, in one go: each request is asked. */
function originOf(headers: HeaderList): Origin {
  const found: Origin = { hosts: 0, host: '', origin: undefined, site: undefined };
  for (const [name, value] of headers)
    if (name.length === 4 && name.toLowerCase() === 'host') {
      if (found.hosts++ === 0) found.host = value;
    } else if (name.length === 6 && name.toLowerCase() === 'origin') found.origin ??= value;
    else if (name.length === 14 && name.toLowerCase() === 'sec-fetch-site') found.site ??= value;
  return found;
}

interface Origin {
  hosts: number;
  host: string;
  origin: string | undefined;
  site: string | undefined;
}

/** Whether an authority (`host:port`) is the gateway's own. */
export function isOurHost(authority: string, port: number): boolean {
  if (authority === ours.authority && port === ours.port) return true;
  const [, name, given = '80'] = /^(127\.0\.0\.1|localhost|\[::1\])(?::(\d+))?$/i.exec(authority) ?? [];
  const isOurs = name !== undefined && Number(given) === port;
  if (isOurs) ours = { authority, port };
  return isOurs;
}

/** What was found to be ours last; nearly always it is the same again. */
let ours = { authority: '', port: 0 };

/** Whether a page was served from this machine. */
export function isLocalOrigin(origin: string): boolean {
  const url = URL.parse(origin);
  return url !== null && /^https?:$/.test(url.protocol) && isLoopback(url.hostname);
}
