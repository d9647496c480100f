import type { Secret } from '../../shared/secret.ts';
import { looksLikeProgramKey } from '../access.ts';
import type { OauthDeclaration } from './tokenEndpoint.ts';

export type OauthSecret = Extract<Secret, { type: 'oauth2' }>;

/** One way to ask for a token. */
export interface Grant {
  readonly from: 'stored' | 'environment';
  readonly refreshToken?: string | undefined;
  readonly clientSecret?: string | undefined;
  /** The secret that this grant stands and falls with. */
  readonly secret: string;
}

/**
 * The ways in hand to ask for a token, the stored one first. One from the environment stands in where the stored one is
 * spent: somebody signed in again and changed the variable.
 */
export function grants(
  kind: OauthDeclaration['grant'],
  stored: OauthSecret | null,
  environment: OauthSecret | null,
): readonly Grant[] {
  const clientSecret = stored?.clientSecret ?? environment?.clientSecret;
  const found: Grant[] = [];
  for (const [from, secret] of [
    ['stored', stored],
    ['environment', environment],
  ] as const) {
    const own = kind === 'refresh_token' ? secret?.refreshToken : secret?.clientSecret;
    if (own === undefined || own === '' || found.some((grant) => grant.secret === own)) continue;
    found.push(
      kind === 'refresh_token'
        ? { from, refreshToken: own, clientSecret, secret: own }
        : { from, clientSecret: own, secret: own },
    );
  }
  return found;
}

/**
 * What the declared variable holds: the refresh token (or, for client credentials, the client secret), or both as
 * `{"refreshToken":"…","clientSecret":"…"}`.
 */
export function secretFromEnvironment(
  { env, grant }: OauthDeclaration,
  environment: Readonly<Record<string, string | undefined>>,
): OauthSecret | null {
  const value = env === undefined ? '' : (environment[env]?.trim() ?? '');
  if (value === '' || looksLikeProgramKey(value)) return null;
  const members = value.startsWith('{') ? parseMembers(value) : null;
  if (members === null)
    return grant === 'refresh_token'
      ? { type: 'oauth2', refreshToken: value }
      : { type: 'oauth2', clientSecret: value };
  const { refreshToken, clientSecret } = members;
  return {
    type: 'oauth2',
    ...(typeof refreshToken === 'string' ? { refreshToken } : {}),
    ...(typeof clientSecret === 'string' ? { clientSecret } : {}),
  };
}

function parseMembers(json: string): Readonly<Record<string, unknown>> | null {
  try {
    return JSON.parse(json) as Record<string, unknown>;
  } catch {
    return null;
  }
}
