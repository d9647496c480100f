import type { ProgramEnvironment } from '../shared/protocol.ts';
import type { Provider } from '../shared/provider.ts';
import type { Access } from './access.ts';
import type { Credentials, ResolvedApi } from './parts.ts';

/**
 * Variables that let a program find the gateway: `TOLLGATE_URL`, `TOLLGATE_KEY`, `TOLLGATE_<API>_URL` for every API,
 * and what the SDK of each provider reads. An SDK's key variable gets the program key where the gateway holds the real
 * one. `url` is the gateway's, without a slash at its end.
 */
export function programEnvironment(
  url: string,
  apis: readonly ResolvedApi[],
  access: Access,
  credentials: Pick<Credentials, 'state'>,
): ProgramEnvironment {
  const variables = new Map<string, string>([
    ['TOLLGATE_URL', url],
    ['TOLLGATE_KEY', access.programKey],
  ]);
  const add = (name: string, value: string): void => {
    if (!variables.has(name)) variables.set(name, value);
  };
  for (const api of apis) add(apiVariable(api.name), `${url}/${api.name}`);
  for (const [provider, api] of apiOfEachProvider(apis)) {
    for (const { variable, path } of provider.baseUrls) add(variable, `${url}/${api.name}${path}`);
    if (provider.keyVariable !== null && holdsSecretFor(api, provider.keyVariable, credentials))
      add(provider.keyVariable, access.programKey);
  }
  return Object.fromEntries(variables);
}

function apiVariable(name: string): string {
  return `TOLLGATE_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_URL`;
}

/** An SDK knows one base URL: where several APIs share a provider, the one named like it, else the first. */
function apiOfEachProvider(apis: readonly ResolvedApi[]): ReadonlyMap<Provider, ResolvedApi> {
  const chosen = new Map<string, [Provider, ResolvedApi]>();
  for (const api of apis) {
    if (api.provider === null) continue;
    if (!chosen.has(api.provider.id) || api.name === api.provider.id) chosen.set(api.provider.id, [api.provider, api]);
  }
  return new Map(chosen.values());
}

function holdsSecretFor(api: ResolvedApi, variable: string, credentials: Pick<Credentials, 'state'>): boolean {
  if (api.credential === null) return false;
  const state = credentials.state(api);
  if (state.kind === 'none' || state.kind === 'missing') return false;
  // The program has the real key already, and calls that go past the gateway need it.
  const { declaration } = api.credential;
  const sameVariable = declaration.type === 'key' && (declaration.env ?? variable) === variable;
  return !(sameVariable && state.kind === 'ready' && state.from === 'environment');
}
