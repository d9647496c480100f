import type { Secret } from '../../shared/secret.ts';
import { RecentSecrets, type Credential, type CredentialContext } from './credential.ts';
import { grants, secretFromEnvironment, type Grant, type OauthSecret } from './oauthSecret.ts';
import { Renewable, type Renewal } from './renewable.ts';
import { endOfReceived, renewAt, type Token } from './token.ts';
import { requestToken, type OauthDeclaration, type TokenAnswer } from './tokenEndpoint.ts';
import { tokenState } from './tokenState.ts';

export interface OauthContext extends CredentialContext {
  readonly fetch: typeof fetch;
  /** Keeps a secret; resolves once it is safe. */
  readonly save: (secret: Secret) => Promise<void>;
  /** What is stored now: another process may have refreshed meanwhile. */
  readonly reload: () => Promise<Secret | null>;
}

/** An OAuth 2.0 credential: `refresh_token` with rotation, or `client_credentials` (RFC 6749, 6 and 4.4). */
export function oauthCredential(
  context: OauthContext,
  declaration: OauthDeclaration,
  stored: Secret | null,
): Credential {
  return new OauthCredential(context, declaration, stored);
}

class OauthCredential implements Credential {
  readonly #context: OauthContext;
  readonly #declaration: OauthDeclaration;
  readonly #environment: OauthSecret | null;
  readonly #renewable: Renewable;
  readonly #secrets = new RecentSecrets();
  /** Every refresh token that was ever in hand: one that comes back from the store is old news. */
  readonly #known = new Set<string>();
  #stored: OauthSecret | null = null;
  /** Obtained, but not yet safe. It must not be used before. */
  #unsaved: { readonly secret: OauthSecret; readonly token: Token } | null = null;
  #generation = 0;

