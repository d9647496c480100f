import type { Reference } from './reference.ts';

/** A file that may be a module, and the names that lead from it to the value. */
export interface ModuleFile {
  readonly file: string;
  readonly path: readonly string[];
}

const scriptEndings = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx', '.json'];

/**
 * The files that an import may mean, likeliest first: relative ones of scripts as Node and bundlers resolve them,
 * modules of Python beside the source or in a folder above it. Packages are no files of the workspace.
 */
export function moduleFiles(
  source: string,
  { from, path }: Extract<Reference, { kind: 'module' }>,
): readonly ModuleFile[] {
  const folder = folderOf(source);
  if (/\.pyi?$/.test(source)) return pythonFiles(folder, from, path);
  if (!/^\.{1,2}(?:\/|$)/.test(from)) return [];
  const base = joined(folder, from);
  const bare = base.replace(/\.[cm]?jsx?$/, '');
  return [
    ...(/\.\w+$/.test(base) ? [base] : []),
    ...scriptEndings.map((ending) => `${bare}${ending}`),
    ...scriptEndings.slice(0, -1).map((ending) => `${base}/index${ending}`),
  ].map((file) => ({ file, path }));
}

const mostFoldersUp = 6;

function pythonFiles(folder: string, from: string, path: readonly string[]): readonly ModuleFile[] {
  const dots = /^\.*/.exec(from)?.[0].length ?? 0;
  const names = from
    .slice(dots)
    .split('.')
    .filter((name) => name !== '');
  const roots: string[] = [];
  let root = folder;
  for (let up = 1; up < dots; up += 1) root = folderOf(root);
  for (let up = 0; up < (dots > 0 ? 1 : mostFoldersUp) && !roots.includes(root); up += 1, root = folderOf(root))
    roots.push(root);
  // `from . import config` names the module where others name a value; `import a.b` is written out at each use.
  const [first, ...rest] = path;
  const attempts: (readonly [readonly string[], readonly string[]])[] = [[names, path]];
  if (first !== undefined) attempts.push([[...names, first], rest]);
  if (first !== undefined && names[1] === first) attempts.unshift([names, rest]);
  return roots.flatMap((one) =>
    attempts.flatMap(([module, leads]) =>
      module.length === 0 || leads.length === 0
        ? []
        : [`${one}/${module.join('/')}.py`, `${one}/${module.join('/')}/__init__.py`].map((file) => ({
            file,
            path: leads,
          })),
    ),
  );
}

/** The folder of a file, with the separators that it came with turned into slashes. */
export function folderOf(file: string): string {
  return file.replaceAll('\\', '/').replace(/\/[^/]*$/, '');
}

function joined(folder: string, relative: string): string {
  const parts = folder.split('/');
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** Files in the folder of a source or above it, nearest first; `.env.local` goes before `.env`, as loaders have it. */
export function besidesOf(source: string, files: readonly string[]): readonly string[] {
  const folder = `${folderOf(source)}/`;
  return files
    .filter((file) => !/example|sample|template|\.dist$|defaults?$/i.test(file.slice(folderOf(file).length)))
    .filter((file) => folder.startsWith(`${folderOf(file)}/`))
    .toSorted((a, b) => folderOf(b).length - folderOf(a).length || rank(a) - rank(b) || (a < b ? -1 : 1));
}

function rank(file: string): number {
  return file.endsWith('.local') ? 0 : file.endsWith('.env') ? 1 : 2;
}
