import { parseAuthority, type Destination } from './destination.ts';

/** What has to hold before a tunnel is opened: nothing, that the host can be reached, that its certificate is trusted, too. */
export type Hesitation = 'none' | 'unreached' | 'untrusted';

export const connectStart = 'CONNECT ';
/** Sent by preloads, which go directly where the gateway cannot reach the host: so the program sees its own error. */
const hesitantField = 'x-tollgate-hesitant';
const longestHead = 16 * 1024;

/** A CONNECT that was read, that goes on, or that is none. */
export type ConnectRequest =
  | { readonly kind: 'connect'; readonly to: Destination; readonly hesitant: Hesitation; readonly rest: Buffer }
  | { readonly kind: 'more' }
  | { readonly kind: 'malformed'; readonly why: string };

const requestLine = /^CONNECT ([^ \r\n]+) HTTP\/1\.[01]$/;
const field = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)$/;

/** Reads a request for a tunnel (RFC 9110, 9.3.6). It has no body, and its `Host` may not name another place. */
export function readConnect(bytes: Buffer): ConnectRequest {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1) {
    if (bytes.length > longestHead) return malformed('its head is too long');
    return /(?:^|[^\r])\n|\r[^\n]|\0/.test(bytes.toString('latin1'))
      ? malformed('its lines end wrongly')
      : { kind: 'more' };
  }
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const target = requestLine.exec(first)?.[1];
  const to = target === undefined ? null : parseAuthority(target);
  if (to === null) return malformed('its target is not a host and a port');
  let hesitant: Hesitation = 'none';
  let hosts = 0;
  for (const line of lines) {
    const [, name, value = ''] = field.exec(line) ?? [];
    if (name === undefined) return malformed('one of its header fields is not valid');
    const lower = name.toLowerCase();
    if (lower === 'host' && (++hosts > 1 || !isSame(value.trim(), to)))
      return malformed('its Host names another place');
    if (lower === hesitantField) hesitant = value === 'tls' ? 'untrusted' : 'unreached';
    if (lower === 'transfer-encoding' || (lower === 'content-length' && value.trim() !== '0'))
      return malformed('a CONNECT has no body');
  }
  return { kind: 'connect', to, hesitant, rest: bytes.subarray(end + 4) };
}

/** Some clients leave the port out. */
function isSame(host: string, to: Destination): boolean {
  const named = parseAuthority(host) ?? parseAuthority(`${host}:${to.port}`);
  return named !== null && named.host === to.host && named.port === to.port;
}

function malformed(why: string): ConnectRequest {
  return { kind: 'malformed', why };
}
