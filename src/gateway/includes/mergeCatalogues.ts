import path from 'node:path';
import type { Catalogue } from '../../shared/catalogue.ts';
import { plain, text } from '../../shared/text.ts';
import type { MemberProblem } from '../catalogueProblem.ts';

/** What one file declares; `from` is its path from the folder of `tollgate.jsonc`. */
export interface CataloguePart {
  readonly from: string;
  readonly catalogue: Catalogue;
}

/** The members that hold things by name. */
export const namedKinds = [
  ...['apis', 'credentials', 'models', 'guardrails'],
  ...['teams', 'applications', 'plans', 'budgets', 'tokens'],
] as readonly (keyof Catalogue)[];

/** All parts as one. What two files declare is a problem of the later one. */
export function mergeCatalogues(
  parts: readonly [CataloguePart, ...CataloguePart[]],
  onProblem: (part: CataloguePart, problem: MemberProblem) => void,
): Catalogue {
  const [first, ...others] = parts;
  const merged: Record<string, unknown> = { ...first.catalogue };
  const declaredIn = new Map<string, string>();
  const claim = (part: CataloguePart, ...at: readonly string[]): boolean => {
    const known = declaredIn.get(at.join('\n'));
    if (known === undefined) declaredIn.set(at.join('\n'), part.from);
    else
      onProblem(part, {
        severity: 'error',
        path: at,
        at: 'name',
        message: plain(text('"{0}" is declared in {1} already.', at.at(-1) ?? '', known)),
      });
    return known === undefined;
  };
  for (const kind of namedKinds)
    merged[kind] = Object.fromEntries(
      parts.flatMap((part) =>
        Object.entries(part.catalogue[kind] as Readonly<Record<string, unknown>>)
          .filter(([name]) => claim(part, kind, name))
          .map(([name, value]) => [name, rebased(kind, value, part.from)]),
      ),
    );
  for (const part of [first, ...others])
    if (part.catalogue.budget !== undefined && claim(part, 'budget')) merged.budget = part.catalogue.budget;
  const redact = parts.flatMap(({ catalogue }) => catalogue.redact ?? []);
  if (redact.length > 0)
    merged.redact = {
      headers: redact.flatMap(({ headers }) => headers),
      query: redact.flatMap(({ query }) => query),
      patterns: redact.flatMap(({ patterns }) => patterns),
    };
  return merged as Catalogue;
}

/** Files that a part names are beside that part; everybody else looks for them from the folder of `tollgate.jsonc`. */
function rebased(kind: string, value: unknown, from: string): unknown {
  const member = kind === 'apis' ? 'openapi' : kind === 'tokens' ? 'jwks' : null;
  const folder = path.posix.dirname(from);
  if (member === null || folder === '.' || typeof value !== 'object' || value === null) return value;
  const named: unknown = Reflect.get(value, member);
  if (typeof named !== 'string' || /^https?:/.test(named) || path.isAbsolute(named)) return value;
  return { ...value, [member]: path.posix.join(folder, named) };
}
