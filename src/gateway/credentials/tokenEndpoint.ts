import type { CredentialDeclaration } from '../../shared/catalogue.ts';
import { sanitized } from './sanitize.ts';

/** How an OAuth 2.0 credential is declared. */
export type OauthDeclaration = Extract<CredentialDeclaration, { type: 'oauth2' }>;

/** What a token endpoint answered, once. Times are in milliseconds. */
export type TokenAnswer =
  | {
      readonly kind: 'granted';
      readonly accessToken: string;
      /** Null where the old one stays good (RFC 6749, 6). */
      readonly refreshToken: string | null;
      /** `expires_in`; null where it is not given. */
      readonly lifetime: number | null;
      readonly sentAt: number;
    }
  /** The grant itself is spent; asking again cannot help. */
  | { readonly kind: 'invalidGrant'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string; readonly retryAfter?: number };

const timeout = 30_000;

/**
 * Codes by which servers say that a refresh token is spent: RFC 6749's own, GitHub's, and those of OpenAI's sign-in
 * (`/oauth/token`), which rotates refresh tokens and tells the ways they die apart.
 */
const spentGrant = new Set([
  'invalid_grant',
  'bad_refresh_token',
  'refresh_token_expired',
  'refresh_token_reused',
  'refresh_token_invalidated',
]);

/**
 * Asks a token endpoint for an access token (RFC 6749, 4.4.2 and 6). `secrets` are what is sent: none of them stands in
 * a message that comes back.
 */
export async function requestToken(
  fetchToken: typeof fetch,
  declaration: OauthDeclaration,
  secrets: { readonly refreshToken?: string | undefined; readonly clientSecret?: string | undefined },
): Promise<TokenAnswer> {
  const { host } = new URL(declaration.tokenUrl);
  const hidden = Object.values(secrets).filter((value) => value !== undefined);
  const sentAt = Date.now();
  let response: Response;
  let body: string;
  try {
    response = await fetchToken(declaration.tokenUrl, {
      method: 'POST',
      ...tokenRequest(declaration, secrets),
      // A secret goes to the endpoint that was declared and nowhere else.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    });
    body = await response.text();
  } catch (error) {
    return { kind: 'failed', message: `The token endpoint ${host} cannot be reached: ${reason(error, hidden)}` };
  }
  return readAnswer(response, body, { host, sentAt, hidden });
}

function tokenRequest(
  declaration: OauthDeclaration,
  { refreshToken, clientSecret }: { refreshToken?: string | undefined; clientSecret?: string | undefined },
): { readonly headers: Record<string, string>; readonly body: string } {
  const { grant, clientId, clientAuthentication, scope, audience } = declaration;
  const headers: Record<string, string> = {
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
  };
  const form = new URLSearchParams({ grant_type: grant });
  if (refreshToken !== undefined) form.set('refresh_token', refreshToken);
  if (scope !== undefined) form.set('scope', scope);
  if (audience !== undefined) form.set('audience', audience);
  if (clientAuthentication === 'basic' && clientSecret !== undefined) {
    headers.authorization = `Basic ${Buffer.from(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`).toString('base64')}`;
  } else {
    form.set('client_id', clientId);
    if (clientAuthentication === 'body' && clientSecret !== undefined) form.set('client_secret', clientSecret);
  }
  return { headers, body: form.toString() };
}

/** RFC 6749, 2.3.1: both halves are form-encoded before they are joined for Basic. */
function formEncoded(value: string): string {
  return new URLSearchParams({ v: value }).toString().slice(2);
}

interface Asked {
  readonly host: string;
  readonly sentAt: number;
  readonly hidden: readonly string[];
}

function readAnswer(response: Response, body: string, { host, sentAt, hidden }: Asked): TokenAnswer {
  const members = parseMembers(body);
  const { status } = response;
  const said = saidError(members, hidden);
  if (said !== null && spentGrant.has(said.code))
    return { kind: 'invalidGrant', message: `The token endpoint ${host} refused: ${said.sentence}` };
  if (said !== null || !response.ok) {
    const next = said === null ? '' : (advice[said.code] ?? '');
    const what = said?.sentence ?? whatHappened(status);
    const retryAfter = retryAfterOf(response);
    return {
      kind: 'failed',
      message: `The token endpoint ${host} answered ${String(status)}: ${what}${next}`,
      ...(retryAfter === null ? {} : { retryAfter }),
    };
  }
  const accessToken = members.access_token;
  if (typeof accessToken !== 'string' || accessToken === '')
    return {
      kind: 'failed',
      message: `The token endpoint ${host} answered ${String(status)} without an access_token. Check "tokenUrl".`,
    };
  const { refresh_token: refreshToken, expires_in: expiresIn } = members;
  // Some servers send the number as a string.
  const seconds = typeof expiresIn === 'number' || typeof expiresIn === 'string' ? Number(expiresIn) : NaN;
  return {
    kind: 'granted',
    accessToken,
    refreshToken: typeof refreshToken === 'string' && refreshToken !== '' ? refreshToken : null,
    lifetime: Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : null,
    sentAt,
  };
}

/** What to do about the errors of RFC 6749, 5.2 that a declaration can mend. */
const advice: Readonly<Record<string, string>> = {
  invalid_client: ' Check "clientId", "clientAuthentication" and the client secret.',
  unauthorized_client: ' The client may not use this "grant".',
  unsupported_grant_type: ' The endpoint does not know this "grant".',
  invalid_scope: ' Check "scope".',
  invalid_request: ' Check "tokenUrl", "clientAuthentication" and "audience".',
};

function whatHappened(status: number): string {
  if (status >= 300 && status < 400) return 'it redirects elsewhere. Put the final address into "tokenUrl".';
  if (status === 404) return 'there is no such page. Check "tokenUrl".';
  if (status === 429) return 'too many requests.';
  return status >= 500 ? 'it is out of order at the moment.' : 'it gave no reason.';
}

/** `{"error":"code","error_description":"…"}` (RFC 6749, 5.2), or an object under `error`, as some vendors have it. */
function saidError(
  members: Readonly<Record<string, unknown>>,
  hidden: readonly string[],
): { readonly code: string; readonly sentence: string } | null {
  const { error, error_description: description } = members;
  const inner = isMembers(error) ? error : { code: error, message: description };
  if (typeof inner.code !== 'string') return null;
  const code = sanitized(inner.code, hidden);
  const more = typeof inner.message === 'string' ? sanitized(inner.message, hidden) : '';
  const sentence = more === '' ? code : `${code}: ${more}`;
  return { code, sentence: /[.!?]$/.test(sentence) ? sentence : `${sentence}.` };
}

function retryAfterOf(response: Response): number | null {
  const value = response.headers.get('retry-after');
  if (value === null) return null;
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(wait) && wait > 0 ? wait : null;
}

function parseMembers(body: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body);
    return isMembers(value) ? value : {};
  } catch {
    // Not JSON: perhaps a form, as GitHub's endpoint answers to some.
    return /^[\w-]+=/.test(body) ? Object.fromEntries(new URLSearchParams(body)) : {};
  }
}

function isMembers(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function reason(error: unknown, hidden: readonly string[]): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `no answer within ${String(timeout / 1000)} s.`;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause && typeof cause.code === 'string' ? `${cause.code}: ` : '';
  const message = cause instanceof Error && cause.message !== '' ? cause.message : String(error);
  return `${sanitized(message.startsWith(code) ? message : code + message, hidden)}.`;
}
