import type { GatewayHost } from '../../shared/protocol.ts';
import type { CredentialLook } from '../../shared/credentialLook.ts';
import type { Secret } from '../../shared/secret.ts';
import type { Credentials, Injection, ResolvedApi } from '../parts.ts';
import { commandCredential } from './commandCredential.ts';
import type { Credential } from './credential.ts';
import { ChannelError } from '../../shared/channel.ts';
import { plain, text } from '../../shared/text.ts';
import type { Destinations } from './destinations.ts';
import { credentialLook } from './credentialLook.ts';
import { keyCredential } from './keyCredential.ts';
import { oauthCredential } from './oauthCredential.ts';

export interface CredentialsOptions {
  readonly host: GatewayHost;
  /** Variables for credentials with `env`, and for commands. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Reaches token endpoints. */
  readonly fetch: typeof fetch;
  /** Where relative paths in commands begin: the folder of `tollgate.jsonc`. The process's own by default. */
  readonly directory?: string | undefined;
  /** Where each secret may go. */
  readonly destinations: Destinations;
}

/** The credentials of all declared APIs. Fails where the host cannot tell what secrets are stored. */
export async function createCredentials(options: CredentialsOptions): Promise<Credentials> {
  return new AllCredentials(options, await options.host.secrets());
}

class AllCredentials implements Credentials {
  readonly #options: CredentialsOptions;
  readonly #secrets: Map<string, Secret>;
  readonly #listeners: (() => void)[] = [];
  #apis: readonly ResolvedApi[] = [];
  /** By identity: APIs that share a credential, declared alike, share its tokens and its refreshes. */
  #credentials = new Map<string, { readonly name: string; readonly credential: Credential }>();

  constructor(options: CredentialsOptions, secrets: Readonly<Record<string, Secret>>) {
    this.#options = options;
    this.#secrets = new Map(Object.entries(secrets));
  }

