import { isIP } from 'node:net';
import { canonicalHost } from './hostList.ts';

/** Where a tunnel is to lead. */
export interface Destination {
  /** A name in lower case, or an address without brackets. */
  readonly host: string;
  readonly port: number;
}

/** The authority as in a URL. */
export function authorityOf({ host, port }: Destination): string {
  return `${canonicalHost(host)}:${port}`;
}

/** The origin that a scheme and a destination make. */
export function originOf(scheme: 'http' | 'https', { host, port }: Destination): string {
  const usual = scheme === 'https' ? 443 : 80;
  return `${scheme}://${canonicalHost(host)}${port === usual ? '' : `:${port}`}`;
}

/** Reads `host:port`, as CONNECT has it (RFC 9110, 9.3.6); null where it is not that. */
export function parseAuthority(text: string): Destination | null {
  const [, bracketed, name, digits = ''] = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+)):(\d{1,5})$/i.exec(text) ?? [];
  const port = Number(digits);
  const host = (bracketed ?? name ?? '').toLowerCase().replace(/\.$/, '');
  if (host === '' || port === 0 || port > 65_535) return null;
  return bracketed !== undefined && isIP(bracketed) !== 6 ? null : { host, port };
}
