import type { ApiDeclaration, Catalogue, CredentialDeclaration } from '../shared/catalogue.ts';
import type { CredentialPlacement, Provider } from '../shared/provider.ts';
import { plain, text } from '../shared/text.ts';
import { providerById, providers } from '../providers/index.ts';
import { termsProblems } from './access/termsProblems.ts';
import type { MemberProblem } from './catalogueProblem.ts';
import type { ModelRoute } from './modelRoutes/modelRoute.ts';
import { guardrailProblems } from './guardrails/guardrailProblems.ts';
import { resolveModelRoutes } from './modelRoutes/resolveModelRoutes.ts';
import { nearestName } from './nearestName.ts';
import type { ResolvedApi } from './parts.ts';
import { resolveRecourse } from './recourse/resolveRecourse.ts';

const bearer: CredentialPlacement = { in: 'header', name: 'Authorization', scheme: 'Bearer' };

/** Looks up what a catalogue names: providers, credentials, defaults. An API that cannot be served is left out. */
export function resolveApis(catalogue: Catalogue): {
  readonly apis: readonly ResolvedApi[];
  readonly routes: readonly ModelRoute[];
  readonly problems: readonly MemberProblem[];
} {
  const problems: MemberProblem[] = [];
  const apis = Object.entries(catalogue.apis).flatMap(([name, declaration]) => {
    const api = resolve(name, declaration, catalogue, problems);
    return api === null ? [] : [api];
  });
  for (const [index, source] of (catalogue.redact?.patterns ?? []).entries()) {
    const reason = badPattern(source);
    if (reason !== null)
      problems.push({
        severity: 'error',
        path: ['redact', 'patterns', index],
        at: 'value',
        message: plain(text('This is not a valid regular expression: {0}', reason)),
      });
  }
  problems.push(...termsProblems(catalogue));
  problems.push(...guardrailProblems(catalogue));
  const withCredential = (name: string, { provider }: ResolvedApi): ResolvedApi['credential'] => {
    const found = catalogue.credentials[name];
    return found === undefined ? null : made(name, found, provider);
  };
  return { apis, routes: resolveModelRoutes(catalogue, apis, withCredential, problems), problems };
}

function resolve(
  name: string,
  declaration: ApiDeclaration,
  catalogue: Catalogue,
  problems: MemberProblem[],
): ResolvedApi | null {
  const path = ['apis', name];
  const provider = declaration.provider === undefined ? null : providerById(declaration.provider);
  if (declaration.provider !== undefined && provider === null)
    problems.push({
      severity: 'error',
      path: [...path, 'provider'],
      at: 'value',
      message: unknown(
        text('Tollgate knows no provider "{0}".', declaration.provider),
        declaration.provider,
        providers.map(({ id }) => id),
      ),
    });
  warnOfSecrets(declaration, path, problems);
  const upstream = URL.parse(declaration.upstream ?? provider?.upstream ?? '');
  if (upstream === null) return null;
  const resolved: ResolvedApi = {
    name,
    title: declaration.title ?? provider?.title ?? name,
    provider,
    upstream,
    credential: credentialOf(name, declaration, provider, catalogue, problems),
    headers: declaration.headers ?? {},
    ...(declaration.budget === undefined ? {} : { budget: declaration.budget }),
    ...(declaration.ai === undefined ? {} : { ai: declaration.ai }),
    ...(declaration.openapi === undefined ? {} : { draft: declaration.openapi }),
    ...(declaration.routes === 'strict' ? { strictRoutes: true } : {}),
    timeouts: {
      connect: declaration.timeouts?.connect ?? 10,
      firstByte: declaration.timeouts?.firstByte ?? 300,
      idle: declaration.timeouts?.idle ?? 300,
    },
  };
  const shared = (wanted: string): ResolvedApi['credential'] => {
    const found = catalogue.credentials[wanted];
    return found === undefined ? null : made(wanted, found, provider);
  };
  const recourse = resolveRecourse(resolved, declaration, catalogue, shared, problems);
  return recourse === undefined ? resolved : { ...resolved, recourse };
}

function made(name: string, declaration: CredentialDeclaration, provider: Provider | null): ResolvedApi['credential'] {
  return { name, declaration, placement: placementOf(declaration, provider) };
}

/** A provider's API has a key of its own name where none is declared; any other takes what its client sends. */
function credentialOf(
  name: string,
  { credential }: ApiDeclaration,
  provider: Provider | null,
  { credentials }: Catalogue,
  problems: MemberProblem[],
): ResolvedApi['credential'] {
  if (credential === undefined) return provider === null ? null : made(name, { type: 'key' }, provider);
  if (typeof credential !== 'string') return made(name, credential, provider);
  const shared = credentials[credential];
  if (shared !== undefined) return made(credential, shared, provider);
  problems.push({
    severity: 'error',
    path: ['apis', name, 'credential'],
    at: 'value',
    message: unknown(
      text('There is no credential "{0}" under "credentials".', credential),
      credential,
      Object.keys(credentials),
    ),
  });
  return null;
}

function placementOf({ send }: CredentialDeclaration, provider: Provider | null): CredentialPlacement {
  if (send === undefined) return provider?.auth ?? bearer;
  if ('query' in send) return { in: 'query', name: send.query };
  return { in: 'header', name: send.header, scheme: send.scheme };
}

function unknown(problem: ReturnType<typeof text>, wanted: string, names: readonly string[]): string {
  const nearest = nearestName(wanted, names);
  return nearest === null ? plain(problem) : `${plain(problem)} ${plain(text('Did you mean "{0}"?', nearest))}`;
}

function badPattern(source: string): string | null {
  try {
    new RegExp(source);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : source;
  }
}

const secretHeader = /^(authorization|cookie|.*(api-?key|token|secret|password).*)$/i;

/** This file is shared through git. */
function warnOfSecrets({ headers = {}, upstream }: ApiDeclaration, path: string[], problems: MemberProblem[]): void {
  const keyShapes = providers.flatMap(({ keyPatterns }) => keyPatterns).map((source) => new RegExp(source));
  for (const [name, value] of Object.entries(headers))
    if ((secretHeader.test(name) && value.length >= 8) || keyShapes.some((shape) => shape.test(value)))
      problems.push({
        severity: 'warning',
        path: [...path, 'headers', name],
        at: 'value',
        message: plain(
          text(
            'This looks like a secret, and this file is shared. Declare a "credential" and set it in the Tollgate view.',
          ),
        ),
      });
  const url = URL.parse(upstream ?? '');
  if (url !== null && url.password !== '')
    problems.push({
      severity: 'warning',
      path: [...path, 'upstream'],
      at: 'value',
      message: plain(text('A password in a URL is seen by all who have this file. Declare a "credential" instead.')),
    });
}
