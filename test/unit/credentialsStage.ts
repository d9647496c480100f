import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCredentials } from '../../src/gateway/credentials/credentials.ts';
import type { Destinations } from '../../src/gateway/credentials/destinations.ts';
import type { OauthDeclaration } from '../../src/gateway/credentials/tokenEndpoint.ts';
import type { Credentials, ResolvedApi } from '../../src/gateway/parts.ts';
import type { CredentialDeclaration } from '../../src/shared/catalogue.ts';
import type { CredentialPlacement, Provider } from '../../src/shared/provider.ts';
import type { Secret } from '../../src/shared/secret.ts';

export interface TokenRequest {
  readonly form: Readonly<Record<string, string>>;
  readonly headers: IncomingHttpHeaders;
}

export interface TokenReply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Milliseconds to wait before answering. */
  readonly delay?: number;
}

/** A token endpoint on a socket that answers as it is told. */
export async function startTokenServer(answer: (request: TokenRequest, nth: number) => TokenReply) {
  const requests: TokenRequest[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const seen = { form: Object.fromEntries(new URLSearchParams(text)), headers: request.headers };
      requests.push(seen);
      const { status = 200, headers = {}, body, delay = 0 } = answer(seen, requests.length);
      setTimeout(() => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(typeof body === 'string' ? body : JSON.stringify(body));
      }, delay);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}/token`,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Keeps secrets as an editor would, and notes the order of things. */
export function memoryHost(secrets: Record<string, Secret> = {}) {
  const saved: Secret[] = [];
  return {
    stored: secrets,
    saved,
    secrets: () => Promise.resolve({ ...secrets }),
    saveSecret: (name: string, secret: Secret) => {
      secrets[name] = secret;
      saved.push(secret);
      return Promise.resolve();
    },
  };
}

const bearer: CredentialPlacement = { in: 'header', name: 'Authorization', scheme: 'Bearer' };

export function apiWith(
  declaration: CredentialDeclaration | null,
  more: {
    name?: string;
    credential?: string;
    placement?: CredentialPlacement;
    provider?: Provider | null;
    upstream?: string;
  } = {},
): ResolvedApi {
  const name = more.name ?? 'crm';
  return {
    name,
    title: name,
    provider: more.provider ?? null,
    upstream: new URL(more.upstream ?? 'http://127.0.0.1:1'),
    credential:
      declaration === null
        ? null
        : { name: more.credential ?? 'crm', declaration, placement: more.placement ?? bearer },
    headers: {},
    timeouts: { connect: 1, firstByte: 1, idle: 1 },
  };
}

/** Holds nothing back. */
const anywhere: Destinations = { learn: () => undefined, held: () => null, allow: () => undefined };

/** Credentials at work for the given APIs. */
export async function credentialsFor(
  apis: readonly ResolvedApi[],
  options: {
    host?: ReturnType<typeof memoryHost>;
    environment?: Record<string, string>;
    directory?: string;
    destinations?: Destinations;
  } = {},
): Promise<Credentials> {
  const { host = memoryHost(), environment = {}, directory } = options;
  const destinations = options.destinations ?? anywhere;
  const credentials = await createCredentials({ host, environment, fetch, directory, destinations });
  credentials.configure(apis);
  return credentials;
}

/** Answers with `access-N` and `refresh-N`, counting from 1. */
export function rotating(_request: TokenRequest, nth: number): TokenReply {
  return { body: { access_token: `access-${String(nth)}`, refresh_token: `refresh-${String(nth)}`, expires_in: 3600 } };
}

/** Sets up a token endpoint and a credential that asks it; `ends` gets what tears both down. */
export function oauthStage(ends: (() => unknown)[]) {
  return async (
    answer: Parameters<typeof startTokenServer>[0],
    declared: Partial<OauthDeclaration> = {},
    options: Parameters<typeof credentialsFor>[1] = {},
  ) => {
    const server = await startTokenServer(answer);
    const api = apiWith({
      type: 'oauth2',
      grant: 'refresh_token',
      tokenUrl: server.url,
      clientId: 'client',
      clientAuthentication: 'body',
      ...declared,
    });
    const host = options.host ?? memoryHost({ crm: { type: 'oauth2', refreshToken: 'refresh-0', clientSecret: 'cs' } });
    const credentials = await credentialsFor([api], { ...options, host });
    ends.push(
      () => credentials.dispose(),
      () => server.close(),
    );
    return { server, api, host, credentials };
  };
}

/** Waits until something holds; fails after five seconds. */
export async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + 5000;
  while (!holds()) {
    if (Date.now() > end) throw new Error('It never came to hold.');
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A JWT that nobody signed. */
export function jwt(claims: Readonly<Record<string, unknown>>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJl`;
}
