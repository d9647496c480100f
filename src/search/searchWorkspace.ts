import { searchText, type Candidate } from './searchText.ts';
import { soughtFor, type UnplacedCall } from './sought.ts';

/** A workspace, as far as calls are looked for in it. Whoever implements it bounds sizes and numbers. */
export interface SearchedFiles {
  readonly files: readonly string[];
  /** Null for what is no text, or too big. */
  readonly read: (file: string) => Promise<string | null>;
}

/** What source files, scripts and collections of requests are called. */
export const searchedExtensions: readonly string[] = [
  ...[
    'ts',
    'tsx',
    'mts',
    'cts',
    'js',
    'jsx',
    'mjs',
    'cjs',
    'vue',
    'svelte',
    'astro',
    'py',
    'pyw',
    'ipynb',
    'go',
    'java',
  ],
  ...['kt', 'kts', 'scala', 'groovy', 'cs', 'fs', 'vb', 'rb', 'php', 'rs', 'swift', 'dart', 'ex', 'exs', 'erl', 'clj'],
  ...['c', 'cc', 'cpp', 'h', 'hpp', 'lua', 'pl', 'r', 'R', 'jl', 'sh', 'bash', 'zsh', 'fish', 'ps1', 'bat', 'cmd'],
  ...['http', 'rest', 'bru', 'hurl'],
];

/** Folders whose files are nobody's own code. */
export const passedOverFolders: readonly string[] = [
  ...['node_modules', '.git', '.venv', 'venv', 'site-packages', 'dist', 'build', 'out', 'target', 'vendor', '.next'],
  ...['__pycache__', '.tox', 'coverage'],
];

const mostCandidates = 12;
/** Files that are read at a time. */
const atOnce = 16;

/** The lines of a workspace that may have made a call, best first. */
export async function searchWorkspace(
  call: UnplacedCall,
  { files, read }: SearchedFiles,
): Promise<readonly Candidate[]> {
  const sought = soughtFor(call);
  const found: Candidate[] = [];
  for (let at = 0; at < files.length; at += atOnce) {
    const some = files.slice(at, at + atOnce);
    const texts = await Promise.all(some.map(async (file) => [file, await read(file)] as const));
    for (const [file, content] of texts) if (content !== null) found.push(...searchText(file, content, sought));
  }
  return found
    .sort((a, b) => b.score - a.score || (a.file < b.file ? -1 : 1) || a.line - b.line)
    .slice(0, mostCandidates);
}
