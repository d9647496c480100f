import type { Fix, FixContext, Remedy, SourceEdit } from '../shared/remedy.ts';
import { text, type Text } from '../shared/text.ts';
import { literalsIn } from './source/literals.ts';

/** Whether Tollgate itself refused, because the API's published description has no such call. */
export function isOwnRoute({ finding }: FixContext): boolean {
  return finding.diagnosis.facts.route !== undefined;
}

/** Calls what is described in place of what is not: the near path, a method that it takes, the successor. */
export const mendRoute: Fix = (context) => {
  const { route } = context.finding.diagnosis.facts;
  const { api } = context.finding;
  if (route === undefined || api === null) return [];
  const draft = run('draft', text('Open the description of {0}', api), 'tollgate.openDraft', [api]);
  switch (route.code) {
    case 'unknown_path':
      return [
        ...nearPath(context, route.nearest ?? null),
        draft,
        run('open', text('Let calls to {0} pass that are not described', api), 'tollgate.mendAccess', [
          { wish: 'openRoutes', api },
        ]),
      ];
    case 'method_not_allowed':
      return [...otherMethods(context, route.allow ?? []), draft];
    case 'unknown_version':
      return [
        ...edited(context, 'unversioned', text('Call the version in force'), [
          [`/${api}@${route.version ?? ''}`, `/${api}`],
        ]),
        draft,
      ];
    case 'api_retired':
      return [
        ...successor(context, api, route.successor ?? null),
        ...(route.link === undefined
          ? []
          : [{ kind: 'open', id: 'mendRoute.link', title: text('Read why it is retired'), url: route.link } as const]),
        ...(route.version === undefined
          ? []
          : [
              run('restore', text('Put {0} {1} back into service', api, route.version), 'tollgate.restoreVersion', [
                { name: api, version: route.version },
              ]),
            ]),
      ];
  }
};

function run(id: string, title: Text, command: string, args: readonly unknown[]): Remedy {
  return { kind: 'run', id: `mendRoute.${id}`, title, command, args };
}

/** The called path as the near template has it, its parameters as they were called. */
function nearPath(context: FixContext, nearest: string | null): readonly Remedy[] {
  if (nearest === null) return [];
  const template = nearest.replace(/^[A-Z]+ /, '');
  const from = segments(context.finding.path);
  const to = segments(template);
  const swaps: (readonly [string, string])[] = [];
  if (!template.includes('{')) swaps.push([`/${from.join('/')}`, template]);
  // One segment that is misspelt, wherever the parameters come from.
  if (from.length === to.length) {
    const wrong = from.flatMap((one, index) =>
      one === to[index] || to[index]?.startsWith('{') === true ? [] : [index],
    );
    const [at] = wrong;
    if (wrong.length === 1 && at !== undefined) swaps.push([`/${from[at] ?? ''}`, `/${to[at] ?? ''}`]);
  }
  return edited(context, 'nearPath', text('Call {0}', nearest), swaps);
}

function otherMethods(context: FixContext, allow: readonly string[]): readonly Remedy[] {
  const { document, finding } = context;
  if (document === null) return [];
  const written = literalsIn(document).filter(({ value }) => value.toUpperCase() === finding.method);
  const [only, ...more] = written;
  if (only === undefined || more.length > 0) return [];
  return allow
    .filter((method) => !['HEAD', 'OPTIONS'].includes(method))
    .map((method) => ({
      ...{ kind: 'edit', id: `mendRoute.method.${method}`, title: text('Use {0}', method) },
      edits: [
        {
          start: only.start,
          end: only.start + only.value.length,
          newText: only.value === only.value.toLowerCase() ? method.toLowerCase() : method,
        },
      ],
    }));
}

/** Another version of the same API has its name in the same place of the path; anything else can only be shown. */
function successor(context: FixContext, api: string, url: string | null): readonly Remedy[] {
  if (url === null) return [];
  const version = url.split(`/${api}@`)[1];
  const open: Remedy = { kind: 'open', id: 'mendRoute.successor', title: text('Open {0}', url), url };
  if (version === undefined) return [open];
  const { version: retired = '' } = context.finding.diagnosis.facts.route ?? {};
  return edited(context, 'successor', text('Call {0} {1} instead', api, version), [
    [`/${api}@${retired}`, `/${api}@${version}`],
    [`/${api}`, `/${api}@${version}`],
  ]);
}

/** The first of several replacements that fits a text of the source with the call. */
function edited(
  { document }: FixContext,
  id: string,
  title: Text,
  swaps: readonly (readonly [string, string])[],
): readonly Remedy[] {
  if (document === null) return [];
  const literals = literalsIn(document);
  for (const [from, to] of swaps) {
    const edits = literals.flatMap(({ value, start }) => {
      const at = placeOf(value, from);
      return at === -1 ? [] : [{ start: start + at, end: start + at + from.length, newText: to } satisfies SourceEdit];
    });
    // In two places it may be two calls.
    if (edits.length === 1) return [{ kind: 'edit', id: `mendRoute.${id}`, title, edits }];
  }
  return [];
}

/** Where a part of a path stands whole within a text. */
function placeOf(value: string, part: string): number {
  for (let at = value.indexOf(part); at !== -1; at = value.indexOf(part, at + 1))
    if (/^(?:$|[/?#$"'`{])/.test(value.slice(at + part.length))) return at;
  return -1;
}

function segments(path: string): readonly string[] {
  return path
    .replace(/[?#].*$/s, '')
    .split('/')
    .slice(1);
}
