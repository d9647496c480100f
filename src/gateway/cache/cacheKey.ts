import { createHash } from 'node:crypto';
import { headerValue, type HeaderList } from '../../shared/exchange.ts';
import type { Inbound } from '../engine.ts';
import type { CachePolicy, ModelRoute } from '../modelRoutes/modelRoute.ts';

/** What a client says of caches with a request (RFC 9111, 5.2.1). */
export interface CacheWish {
  /** Neither given from the cache nor kept. */
  readonly noStore: boolean;
  /** Not given from the cache. */
  readonly noCache: boolean;
  /** Milliseconds that an answer may be old; null where it does not say. */
  readonly maxAge: number | null;
}

/** Reads `Cache-Control`, and `Pragma: no-cache` where that is absent. */
export function cacheWish(headers: HeaderList): CacheWish {
  const said = (headerValue(headers, 'cache-control') ?? headerValue(headers, 'pragma') ?? '').toLowerCase();
  const age = /(?:^|[\s,])max-age=(\d+)/.exec(said)?.[1];
  return {
    noStore: /(?:^|[\s,])no-store(?:$|[\s,])/.test(said),
    noCache: /(?:^|[\s,])no-cache(?:$|[\s,=])/.test(said),
    maxAge: age === undefined ? null : Number(age) * 1000,
  };
}

/** Fields that make another answer of the same body. */
const telling = ['anthropic-version', 'anthropic-beta', 'openai-beta', 'x-tollgate-strict', 'accept'];

/**
 * The key of a request. Members of JSON count whatever their order and spaces. The scope is in it: no two teams, nor two
 * callers with keys of their own, ever share an answer. Null for a request that cannot be cached.
 */
export function cacheKey(
  route: ModelRoute,
  policy: CachePolicy,
  { inbound, shown, path, body, maySpend }: Asked,
): string | null {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
  const targets = route.steps.map((step) =>
    step.map(({ model, apis, parameters }) => [apis.map(({ name }) => name), model, parameters]),
  );
  const fields = telling.map((name) => headerValue(inbound.headers, name) ?? '');
  const scope = scopeOf(inbound, shown, policy, maySpend);
  return digest(JSON.stringify([scope, route.name, targets, path, fields, ordered(json)]));
}

interface Asked {
  /** As it was admitted: it tells who called. */
  readonly inbound: Inbound;
  /** The fields as they were sent, with the caller's key. */
  readonly shown: HeaderList;
  readonly path: string;
  readonly body: Buffer;
  readonly maySpend: boolean;
}

function scopeOf({ caller }: Inbound, shown: HeaderList, policy: CachePolicy, maySpend: boolean): readonly string[] {
  const application = caller?.application ?? null;
  const own = ['authorization', 'x-api-key', 'api-key', 'x-goog-api-key'].map((name) => headerValue(shown, name) ?? '');
  // Whoever brings a vendor's key is known by nothing else.
  if (policy.scope === 'credential' || !maySpend) return ['key', ...own];
  if (application === null) return ['gateway'];
  return application.team === '' ? ['application', application.name] : ['team', application.team];
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([name, member]) => [name, ordered(member)]);
}
