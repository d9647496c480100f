import { headerValue, type Failure, type HeaderList } from '../shared/exchange.ts';
import { plain, text } from '../shared/text.ts';
import { isLoopback } from './upstreamProxy.ts';

/**
 * Why a request may not come in, or null. A page that had its own name resolve to 127.0.0.1 shows by `Host`; one that
 * calls across origins by `Origin`, or by `Sec-Fetch-Site` where a browser sends no `Origin` (images, forms by GET).
 * Pages served from this machine may call, as local web applications do; without a key they spend nothing of ours.
 */
export function refusal(headers: HeaderList, port: number): Failure | null {
  const hosts = headers.filter(([name]) => name.toLowerCase() === 'host');
  const host = hosts[0]?.[1] ?? '';
  if (hosts.length !== 1 || !isOurHost(host, port))
    return {
      code: 'forbidden_host',
      message: plain(text('This gateway is not "{0}".', host)),
      hint: plain(text('Call it as http://127.0.0.1:{0} or http://localhost:{0}.', port)),
    };
  const origin = headerValue(headers, 'origin');
  const crossSite = origin === undefined && headerValue(headers, 'sec-fetch-site') === 'cross-site';
  if (crossSite || (origin !== undefined && !isLocalOrigin(origin)))
    return {
      code: 'forbidden_origin',
      message: plain(text('Pages from {0} may not call this gateway.', origin ?? plain(text('other sites')))),
      hint: plain(text('Serve the page from localhost, or call from a program.')),
    };
  return null;
}

/** Whether an authority (`host:port`) is the gateway's own. */
export function isOurHost(authority: string, port: number): boolean {
  const [, name, given = '80'] = /^(127\.0\.0\.1|localhost|\[::1\])(?::(\d+))?$/i.exec(authority) ?? [];
  return name !== undefined && Number(given) === port;
}

/** Whether a page was served from this machine. */
export function isLocalOrigin(origin: string): boolean {
  const url = URL.parse(origin);
  return url !== null && /^https?:$/.test(url.protocol) && isLoopback(url.hostname);
}
