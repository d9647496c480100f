import type { Secret } from '../../shared/secret.ts';
import { looksLikeProgramKey } from '../access.ts';
import type { Credential, CredentialContext } from './credential.ts';
import { jwtLife } from './token.ts';

/**
 * A static key: the stored one, else the one in the environment variable `variable`. Nothing renews it; where it is a
 * JWT its end is known all the same, and it is sent even then, since the upstream is who decides.
 */
export function keyCredential(
  { name, environment }: Omit<CredentialContext, 'onChanged'>,
  variable: string | null,
  stored: Secret | null,
): Credential {
  const fromEnvironment = variable === null ? '' : (environment[variable]?.trim() ?? '');
  // Inside a program that another gateway serves, the variable holds that gateway's own key.
  const fallback = looksLikeProgramKey(fromEnvironment) ? '' : fromEnvironment;
  let secret = stored;
  const storedKey = (): string => (secret?.type === 'key' ? secret.value : '');
  const key = (): string => storedKey() || fallback;
  return {
    state: () => {
      if (key() === '') return { kind: 'missing' };
      const end = jwtLife(key())?.expiresAt ?? null;
      if (end !== null && end <= Date.now()) return { kind: 'expired', expiredAt: end, refreshable: false };
      const from = storedKey() === '' ? 'environment' : 'stored';
      return { kind: 'ready', expiresAt: end, refreshable: false, from };
    },
    value: () => Promise.resolve(key() === '' ? null : key()),
    refresh: () =>
      Promise.resolve({
        kind: 'notRefreshable',
        message: `"${name}" is a static key, which only its issuer can renew. Set the new key with "Tollgate: Set Credential".`,
      }),
    setSecret: (changed) => {
      secret = changed;
    },
    values: () => [...new Set([storedKey(), fallback])].filter((value) => value !== ''),
    dispose: () => undefined,
  };
}
