import type { RawHeaders } from '../engine.ts';

/**
 * Fields that have no place behind a body (RFC 9110, 6.5.1): whoever merges trailers with the head would have them change
 * how the message is read, where it goes, or who is taken to have sent it.
 */
const unfit: ReadonlySet<string> = new Set([
  ...['content-length', 'transfer-encoding', 'host', 'connection', 'te', 'trailer', 'upgrade', 'expect', 'keep-alive'],
  ...[
    'proxy-connection',
    'content-encoding',
    'content-type',
    'content-range',
    'range',
    'max-forwards',
    'cache-control',
  ],
  ...['authorization', 'proxy-authorization', 'www-authenticate', 'proxy-authenticate', 'cookie', 'set-cookie'],
]);

/** The trailers that may be passed on; names and values by turns. */
export function passableTrailers(trailers: RawHeaders): RawHeaders {
  if (trailers.length === 0) return trailers;
  return trailers.filter((_, index) => !unfit.has((trailers[index - (index % 2)] ?? '').toLowerCase()));
}
