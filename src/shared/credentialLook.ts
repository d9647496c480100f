/** What a credential tells about itself, without being told itself. Times are in milliseconds since 1970. */
export interface CredentialLook {
  readonly kind: 'key' | 'jwt' | 'basic';
  /** The providers whose keys look so; none where the form is nobody's in particular. */
  readonly providers: readonly string[];
  readonly expiresAt: number | null;
  readonly notBefore: number | null;
  /** What a JWT says it is good for (RFC 9068, 2.2.3); null where it does not say. */
  readonly scopes: readonly string[] | null;
  readonly audience: readonly string[];
  readonly issuer: string | null;
  /** Tells two keys apart, and no more: 16 bits of a digest. Null where the credential could be guessed from it. */
  readonly fingerprint: string | null;
}
