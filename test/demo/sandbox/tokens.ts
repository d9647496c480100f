import { newId, textIn, type Answer, type Vendor } from './answer.ts';

/** The refresh token that the first sign-in left behind. */
export const firstRefreshToken = 'sandbox-refresh-first';

/** Seconds that an access token lives. */
const lifetime = 900;

/**
 * An OAuth 2.0 token endpoint (RFC 6749) with rotating refresh tokens, and the Orders API that its tokens open.
 * Using a refresh token twice kills the sign-in, as careful servers do.
 */
export class Tokens {
  readonly #access = new Map<string, number>();
  #refresh: string | null = firstRefreshToken;

  /** `POST /oauth/token`. */
  readonly endpoint: Vendor = (call) => {
    if (call.method !== 'POST') return { status: 405, headers: { allow: 'POST' }, body: { error: 'invalid_request' } };
    switch (textIn(call, 'grant_type', '')) {
      case 'refresh_token':
        return this.#exchange(textIn(call, 'refresh_token', ''));
      case 'client_credentials':
        return this.#issue({});
      default:
        return { status: 400, body: { error: 'unsupported_grant_type' } };
    }
  };

  /** `GET /v1/orders`, for those who hold a living access token. */
  readonly orders: Vendor = (call) => {
    const token = /^Bearer (.+)$/i.exec(call.headers.authorization ?? '')?.[1];
    if (token === undefined) return unauthorized('Bearer realm="orders"', 'missing_token', 'Send an access token.');
    const until = this.#access.get(token);
    if (until === undefined || until < Date.now()) {
      const challenge = 'Bearer realm="orders", error="invalid_token", error_description="The access token expired"';
      return unauthorized(challenge, 'token_expired', 'The access token expired.');
    }
    const orders = [
      { id: 'A-1001', item: 'Turnstile', pieces: 2 },
      { id: 'A-1002', item: 'Barrier arm', pieces: 1 },
    ];
    return { status: 200, body: { orders } };
  };

  /** Ends all access tokens at once; a refresh brings new ones. */
  expire(): void {
    this.#access.clear();
  }

  /** Ends the sign-in: only `reset` (a new sign-in) helps then. */
  signOut(): void {
    this.#access.clear();
    this.#refresh = null;
  }

  reset(): void {
    this.#access.clear();
    this.#refresh = firstRefreshToken;
  }

  #exchange(token: string): Answer {
    if (token !== this.#refresh) {
      this.signOut();
      return {
        status: 400,
        body: { error: 'invalid_grant', error_description: 'The refresh token was used or revoked.' },
      };
    }
    this.#refresh = newId('refresh-');
    return this.#issue({ refresh_token: this.#refresh });
  }

  #issue(more: object): Answer {
    const access = newId('access-');
    this.#access.set(access, Date.now() + lifetime * 1000);
    const body = { access_token: access, token_type: 'Bearer', expires_in: lifetime, ...more };
    return { status: 200, headers: { 'cache-control': 'no-store' }, body };
  }
}

function unauthorized(challenge: string, code: string, message: string): Answer {
  return { status: 401, headers: { 'www-authenticate': challenge }, body: { error: { code, message } } };
}
