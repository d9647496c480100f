import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A program whose calls are marked `mark-<client>_<form>`. */
export interface NodeProgram {
  /** Completes "the line is found …". */
  readonly name: string;
  /** An ECMAScript module. */
  readonly text: string;
  /** Whether its calls are made twice, of which the first may be told as "near" or not at all. */
  readonly warmsUp: boolean;
}

export const nodePrograms: readonly NodeProgram[] = [
  program('standard.mjs', 'for fetch and node:http: chained, late, forgotten, queued, retried'),
  program('processes.mjs', 'in workers, forks and children of shells'),
  program('clients.mjs', 'for undici, axios, got, ky, node-fetch and superagent'),
  program('sdks.mjs', 'through openai, anthropic, google, mistral, ai, langchain and stripe'),
  program('strangers.mjs', 'at the second time through libraries that no rule knows', { warmsUp: true }),
];

/** A package that no rule knows. */
export const stranger = path.join(import.meta.dirname, 'node/stranger');

function program(file: string, name: string, more: Partial<NodeProgram> = {}): NodeProgram {
  return { name, text: readFileSync(path.join(import.meta.dirname, 'node', file), 'utf8'), warmsUp: false, ...more };
}

/** The same as a CommonJS module. */
export function toCommonJs(text: string): string {
  const imports = [...text.matchAll(/^import (?<what>.*) from (?<name>'[^']*');$/gm)];
  const body = imports.reduce((rest, [statement]) => rest.replace(statement, toRequire(statement)), text);
  const wrapped = body.replaceAll('new URL(import.meta.url)', '__filename');
  // On the first line, that no line moves.
  return `(async () => { ${wrapped}\n})().catch((error) => { console.error(error); process.exitCode = 1; });\n`.replace(
    /^\(async \(\) => \{ (\/\/[^\n]*)\n/,
    '(async () => { /* $1 */\n',
  );
}

function toRequire(statement: string): string {
  const { what = '', name = '' } = /^import (?<what>.*) from (?<name>'[^']*');$/.exec(statement)?.groups ?? {};
  if (what.startsWith('{')) return `const ${what.replaceAll(' as ', ': ')} = require(${name});`;
  return `const ${what} = ((found) => found.default ?? found)(require(${name}));`;
}

/** How often each mark's call is made, where that is said in a comment like `// 2 times mark-x`; else once. */
export function timesIn(text: string): Readonly<Record<string, number>> {
  const found = [...text.matchAll(/\/\/ (\d+) times mark-(\w+)/g)];
  return Object.fromEntries(found.map(([, times, mark = '']) => [mark, Number(times)]));
}

/** The marks of calls whose line may have to be guessed, as comments like `// guessed mark-x` say. */
export function guessedIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/\/\/ guessed mark-(\w+)/g)].map(([, mark = '']) => mark));
}