  constructor(context: OauthContext, declaration: OauthDeclaration, stored: Secret | null) {
    this.#context = context;
    this.#declaration = declaration;
    this.#environment = secretFromEnvironment(declaration, context.environment);
    this.#renewable = new Renewable({
      renew: () => this.#renew(),
      onChanged: context.onChanged,
      renewUnused: true,
    });
    this.#keep(oauthOnly(stored));
    this.#remember(this.#environment);
    this.#renewable.reset(tokenOf(this.#stored));
  }

  state(): ReturnType<Credential['state']> {
    const [grant] = this.#grants();
    if (grant === undefined && this.#renewable.token === null) return { kind: 'missing' };
    const state = tokenState(this.#renewable, grant?.from ?? 'stored');
    return grant === undefined && 'refreshable' in state ? { ...state, refreshable: false } : state;
  }

  async value(): Promise<string | null> {
    if (this.state().kind === 'missing') return null;
    return (await this.#renewable.use()).value;
  }

  async refresh(): ReturnType<Credential['refresh']> {
    if (this.#grants().length > 0) return this.#renewable.refresh();
    const { grant, env } = this.#declaration;
    const what = grant === 'refresh_token' ? 'refresh token' : 'client secret';
    const orIn = env === undefined ? '' : `, or put it into the environment variable ${env}`;
    return {
      kind: 'notRefreshable',
      message: `No ${what} is stored for "${this.#context.name}". Set it with "Tollgate: Set Credential"${orIn}.`,
    };
  }

  setSecret(secret: Secret | null): void {
    const changed = oauthOnly(secret);
    // The store echoes what it was given to keep.
    if (same(changed, this.#stored) || (this.#unsaved !== null && same(changed, this.#unsaved.secret))) return;
    this.#generation++;
    this.#unsaved = null;
    this.#keep(changed);
    this.#renewable.reset(tokenOf(changed));
    // Whoever has just entered a secret wants to see whether it works.
    if (changed !== null && this.#renewable.token === null && this.#grants().length > 0) void this.#renewable.refresh();
  }

  values(): readonly string[] {
    return this.#secrets.list();
  }

  dispose(): void {
    this.#renewable.dispose();
  }

  #grants(): readonly Grant[] {
    return grants(this.#declaration.grant, this.#stored, this.#environment);
  }

  /** Not to be broken off: a server that has rotated a refresh token will not take the old one again. */
  async #renew(): Promise<Renewal> {
    const generation = this.#generation;
    if (this.#unsaved !== null) return this.#saveAndAdopt(this.#unsaved.secret, this.#unsaved.token);
    const newer = await this.#adoptNewer();
    if (newer !== null) return newer;
    const answer = await this.#ask();
    if (generation !== this.#generation) return { kind: 'failed', message: 'The secret has changed meanwhile.' };
    if (answer.kind === 'failed') return answer;
    if (answer.kind === 'invalidGrant') {
      const what = this.#declaration.grant === 'refresh_token' ? 'Sign in again and set' : 'Set';
      return { kind: 'dead', message: `${answer.message} ${what} the credential "${this.#context.name}" anew.` };
    }
    const token: Token = {
      value: answer.accessToken,
      expiresAt: endOfReceived(answer.accessToken, answer.lifetime, answer.sentAt),
      obtainedAt: answer.sentAt,
    };
    this.#secrets.add(token.value, answer.refreshToken);
    const secret = this.#secretToSave(token, answer.refreshToken, answer.used);
    return secret === null ? { kind: 'renewed', token } : this.#saveAndAdopt(secret, token);
  }

  /** Tries each grant in hand until one is not refused as spent. */
  async #ask(): Promise<TokenAnswer & { readonly used: Grant | undefined }> {
    const tried = new Set<string>();
    let last: (TokenAnswer & { readonly used: Grant | undefined }) | null = null;
    for (;;) {
      const grant = this.#grants().find((one) => !tried.has(one.secret));
      if (grant === undefined)
        return last ?? { kind: 'invalidGrant', message: 'There is no refresh token.', used: undefined };
      tried.add(grant.secret);
      last = { ...(await requestToken(this.#context.fetch, this.#declaration, grant)), used: grant };
      if (last.kind !== 'invalidGrant') return last;
      // Perhaps another process has rotated it between our look and our request.
      const newer = await this.#reload();
      if (newer !== null) this.#keep(newer);
    }
  }

  /** What must outlive this process: a rotated refresh token always, an access token where a secret is stored already. */
  #secretToSave(token: Token, rotated: string | null, used: Grant | undefined): OauthSecret | null {
    if (this.#stored === null && (rotated === null || this.#declaration.grant === 'client_credentials')) return null;
    const refreshToken = rotated ?? used?.refreshToken;
    const clientSecret = this.#stored?.clientSecret;
    return {
      type: 'oauth2',
      ...(refreshToken === undefined ? {} : { refreshToken }),
      ...(clientSecret === undefined ? {} : { clientSecret }),
      accessToken: token.value,
      ...(token.expiresAt === null ? {} : { expiresAt: token.expiresAt }),
    };
  }

  async #saveAndAdopt(secret: OauthSecret, token: Token): Promise<Renewal> {
    this.#unsaved = { secret, token };
    try {
      await this.#context.save(secret);
    } catch (error) {
      const why = error instanceof Error ? error.message : 'the store refused it.';
      return { kind: 'failed', message: `The new token of "${this.#context.name}" could not be kept: ${why}` };
    }
    // A secret set meanwhile wins.
    if (this.#unsaved.secret !== secret) return { kind: 'failed', message: 'The secret has changed meanwhile.' };
    this.#unsaved = null;
    this.#keep(secret);
    return { kind: 'renewed', token };
  }

  async #adoptNewer(): Promise<Renewal | null> {
    const newer = await this.#reload();
    if (newer === null) return null;
    this.#keep(newer);
    const token = tokenOf(newer);
    const due = token === null ? null : renewAt(token);
    return token !== null && (due === null || due > Date.now()) ? { kind: 'renewed', token } : null;
  }

  /** The stored secret, where it holds a refresh token that we never had. */
  async #reload(): Promise<OauthSecret | null> {
    const found = oauthOnly(await this.#context.reload().catch(() => null));
    return found?.refreshToken === undefined || this.#known.has(found.refreshToken) ? null : found;
  }

  #keep(secret: OauthSecret | null): void {
    this.#stored = secret;
    this.#remember(secret);
  }

  #remember(secret: OauthSecret | null): void {
    if (secret?.refreshToken !== undefined) this.#known.add(secret.refreshToken);
    this.#secrets.add(secret?.clientSecret, secret?.refreshToken, secret?.accessToken);
  }
}

function oauthOnly(secret: Secret | null): OauthSecret | null {
  return secret?.type === 'oauth2' ? secret : null;
}

function same(one: OauthSecret | null, other: OauthSecret | null): boolean {
  if (one === null || other === null) return one === other;
  return (['refreshToken', 'clientSecret', 'accessToken', 'expiresAt'] as const).every(
    (name) => one[name] === other[name],
  );
}

function tokenOf(secret: OauthSecret | null): Token | null {
  if (secret?.accessToken === undefined) return null;
  const obtainedAt = Date.now();
  const expiresAt = secret.expiresAt ?? endOfReceived(secret.accessToken, null, obtainedAt);
  return { value: secret.accessToken, expiresAt, obtainedAt };
}
