import { providerById } from '../providers/index.ts';
import type { CredentialLook } from '../shared/credentialLook.ts';
import type { Known } from './known.ts';

/** A key at the wrong door. */
export interface Stranger {
  /** Whose it looks like, by name. */
  readonly providers: string;
  readonly host: string;
}

/**
 * Whether a call carried somebody else's key. Only told where the provider's own keys have a form, and this is not it:
 * many vendors issue keys that look like those of others.
 */
export function strangerKey({ provider, exchange }: Known, look: CredentialLook | null): Stranger | null {
  if (look === null || look.providers.length === 0 || provider === null || provider.keyPatterns.length === 0)
    return null;
  if (look.providers.includes(provider.id)) return null;
  const names = look.providers.slice(0, 3).map((id) => providerById(id)?.title ?? id);
  return { providers: names.join(', '), host: exchange.host };
}
