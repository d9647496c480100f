import { isIP } from 'node:net';
import type { Destination } from './destination.ts';

/** The first byte of every SOCKS5 connection (RFC 1928). */
export const socksVersion = 5;

/** What a client said so far, and what to answer. `used` bytes of it are done with. */
export type SocksGreeting =
  | { readonly kind: 'more' }
  | { readonly kind: 'answer'; readonly bytes: Buffer; readonly used: number }
  | { readonly kind: 'end'; readonly bytes: Buffer };

/** What it wants then, or the code to answer where that cannot be had. */
export type SocksRequest =
  | { readonly kind: 'more' }
  | { readonly kind: 'connect'; readonly to: Destination; readonly used: number }
  | { readonly kind: 'end'; readonly code: number };

/** Replies to a request (RFC 1928, 6). The address in it is of no interest to clients that connect. */
export const socksReply = (code: number): Buffer => Buffer.of(socksVersion, code, 0, 1, 0, 0, 0, 0, 0, 0);
export const socksCodes = {
  done: 0,
  failed: 1,
  forbidden: 2,
  unreachable: 4,
  refused: 5,
  badCommand: 7,
  badAddress: 8,
};

/** The greeting: a list of ways to authenticate, of which none is asked for. */
export function readGreeting(bytes: Buffer): SocksGreeting {
  const count = bytes[1];
  if (count === undefined || bytes.length < 2 + count) return { kind: 'more' };
  const methods = bytes.subarray(2, 2 + count);
  if (!methods.includes(0)) return { kind: 'end', bytes: Buffer.of(socksVersion, 0xff) };
  return { kind: 'answer', bytes: Buffer.of(socksVersion, 0), used: 2 + count };
}

/** The request: a command, which has to be CONNECT, and an address of one of three kinds. */
export function readRequest(bytes: Buffer): SocksRequest {
  if (bytes.length < 5) return { kind: 'more' };
  const end = (code: number): SocksRequest => ({ kind: 'end', code });
  if (bytes[0] !== socksVersion || bytes[2] !== 0) return end(socksCodes.failed);
  if (bytes[1] !== 1) return end(socksCodes.badCommand);
  const [, , , type, first = 0] = bytes;
  const size = { 1: 4, 3: 1 + first, 4: 16 }[type ?? 0];
  if (size === undefined) return end(socksCodes.badAddress);
  const used = 4 + size + 2;
  if (bytes.length < used) return { kind: 'more' };
  const address = bytes.subarray(4, 4 + size);
  const host = type === 3 ? address.toString('latin1', 1).toLowerCase().replace(/\.$/, '') : addressText(address);
  const port = bytes.readUInt16BE(4 + size);
  const valid = port !== 0 && (isIP(host) !== 0 || /^[a-z0-9._-]+$/.test(host));
  return valid ? { kind: 'connect', to: { host, port }, used } : end(socksCodes.badAddress);
}

function addressText(bytes: Buffer): string {
  if (bytes.length === 4) return [...bytes].join('.');
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}
