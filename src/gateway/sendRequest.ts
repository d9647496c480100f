import { ChannelError } from '../shared/channel.ts';
import type { ExchangeId, HeaderList } from '../shared/exchange.ts';
import type { OutgoingRequest } from '../shared/outgoingRequest.ts';
import { plain, text } from '../shared/text.ts';
import { ownInbound } from './ownInbound.ts';
import type { ResolvedApi } from './parts.ts';
import type { Proxy } from './proxyParts.ts';
import { upstreamPath } from './route.ts';

/** What the gateway sets itself. */
const framing: ReadonlySet<string> = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'expect',
  'upgrade',
]);

/**
 * Sends a request that somebody wrote, as a new exchange. It resolves once that is answered. Fails with `bad_request`
 * where it is none, and with `api_missing` where no declared API is at its address.
 */
export async function sendRequest(
  request: OutgoingRequest,
  apis: ReadonlyMap<string, ResolvedApi>,
  gatewayUrl: string,
  proxy: Proxy,
): Promise<ExchangeId> {
  const url = parse(request.url);
  const found = findApi(url, apis, gatewayUrl);
  if (found === null)
    throw new ChannelError(
      'api_missing',
      plain(text('No API of tollgate.jsonc is at {0}. Declare it there, and send again.', url.origin)),
    );
  if (!/^[A-Z][A-Z-]*$/.test(request.method))
    throw new ChannelError('bad_request', plain(text('"{0}" is no HTTP method.', request.method)));
  const body = request.body === null ? null : Buffer.from(request.body, request.isBase64 ? 'base64' : 'utf8');
  const headers: HeaderList = request.headers.filter(([name]) => !framing.has(name.toLowerCase()));
  for (const [name, value] of headers)
    // What Node would refuse further on, without saying which it was (RFC 9110, 5.5).
    if (/[^\t\x20-\x7e\x80-\xff]/.test(value) || !/^[!#$%&'*+.^_`|~\w-]+$/.test(name))
      throw new ChannelError('bad_request', plain(text('The header "{0}" has a character that none may have.', name)));
  const { inbound, reply, done } = ownInbound(request.method, found.path, headers, body);
  const spends = request.useCredential && found.api.credential !== null;
  const id = await proxy.send(inbound, reply, found.api, found.path, { replayOf: request.replayOf ?? null, spends });
  await done;
  return id;
}

function parse(address: string): URL {
  try {
    return new URL(address);
  } catch {
    throw new ChannelError(
      'bad_request',
      plain(text('"{0}" is no address. Write it in full, with https://.', address)),
    );
  }
}

interface Found {
  readonly api: ResolvedApi;
  readonly path: string;
}

/** By the gateway's own address and the API's name, else the API whose upstream the address begins with: the longest. */
function findApi(url: URL, apis: ReadonlyMap<string, ResolvedApi>, gatewayUrl: string): Found | null {
  const own = new URL(gatewayUrl);
  const target = url.pathname + url.search;
  if (url.port === own.port && (url.hostname === own.hostname || url.hostname === 'localhost')) {
    const [, name = '', rest = ''] = /^\/([^/?]+)(.*)$/s.exec(target) ?? [];
    const api = apis.get(name);
    return api === undefined ? null : { api, path: upstreamPath(api.upstream, rest) };
  }
  const fitting = [...apis.values()].filter(({ upstream }) => {
    const root = upstream.pathname.replace(/\/$/, '');
    return upstream.origin === url.origin && (target === root || target.startsWith(`${root}/`) || root === '');
  });
  const [api] = fitting.sort((a, b) => b.upstream.pathname.length - a.upstream.pathname.length);
  return api === undefined ? null : { api, path: target };
}