  configure(apis: readonly ResolvedApi[]): void {
    const before = this.#credentials;
    this.#credentials = new Map();
    for (const api of apis) {
      if (api.credential === null) continue;
      const identity = identityOf(api);
      if (this.#credentials.has(identity)) continue;
      const { name } = api.credential;
      const credential = before.get(identity)?.credential ?? this.#create(api, api.credential);
      this.#credentials.set(identity, { name, credential });
    }
    for (const [identity, { credential }] of before) if (!this.#credentials.has(identity)) credential.dispose();
    this.#learn(apis);
    this.#changed();
  }

  state(api: ResolvedApi): ReturnType<Credentials['state']> {
    const state = this.#of(api)?.state() ?? { kind: 'none' };
    const destination = state.kind === 'none' || state.kind === 'missing' ? null : this.#held(api);
    return destination === null ? state : { kind: 'held', destination };
  }

  async injection(api: ResolvedApi): Promise<Injection | null> {
    const { kind } = this.state(api);
    const destination = kind === 'none' || kind === 'missing' ? null : this.#held(api);
    if (destination !== null) throw new ChannelError('credential_unavailable', heldMessage(api, destination));
    const value = await this.#of(api)?.value();
    if (api.credential === null || value === null || value === undefined) return null;
    const { placement } = api.credential;
    // RFC 7617, 2: user and password are joined by a colon, which base64 does not have.
    const isUserAndPassword =
      placement.in === 'header' && placement.scheme.toLowerCase() === 'basic' && value.includes(':');
    return { placement, value: isUserAndPassword ? basicValue(value) : value };
  }

  async look(api: ResolvedApi): Promise<CredentialLook | null> {
    const credential = this.#of(api);
    // Asking for the value of one that has to be renewed would renew it.
    const isInHand = credential?.state().kind === 'ready' || api.credential?.declaration.type === 'key';
    const value = isInHand ? await credential?.value() : null;
    if (value === null || value === undefined) return null;
    const look = credentialLook(value);
    // An opaque token does not say what it is good for; what was asked for does.
    const asked = api.credential?.declaration.type === 'oauth2' ? api.credential.declaration.scope : undefined;
    return { ...look, scopes: look.scopes ?? asked?.split(' ') ?? null };
  }

  async refresh(api: ResolvedApi): ReturnType<Credentials['refresh']> {
    const credential = this.#of(api);
    const destination = this.#held(api);
    if (destination !== null) return { kind: 'failed', message: heldMessage(api, destination) };
    return credential === null
      ? { kind: 'notRefreshable', message: `"${api.title}" has no credential in tollgate.jsonc.` }
      : credential.refresh();
  }

  allow(api: ResolvedApi): void {
    this.#agree(api);
    this.#changed();
  }

  setSecret(credentialName: string, secret: Secret | null): void {
    if (secret === null) this.#secrets.delete(credentialName);
    else this.#secrets.set(credentialName, secret);
    // Whoever sets a secret sets it for what is configured.
    if (secret !== null) for (const api of this.#apis) if (api.credential?.name === credentialName) this.#agree(api);
    this.#tell(credentialName, secret);
    this.#changed();
  }

  values(): readonly string[] {
    const all = [...this.#credentials.values()].flatMap(({ credential }) => credential.values());
    const encoded = all.filter((value) => value.includes(':')).map(basicValue);
    return [...new Set([...all, ...encoded])];
  }

  onChanged(listener: () => void): void {
    this.#listeners.push(listener);
  }

  dispose(): void {
    this.#listeners.length = 0;
    for (const { credential } of this.#credentials.values()) credential.dispose();
  }

  #agree(api: ResolvedApi): void {
    this.#options.destinations.allow(this.#sourceOf(api), originsOf(api));
  }

  #learn(apis: readonly ResolvedApi[]): void {
    this.#apis = apis;
    const origins = new Map<string, string[]>();
    for (const api of apis) {
      if (api.credential === null || api.credential.declaration.type === 'command') continue;
      const source = this.#sourceOf(api);
      origins.set(source, [...(origins.get(source) ?? []), ...originsOf(api)]);
    }
    for (const [source, all] of origins) this.#options.destinations.learn(source, all);
  }

  /** Where the API's secret would go without anybody's consent; null where it may. What a command prints is not kept. */
  #held(api: ResolvedApi): string | null {
    if (api.credential === null || api.credential.declaration.type === 'command') return null;
    return this.#options.destinations.held(this.#sourceOf(api), originsOf(api));
  }

  /** What a secret is known by: the name it is stored under, or the variable that it is read from. */
  #sourceOf(api: ResolvedApi): string {
    const name = api.credential?.name ?? '';
    const variable = this.#secrets.has(name) ? null : keyVariable(api);
    return variable === null ? name : `$${variable}`;
  }

  #of(api: ResolvedApi): Credential | null {
    return api.credential === null ? null : (this.#credentials.get(identityOf(api))?.credential ?? null);
  }

  #create(api: ResolvedApi, { name, declaration }: NonNullable<ResolvedApi['credential']>): Credential {
    const { host, environment, fetch, directory } = this.#options;
    const context = { name, environment, onChanged: () => this.#changed() };
    const stored = this.#secrets.get(name) ?? null;
    switch (declaration.type) {
      case 'key':
        return keyCredential(context, keyVariable(api), stored);
      case 'command':
        return commandCredential(context, declaration, directory);
      case 'oauth2': {
        const save = async (secret: Secret): Promise<void> => {
          await host.saveSecret(name, secret);
          this.#secrets.set(name, secret);
          this.#tell(name, secret);
        };
        const reload = async (): Promise<Secret | null> => (await host.secrets())[name] ?? null;
        return oauthCredential({ ...context, fetch, save, reload }, declaration, stored);
      }
    }
  }

  #tell(credentialName: string, secret: Secret | null): void {
    for (const { name, credential } of this.#credentials.values())
      if (name === credentialName) credential.setSecret(secret);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** Where a key is looked for that is not stored: the declared variable, else the one that the vendor's SDK reads. */
function keyVariable({ credential, provider }: ResolvedApi): string | null {
  if (credential?.declaration.type !== 'key') return null;
  if (credential.isSecond === true) return credential.declaration.env ?? null;
  return credential.declaration.env ?? provider?.keyVariable ?? null;
}

/** Where the secret of an API is sent: its upstream, and what gives it tokens. */
function originsOf({ upstream, credential }: ResolvedApi): readonly string[] {
  const { declaration } = credential ?? {};
  return declaration?.type === 'oauth2' ? [upstream.origin, new URL(declaration.tokenUrl).origin] : [upstream.origin];
}

function heldMessage({ credential }: ResolvedApi, destination: string): string {
  return plain(
    text(
      'The configuration now leads the credential "{0}" to {1}, where it has not been sent before. Allow that for the API in the Tollgate view (without an editor: start the gateway again), or correct the address.',
      credential?.name ?? '',
      destination,
    ),
  );
}

function identityOf(api: ResolvedApi): string {
  return JSON.stringify([api.credential?.name, { ...api.credential?.declaration, send: null }, keyVariable(api)]);
}

function basicValue(userAndPassword: string): string {
  return Buffer.from(userAndPassword).toString('base64');
}
