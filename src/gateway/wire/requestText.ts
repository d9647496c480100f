import type { UpstreamRequest } from '../engine.ts';
import { writeFields } from './fields.ts';

const token = /^[\w!#$%&'*+\-.^`|~]+$/;
const target = /^[\x21-\x7e\x80-\xff]+$/;

/** How a request is sent: its head, and whether its body goes in chunks. */
export interface RequestText {
  readonly head: string;
  readonly isChunked: boolean;
}

/**
 * The head of a request to an upstream, with the framing that its body needs. Fails with a `TypeError` where a part of it
 * would not stay what it is on the wire.
 */
export function requestText({ api, method, path, headers, body, upgrade }: UpstreamRequest): RequestText {
  if (!token.test(method) || !target.test(path))
    throw new TypeError('The request’s first line cannot be sent as it is.');
  const isSized = hasLength(headers);
  const isChunked = body !== null && !Buffer.isBuffer(body) && !isSized;
  const connection = upgrade === null ? 'keep-alive' : `Upgrade\r\nupgrade: ${upgrade}`;
  let head = `${method} ${path} HTTP/1.1\r\nhost: ${api.upstream.host}\r\nconnection: ${connection}\r\n${writeFields(headers)}`;
  if (isChunked) head += 'transfer-encoding: chunked\r\n';
  else if (Buffer.isBuffer(body) && !isSized) head += `content-length: ${body.length}\r\n`;
  return { head: `${head}\r\n`, isChunked };
}

function hasLength(headers: readonly string[]): boolean {
  for (let index = 0; index < headers.length; index += 2) {
    const name = headers[index] ?? '';
    if (name.length === 14 && name.toLowerCase() === 'content-length') return true;
  }
  return false;
}
