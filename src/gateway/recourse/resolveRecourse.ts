import type { ApiDeclaration, Catalogue } from '../../shared/catalogue.ts';
import type { FallbackDeclaration } from '../../shared/catalogueRecourse.ts';
import { fallbackCauses } from '../../shared/recourse.ts';
import { plain, text } from '../../shared/text.ts';
import type { MemberProblem } from '../catalogueProblem.ts';
import type { Alternative, Recourse, ResolvedApi } from '../parts.ts';

/** Looks up what an API declares about refusals; undefined where it declares nothing that could be done. */
export function resolveRecourse(
  api: ResolvedApi,
  { retryAfter, fallback = [] }: ApiDeclaration,
  catalogue: Catalogue,
  withCredential: (name: string) => ResolvedApi['credential'],
  problems: MemberProblem[],
): Recourse | undefined {
  const alternatives = fallback.flatMap((one, index) => {
    const found = alternative(api, one, catalogue, withCredential);
    if (typeof found !== 'string') return [found];
    problems.push({ severity: 'error', path: ['apis', api.name, 'fallback', index], at: 'value', message: found });
    return [];
  });
  const queue = retryAfter?.queue === true ? { maxWait: retryAfter.maxWait, maxQueued: retryAfter.maxQueued } : null;
  return queue === null && alternatives.length === 0 ? undefined : { queue, fallback: alternatives };
}

/** The alternative, or what is wrong with it. */
function alternative(
  api: ResolvedApi,
  declared: FallbackDeclaration,
  catalogue: Catalogue,
  withCredential: (name: string) => ResolvedApi['credential'],
): Alternative | string {
  const on = declared.on ?? fallbackCauses;
  if ('credential' in declared) {
    const credential = withCredential(declared.credential);
    if (credential === null)
      return plain(text('There is no credential "{0}" under "credentials".', declared.credential));
    return credential.name === api.credential?.name
      ? plain(text('This is the credential that the API has anyway.'))
      : { kind: 'credential', on, api: { ...api, credential: { ...credential, isSecond: true } } };
  }
  if (declared.api === api.name) return plain(text('An API cannot stand in for itself.'));
  const other = Object.hasOwn(catalogue.apis, declared.api);
  if (!other) return plain(text('There is no API "{0}" in tollgate.jsonc.', declared.api));
  const { api: name, model = null, path = null } = declared;
  return { kind: 'api', on, name, model, path };
}
