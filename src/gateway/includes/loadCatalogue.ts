import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Catalogue, CatalogueProblem } from '../../shared/catalogue.ts';
import { plain, text } from '../../shared/text.ts';
import type { MemberProblem } from '../catalogueProblem.ts';
import { parseCatalogue, type ParsedCatalogue } from '../parseCatalogue.ts';
import { mergeCatalogues, namedKinds, type CataloguePart } from './mergeCatalogues.ts';

/** What `tollgate.jsonc` and the files that it includes say together. */
export interface LoadedCatalogue {
  /** Null where one of them is broken. */
  readonly catalogue: Catalogue | null;
  readonly problems: readonly CatalogueProblem[];
  /** Places a problem found later in the file that declares what it is about. */
  readonly locate: (problem: MemberProblem) => CatalogueProblem;
  /** The included files, also those that are not there. */
  readonly files: readonly string[];
  /** The file that declares something by name, as `apis` `openai`; null where none does. */
  readonly declaring: (kind: string, name: string) => string | null;
}

/** Another text in place of what a file holds. */
export interface Replaced {
  readonly file: string;
  readonly text: string;
}

interface Part {
  readonly file: string;
  readonly from: string;
  readonly parsed: ParsedCatalogue;
}

/** Reads what a text of `tollgate.jsonc` includes. Each file counts once; none includes itself, by whatever way. */
export async function loadCatalogue(
  file: string,
  source: string,
  replaced: Replaced | null = null,
): Promise<LoadedCatalogue> {
  const folder = path.dirname(file);
  const parts: Part[] = [];
  const problems: CatalogueProblem[] = [];
  const files: string[] = [];
  const placed = (part: Part, problem: MemberProblem): CatalogueProblem => {
    const found = part.parsed.locate(problem);
    return part.file === file ? found : { ...found, file: part.file };
  };

  const take = async (one: string, content: string, above: readonly string[]): Promise<void> => {
    const from = path.relative(folder, one).replaceAll(path.sep, '/');
    const part: Part = { file: one, from, parsed: parseCatalogue(content) };
    parts.push(part);
    problems.push(...part.parsed.problems.map((problem) => (one === file ? problem : { ...problem, file: one })));
    for (const [index, wanted] of (part.parsed.catalogue?.include ?? []).entries()) {
      const refuse = (message: string): void =>
        void problems.push(placed(part, { severity: 'error', path: ['include', index], at: 'value', message }));
      const next = path.resolve(path.dirname(one), wanted);
      const trouble = await outside(folder, wanted, next);
      if (trouble !== null) refuse(trouble);
      else if (next === one || above.includes(next))
        refuse(plain(text('{0} would include itself, by way of this file.', path.basename(next))));
      else if (!files.includes(next)) {
        files.push(next);
        try {
          const found = replaced?.file === next ? replaced.text : await readFile(next, 'utf8');
          await take(next, found, [...above, one]);
        } catch (error) {
          const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
          const reason = error instanceof Error ? error.message : String(error);
          refuse(
            missing ? plain(text('There is no file {0}.', wanted)) : plain(text('It cannot be read: {0}', reason)),
          );
        }
      }
    }
  };
  await take(file, replaced?.file === file ? replaced.text : source, []);

  const declarer = (kind: string, name: string): Part | undefined =>
    parts.find(({ parsed }) => {
      const members: unknown = Reflect.get(parsed.catalogue ?? {}, kind);
      return typeof members === 'object' && members !== null && Object.hasOwn(members, name);
    });
  const whole = parts.flatMap(({ from, parsed }) =>
    parsed.catalogue === null ? [] : [{ from, catalogue: parsed.catalogue }],
  );
  const [first, ...others] = whole;
  const merged =
    first === undefined || whole.length < parts.length
      ? null
      : mergeCatalogues([first, ...others], (part: CataloguePart, problem) => {
          const of = parts.find(({ from }) => from === part.from);
          if (of !== undefined) problems.push(placed(of, problem));
        });
  return {
    catalogue: merged,
    problems,
    files,
    locate: (problem) => {
      const [kind, name] = problem.path;
      const named = typeof kind === 'string' && typeof name === 'string' && namedKinds.some((one) => one === kind);
      const part = (named ? declarer(kind, name) : undefined) ?? parts[0];
      return part === undefined ? parseCatalogue(source).locate(problem) : placed(part, problem);
    },
    declaring: (kind, name) => declarer(kind, name)?.file ?? null,
  };
}

/** Why a path leads out of the folder of `tollgate.jsonc`, where links are followed; null where it does not. */
async function outside(folder: string, wanted: string, file: string): Promise<string | null> {
  if (path.isAbsolute(wanted)) return plain(text('This has to be a path from the folder of this file.'));
  const [root, real] = await Promise.all([realpath(folder).catch(() => folder), realpath(file).catch(() => null)]);
  const within = (one: string, of: string): boolean => {
    const relative = path.relative(of, one);
    return relative !== '' && relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
  };
  if (within(file, folder) && (real === null || within(real, root))) return null;
  return plain(text('{0} is outside of the folder of tollgate.jsonc.', wanted));
}
