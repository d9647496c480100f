import { chmod, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  calculateJwkThumbprint,
  createLocalJWKSet,
  createRemoteJWKSet,
  customFetch,
  errors,
  exportJWK,
  generateKeyPair,
  importJWK,
  jwtVerify,
  SignJWT,
  type JWK,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import { milliseconds } from '../../shared/duration.ts';
import type { TokenIssuer } from './terms.ts';

const ownAlgorithm = 'EdDSA';
/** The audience of tokens that this gateway issues. */
const ownAudience = 'tollgate';
/** Milliseconds within which an issuer is not asked again for a key that it does not have. */
const usualCooldown = 30_000;
const keyFileName = 'issuer.json';

/** What a token that was verified says. */
export interface VerifiedToken {
  readonly application: string;
  readonly apis: readonly string[] | null;
  readonly methods: readonly string[] | null;
  /** In milliseconds since 1970. */
  readonly expiresAt: number | null;
}

/** Why a token is worth nothing. `unreachable`: its issuer's keys could not be had. */
export interface BadToken {
  readonly why: 'expired' | 'invalid' | 'unreachable';
  readonly reason: string;
}

/** What is signed into a token of our own. */
export interface TokenContent {
  readonly application: string;
  readonly team: string;
  readonly apis: readonly string[] | null;
  readonly methods: readonly string[] | null;
  readonly lifetimeMs: number;
}

/** Issues access tokens, and verifies those of others. */
export interface Tokens {
  /** The public keys, as a JWK set (RFC 7517). */
  jwks(): { readonly keys: readonly JWK[] };
  issue(content: TokenContent): Promise<{ readonly token: string; readonly expiresAt: number }>;
  verify(token: string, issuers: readonly TokenIssuer[]): Promise<VerifiedToken | BadToken>;
}

/**
 * Opens the issuer of a data folder; its key is made at the first start and kept in a file that only its owner may read.
 * Relative files of other issuers' keys are beside the catalogue. Keys at a URL are kept for ten minutes; a key that is
 * not among them has them fetched anew, but not twice within `cooldown` milliseconds.
 */
export async function openTokens(
  dataDirectory: string,
  catalogueDirectory: string | null,
  fetch: typeof globalThis.fetch,
  cooldown: number = usualCooldown,
): Promise<Tokens> {
  const secret = await ownKey(path.join(dataDirectory, keyFileName));
  const half: JWK = { ...secret };
  delete half.d;
  const kid = await calculateJwkThumbprint(half);
  const published: JWK = { ...half, kid, use: 'sig', alg: ownAlgorithm };
  const issuer = `urn:tollgate:${kid}`;
  const signingKey = await importJWK(secret, ownAlgorithm);
  const ownKeys = createLocalJWKSet({ keys: [published] });
  const remote = new Map<string, JWTVerifyGetKey>();
  const local = new Map<string, { readonly changedAt: number; readonly keys: JWTVerifyGetKey }>();

  const keysOf = async ({ jwks }: TokenIssuer): Promise<JWTVerifyGetKey> => {
    if (/^https?:\/\//.test(jwks)) {
      const known = remote.get(jwks);
      if (known !== undefined) return known;
      const made = createRemoteJWKSet(new URL(jwks), {
        ...{ timeoutDuration: 5000, cooldownDuration: cooldown },
        [customFetch]: fetch,
      });
      remote.set(jwks, made);
      return made;
    }
    const file = path.resolve(catalogueDirectory ?? dataDirectory, jwks);
    const { mtimeMs } = await stat(file);
    const known = local.get(file);
    if (known?.changedAt === mtimeMs) return known.keys;
    const keys = createLocalJWKSet(JSON.parse(await readFile(file, 'utf8')) as { keys: JWK[] });
    local.set(file, { changedAt: mtimeMs, keys });
    return keys;
  };

  const checked = async (token: string, issuers: readonly TokenIssuer[]): Promise<VerifiedToken | BadToken> => {
    const claimed = issuerOf(token);
    if (claimed === issuer) {
      const { payload } = await jwtVerify(token, ownKeys, {
        issuer,
        audience: ownAudience,
        algorithms: [ownAlgorithm],
        requiredClaims: ['exp', 'sub'],
        clockTolerance: 5,
      });
      return verified(payload, String(payload.sub));
    }
    const found = issuers.find((one) => one.issuer === claimed);
    if (found === undefined)
      return {
        why: 'invalid',
        reason: claimed === null ? 'It names no issuer.' : `Tokens of ${claimed} are not accepted here.`,
      };
    const keys = await keysOf(found);
    const { payload } = await jwtVerify(token, keys, {
      issuer: found.issuer,
      audience: [...found.audience],
      algorithms: [...found.algorithms],
      requiredClaims: ['exp'],
      clockTolerance: found.clockSkew === undefined ? 30 : milliseconds(found.clockSkew) / 1000,
    });
    if (typeof found.application === 'string')
      return { ...verified(payload, found.application), apis: null, methods: null };
    const name = payload[found.application.claim];
    if (typeof name !== 'string')
      return { why: 'invalid', reason: `Its claim "${found.application.claim}" names no application.` };
    return { ...verified(payload, name), apis: null, methods: null };
  };

  return {
    jwks: () => ({ keys: [published] }),
    issue: async ({ application, team, apis, methods, lifetimeMs }) => {
      const now = Math.floor(Date.now() / 1000);
      const end = now + Math.max(1, Math.round(lifetimeMs / 1000));
      const claims = { team, ...(apis === null ? {} : { apis }), ...(methods === null ? {} : { methods }) };
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: ownAlgorithm, kid, typ: 'at+jwt' })
        .setIssuer(issuer)
        .setSubject(application)
        .setAudience(ownAudience)
        .setIssuedAt(now)
        .setExpirationTime(end)
        .setJti(crypto.randomUUID())
        .sign(signingKey);
      return { token, expiresAt: end * 1000 };
    },
    verify: async (token, issuers) => {
      try {
        return await checked(token, issuers);
      } catch (error) {
        return badToken(error);
      }
    },
  };
}

