/** A secret as kept in SecretStorage (as JSON), under the credential's name. Never stored, logged or shown otherwise. */
export type Secret =
  | { readonly type: 'key'; readonly value: string }
  | {
      readonly type: 'oauth2';
      readonly refreshToken?: string;
      readonly clientSecret?: string;
      readonly accessToken?: string;
      /** When the access token ends, in milliseconds since 1970. */
      readonly expiresAt?: number;
    };

/**
 * What the explorer shows of a credential. `none`: the API needs none that we know of. `missing`: declared, no secret
 * stored. `ready`: usable (`expiresAt` null = no known end). `dead`: only a person can renew it. `held`: the configuration
 * leads it to an origin that nobody has agreed to.
 */
export type CredentialState =
  | { readonly kind: 'none' }
  | { readonly kind: 'missing' }
  | {
      readonly kind: 'ready';
      readonly expiresAt: number | null;
      readonly refreshable: boolean;
      readonly from: 'stored' | 'environment' | 'command';
    }
  | { readonly kind: 'refreshing' }
  | {
      readonly kind: 'expired';
      readonly expiredAt: number;
      readonly refreshable: boolean;
      /** Why the last refresh failed, where one was tried. */
      readonly reason?: string;
    }
  | { readonly kind: 'dead'; readonly reason: string }
  | { readonly kind: 'held'; readonly destination: string };

/** How a refresh ended. `signInAgain`: the refresh token is dead (RFC 6749, 5.2, `invalid_grant`). */
export type RefreshOutcome =
  | { readonly kind: 'refreshed'; readonly expiresAt: number | null }
  | { readonly kind: 'notRefreshable'; readonly message: string }
  | { readonly kind: 'signInAgain'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };
