import type { Catalogue } from '../../shared/catalogue.ts';
import type { RouteDeclaration, TargetDeclaration } from '../../shared/catalogueRoutes.ts';
import { plain, text } from '../../shared/text.ts';
import type { MemberProblem } from '../catalogueProblem.ts';
import { nearestName } from '../nearestName.ts';
import type { ResolvedApi } from '../parts.ts';
import type { ModelRoute, RouteTarget } from './modelRoute.ts';

type Path = MemberProblem['path'];
/** A credential that is declared under "credentials", as an API sends it; null where there is none of that name. */
type WithCredential = (name: string, api: ResolvedApi) => ResolvedApi['credential'];

/** Looks up what aliases name. Targets that cannot be called are left out, with a problem at their line. */
export function resolveModelRoutes(
  { models }: Pick<Catalogue, 'models'>,
  apis: readonly ResolvedApi[],
  withCredential: WithCredential,
  problems: MemberProblem[],
): readonly ModelRoute[] {
  return Object.entries(models).flatMap(([name, declared]) => {
    const whole: RouteDeclaration =
      typeof declared === 'string' ? { targets: [declared], retries: 1, maxWait: 20 } : declared;
    const steps = whole.targets.flatMap((one, index) => {
      const path: Path = typeof declared === 'string' ? ['models', name] : ['models', name, 'targets', index];
      const group = Array.isArray(one) ? one : [one];
      const targets = group.flatMap((single, at) => {
        const where = Array.isArray(one) ? [...path, at] : path;
        return targetOf(toTarget(single), whole, apis, withCredential, where, problems) ?? [];
      });
      return targets.length === 0 ? [] : [targets];
    });
    return steps.length === 0 ? [] : [routeOf(name, whole, steps)];
  });
}

function toTarget(declared: string | TargetDeclaration): TargetDeclaration {
  return typeof declared === 'string' ? { model: declared } : declared;
}

function routeOf(name: string, declared: RouteDeclaration, steps: ModelRoute['steps']): ModelRoute {
  const { title = null, retries, maxWait, backOff, timeouts, breaker, cache } = declared;
  return {
    ...{ name, title, steps, retries, maxWait: maxWait * 1000 },
    backOff: { first: (backOff?.first ?? 0.5) * 1000, most: (backOff?.most ?? 8) * 1000 },
    total: timeouts?.total === undefined ? null : timeouts.total * 1000,
    breaker: { failures: breaker?.failures ?? 5, open: (breaker?.open ?? 30) * 1000 },
    cache:
      cache === undefined ? null : { ttl: cache.ttl * 1000, maxEntryBytes: cache.maxEntryBytes, scope: cache.scope },
  };
}

function targetOf(
  { model: named, credentials, parameters = {}, weight = 1, timeouts }: TargetDeclaration,
  { timeouts: all }: RouteDeclaration,
  apis: readonly ResolvedApi[],
  withCredential: WithCredential,
  path: Path,
  problems: MemberProblem[],
): RouteTarget | null {
  const slash = named.indexOf('/');
  const first = named.slice(0, slash);
  const found = apis.find(({ name }) => name === first) ?? apis.find(({ provider }) => provider?.id === first);
  if (found === undefined) {
    const nearest = nearestName(first, [...apis.map(({ name }) => name)]);
    const missing = plain(text('There is no API "{0}" in tollgate.jsonc.', first));
    const message = nearest === null ? missing : `${missing} ${plain(text('Did you mean "{0}"?', nearest))}`;
    problems.push({ severity: 'error', path: [...path, 'model'], at: 'value', message });
    return null;
  }
  const { connect, firstByte, idle } = { ...found.timeouts, ...given(all), ...given(timeouts) };
  const api: ResolvedApi = { ...found, timeouts: { connect, firstByte, idle } };
  const variants = (credentials ?? []).flatMap((name, index): readonly ResolvedApi[] => {
    if (name === api.credential?.name) return [api];
    const credential = withCredential(name, api);
    if (credential !== null) return [{ ...api, credential: { ...credential, isSecond: true } }];
    const message = plain(text('There is no credential "{0}" under "credentials".', name));
    problems.push({ severity: 'error', path: [...path, 'credentials', index], at: 'value', message });
    return [];
  });
  const [main = api, ...others] = variants;
  return { model: named.slice(slash + 1), apis: [main, ...others], parameters, weight };
}

/** Without what is not said. */
function given(timeouts: TargetDeclaration['timeouts']): Partial<ResolvedApi['timeouts']> {
  return Object.fromEntries(Object.entries(timeouts ?? {}).filter(([, value]) => value !== undefined));
}

/** Every API of routes with each other credential than its own, for those who keep credentials. */
export function routedApis(routes: readonly ModelRoute[]): readonly ResolvedApi[] {
  return routes.flatMap(({ steps }) => steps.flat().flatMap(({ apis }) => apis));
}
