import type { Transform } from 'node:stream';
import zlib from 'node:zlib';

/** Decodings that may be stacked; more than two are hardly ever seen. */
const maxCodings = 4;

/** How to undo a `Content-Encoding` (RFC 9110, 8.4). */
export type Decoding =
  | { readonly kind: 'identity' }
  | { readonly kind: 'unknown'; readonly coding: string }
  /** `first` is the first bytes of the body, by which raw deflate is told from zlib's. */
  | { readonly kind: 'coded'; readonly create: (first: Uint8Array) => readonly Transform[] };

/** Reads a `Content-Encoding` value, null for none. */
export function decodingFor(encoding: string | null): Decoding {
  const codings = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity' && coding !== 'aws-chunked');
  if (codings.length === 0) return { kind: 'identity' };
  const unknown = codings.find((coding) => !Object.hasOwn(decoders, coding));
  if (unknown !== undefined || codings.length > maxCodings)
    return { kind: 'unknown', coding: unknown ?? codings.join(', ') };
  // The last coding was applied last, so it comes off first.
  return {
    kind: 'coded',
    create: (first) => codings.toReversed().map((coding, index) => create(coding, first, index)),
  };
}

function create(coding: string, first: Uint8Array, index: number): Transform {
  return (decoders[coding] ?? zlib.createGunzip)(index === 0 ? first : new Uint8Array(0));
}

// A body that ends early shows what there is of it.
const early = { finishFlush: zlib.constants.Z_SYNC_FLUSH };

const decoders: Readonly<Record<string, (first: Uint8Array) => Transform>> = {
  gzip: () => zlib.createGunzip(early),
  'x-gzip': () => zlib.createGunzip(early),
  br: () => zlib.createBrotliDecompress({ finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH }),
  zstd: () => zlib.createZstdDecompress({ finishFlush: zlib.constants.ZSTD_e_flush }),
  // RFC 9110 means zlib's format, but servers that send bare deflate were never mended.
  deflate: (first) => (looksLikeZlib(first) ? zlib.createInflate(early) : zlib.createInflateRaw(early)),
};

/** The header of RFC 1950: method 8, and a check over the first two bytes. */
function looksLikeZlib(bytes: Uint8Array): boolean {
  const [method, flags] = bytes;
  if (method === undefined || flags === undefined) return true;
  return (method & 0x0f) === 8 && ((method << 8) | flags) % 31 === 0;
}
