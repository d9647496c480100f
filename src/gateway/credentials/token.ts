/** An access token in hand. Times are in milliseconds since 1970. */
export interface Token {
  readonly value: string;
  /** Null where no end is known. */
  readonly expiresAt: number | null;
  /** When it was obtained, or loaded from the store: the beginning of the life that we see. */
  readonly obtainedAt: number;
}

const longestMargin = 5 * 60_000;
const longestSkew = 30_000;

/** When to renew a token ahead of time: five minutes, or a fifth of its life, before its end. */
export function renewAt({ expiresAt, obtainedAt }: Token): number | null {
  return expiresAt === null ? null : expiresAt - Math.min(longestMargin, Math.max(0, expiresAt - obtainedAt) * 0.2);
}

/** When to stop using a token. A little early, because clocks differ and requests take time. */
export function endsAt({ expiresAt, obtainedAt }: Token): number | null {
  return expiresAt === null ? null : expiresAt - Math.min(longestSkew, Math.max(0, expiresAt - obtainedAt) * 0.05);
}

/** Whether a token may still be sent at `now`. */
export function isUsable(token: Token, now: number): boolean {
  const end = endsAt(token);
  return end === null || now < end;
}

/** The claims of a JWT (RFC 7519) that are of use here. Whoever made it may have put anything there. */
export interface JwtClaims {
  readonly exp?: unknown;
  readonly iat?: unknown;
  readonly nbf?: unknown;
  readonly aud?: unknown;
  readonly iss?: unknown;
  readonly scope?: unknown;
  readonly scp?: unknown;
}

/** What a JWT claims; null for anything else. Its signature is its issuer's business. */
export function jwtClaims(value: string): JwtClaims | null {
  const [head, payload, signature, ...more] = value.split('.');
  if (head === undefined || payload === undefined || signature === undefined || more.length > 0) return null;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? claims : null;
  } catch {
    return null;
  }
}

/** When a JWT ends and how long it lives by its own account (RFC 7519, 4.1.4 and 4.1.6); null for anything else. */
export function jwtLife(value: string): { readonly expiresAt: number; readonly lifetime: number | null } | null {
  const claims = jwtClaims(value);
  if (claims === null || typeof claims.exp !== 'number') return null;
  const lifetime = typeof claims.iat === 'number' && claims.exp > claims.iat ? (claims.exp - claims.iat) * 1000 : null;
  return { expiresAt: claims.exp * 1000, lifetime };
}

/**
 * When a token just received ends. `lifetime` (milliseconds, as in `expires_in`) counts from `sentAt` by our own clock;
 * a JWT's `exp` is by the issuer's. A JWT that seems over on arrival means that the clocks differ, so its own lifetime
 * is counted instead.
 */
export function endOfReceived(value: string, lifetime: number | null, sentAt: number): number | null {
  if (lifetime !== null) return sentAt + lifetime;
  const life = jwtLife(value);
  if (life === null) return null;
  return life.expiresAt > sentAt + longestSkew ? life.expiresAt : sentAt + (life.lifetime ?? longestMargin);
}