function verified(payload: JWTPayload, application: string): VerifiedToken {
  return {
    application,
    apis: textsIn(payload.apis),
    methods: textsIn(payload.methods),
    expiresAt: payload.exp === undefined ? null : payload.exp * 1000,
  };
}

function textsIn(value: unknown): readonly string[] | null {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : null;
}

function issuerOf(token: string): string | null {
  try {
    const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as {
      iss?: unknown;
    };
    return typeof payload.iss === 'string' ? payload.iss : null;
  } catch {
    return null;
  }
}

function badToken(error: unknown): BadToken {
  if (error instanceof errors.JWTExpired) return { why: 'expired', reason: 'It has expired.' };
  if (error instanceof errors.JWTClaimValidationFailed)
    return { why: 'invalid', reason: `Its claim "${error.claim}" is not what is accepted here.` };
  if (error instanceof errors.JOSEAlgNotAllowed)
    return { why: 'invalid', reason: 'It is signed with an algorithm that is not accepted here.' };
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return { why: 'invalid', reason: 'Its signature is wrong.' };
  if (error instanceof errors.JWKSNoMatchingKey)
    return { why: 'invalid', reason: 'Its issuer has no key of that name.' };
  if (error instanceof errors.JWKSTimeout)
    return { why: 'unreachable', reason: 'Its issuer’s keys could not be fetched in five seconds.' };
  if (error instanceof errors.JWTInvalid || error instanceof errors.JWSInvalid)
    return { why: 'invalid', reason: 'It is no token.' };
  const reason = error instanceof Error ? error.message : String(error);
  return { why: 'unreachable', reason: `Its issuer’s keys cannot be read: ${reason}.` };
}

async function ownKey(file: string): Promise<JWK> {
  const kept = await readKey(file);
  if (kept !== null) return kept;
  const { privateKey } = await generateKeyPair(ownAlgorithm, { extractable: true });
  const made = await exportJWK(privateKey);
  const written = `${file}.${process.pid}`;
  await writeFile(written, `${JSON.stringify(made)}\n`, { mode: 0o600 });
  await rename(written, file);
  // Another process may have made one at the same time; the one that is there counts.
  return (await readKey(file)) ?? made;
}

async function readKey(file: string): Promise<JWK | null> {
  try {
    const key = JSON.parse(await readFile(file, 'utf8')) as JWK;
    if (key.kty !== 'OKP' || typeof key.d !== 'string' || typeof key.x !== 'string') return null;
    if (process.platform !== 'win32') await chmod(file, 0o600);
    return { kty: key.kty, crv: key.crv ?? 'Ed25519', x: key.x, d: key.d };
  } catch {
    return null;
  }
}
