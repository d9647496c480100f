import { hash } from 'node:crypto';
import { providers } from '../../providers/index.ts';
import type { CredentialLook } from '../../shared/credentialLook.ts';
import type { HeaderList } from '../../shared/exchange.ts';
import { jwtClaims, type JwtClaims } from './token.ts';

const shapes = providers.flatMap(({ id, keyPatterns }) =>
  keyPatterns.map((pattern) => ({ id, shape: new RegExp(`^(?:${pattern})[A-Za-z0-9_-]*$`) })),
);

/** Shorter ones may be words, which a digest would give away. */
const shortestToFingerprint = 20;

/** What a credential tells about itself. `value` is without its scheme. */
export function credentialLook(value: string): CredentialLook {
  const claims = jwtClaims(value);
  return {
    kind: claims === null ? 'key' : 'jwt',
    providers: [...new Set(shapes.filter(({ shape }) => shape.test(value)).map(({ id }) => id))],
    expiresAt: moment(claims?.exp),
    notBefore: moment(claims?.nbf),
    scopes: claims === null ? null : scopesOf(claims),
    audience: texts(claims?.aud),
    issuer: typeof claims?.iss === 'string' ? claims.iss : null,
    fingerprint: value.length < shortestToFingerprint ? null : hash('sha256', value).slice(0, 4),
  };
}

const basicLook: CredentialLook = {
  ...{ kind: 'basic', providers: [], expiresAt: null, notBefore: null, scopes: null },
  ...{ audience: [], issuer: null, fingerprint: null },
};

/** Where clients put keys, beside `Authorization`. */
const keyHeaders = new Set([
  ...[
    'x-api-key',
    'api-key',
    'apikey',
    'x-goog-api-key',
    'xi-api-key',
    'x-subscription-token',
    'ocp-apim-subscription-key',
  ],
  ...providers.flatMap(({ auth }) => (auth.in === 'header' ? [auth.name.toLowerCase()] : [])),
]);
keyHeaders.delete('authorization');

const mostRemembered = 50;
const remembered = new Map<string, CredentialLook>();

/** What the credential tells that a request carries in its headers; null where it carries none there. */
export function credentialLookOf(headers: HeaderList): CredentialLook | null {
  for (const [name, value] of headers) {
    const lower = name.toLowerCase();
    if (lower === 'authorization') {
      const [, scheme = '', rest = ''] = /^\s*(?:([A-Za-z][\w-]*)\s+)?(\S.*?)\s*$/.exec(value) ?? [];
      if (rest !== '') return scheme.toLowerCase() === 'basic' ? basicLook : rememberedLook(rest);
    } else if (keyHeaders.has(lower) && value.trim() !== '') return rememberedLook(value.trim());
  }
  return null;
}

/** A program sends the same key with each call. */
function rememberedLook(value: string): CredentialLook {
  const known = remembered.get(value);
  if (known !== undefined) return known;
  const look = credentialLook(value);
  if (remembered.size >= mostRemembered) remembered.clear();
  remembered.set(value, look);
  return look;
}

/** `scope` is a list in one string (RFC 8693, 4.2); Azure and Okta say `scp`. */
function scopesOf({ scope, scp }: JwtClaims): readonly string[] | null {
  const claim = scope ?? scp;
  if (typeof claim === 'string') return claim.split(' ').filter((one) => one !== '');
  return Array.isArray(claim) ? texts(claim) : null;
}

function texts(claim: unknown): readonly string[] {
  return (Array.isArray(claim) ? claim : [claim]).filter((one) => typeof one === 'string');
}

/** From the seconds of a JWT. */
function moment(claim: unknown): number | null {
  return typeof claim === 'number' ? claim * 1000 : null;
}
