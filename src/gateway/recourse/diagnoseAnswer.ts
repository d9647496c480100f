import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { headerValue, type HeaderList } from '../../shared/exchange.ts';
import type { Diagnosis } from '../../shared/finding.ts';
import { toHeaderList } from '../headers.ts';
import type { ResolvedApi } from '../parts.ts';
import type { HeldAnswer } from './holdBack.ts';

/** Longer requests are not looked at for the diagnosis of an answer. */
const longestRequest = 256 * 1024;
const longestDecoded = 1024 * 1024;

/** An answer, and why it refuses; null where it does not. */
export interface Diagnosed {
  readonly diagnosis: Diagnosis | null;
  readonly headers: HeaderList;
  /** The decoded text; null where it is not readable. */
  readonly body: string | null;
}

/** What was asked, for the rules. */
export interface Asked {
  readonly api: ResolvedApi;
  readonly method: string;
  readonly path: string;
  readonly headers: HeaderList;
  readonly body: Buffer | null;
}

/** Looks at an answer. The rules are loaded when the first one needs them. */
export async function diagnoseAnswer(asked: Asked, answer: HeldAnswer): Promise<Diagnosed> {
  const { diagnose } = await import('../../rules/index.ts');
  const headers = toHeaderList(answer.headers);
  const body = decoded(answer.body, headerValue(headers, 'content-encoding'));
  const diagnosis = diagnose({
    provider: asked.api.provider?.id ?? null,
    request: {
      method: asked.method,
      host: asked.api.upstream.host,
      path: asked.path,
      headers: asked.headers,
      body: asked.body === null || asked.body.byteLength > longestRequest ? null : asked.body.toString('utf8'),
    },
    response: { status: answer.status, headers, trailers: [], body, truncated: false },
  });
  return { diagnosis, headers, body };
}

function decoded(bytes: Buffer, encoding: string | undefined): string | null {
  const limit = { maxOutputLength: longestDecoded };
  try {
    switch (encoding?.trim().toLowerCase() ?? 'identity') {
      case 'identity':
        return bytes.toString('utf8');
      case 'gzip':
      case 'x-gzip':
        return gunzipSync(bytes, limit).toString('utf8');
      case 'deflate':
        return inflateSync(bytes, limit).toString('utf8');
      case 'br':
        return brotliDecompressSync(bytes, limit).toString('utf8');
      case 'zstd':
        return zstdDecompressSync(bytes, limit).toString('utf8');
      default:
        return null;
    }
  } catch {
    return null;
  }
}
