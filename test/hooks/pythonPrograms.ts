import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A program whose calls are marked `mark-<client>_<form>`. */
export interface PythonProgram {
  /** Completes "the line is found …". */
  readonly name: string;
  readonly text: string;
  readonly needsPackages: boolean;
  readonly isAsynchronous: boolean;
}

/** Clients and forms of calls, all in all. */
export const pythonPrograms: readonly PythonProgram[] = [
  program('standard.py', 'with nothing installed', { needsPackages: false }),
  program('clients.py', 'for urllib3, requests and httpx: sessions, retries, redirects, streams, threads'),
  program('asynchronous.py', 'for httpx and aiohttp: awaited, gathered, made here and awaited there', {
    isAsynchronous: true,
  }),
  program('entangled.py', 'for calls that come about in roundabout ways', { isAsynchronous: true }),
  program('sdks.py', 'through openai, anthropic, google-genai, stripe and langchain'),
  program('asynchronousSdks.py', 'through the same, with asyncio', { isAsynchronous: true }),
];

function program(file: string, name: string, more: Partial<PythonProgram> = {}): PythonProgram {
  const text = readFileSync(path.join(import.meta.dirname, 'python', file), 'utf8');
  return { name, text, needsPackages: true, isAsynchronous: false, ...more };
}

/** How often each mark's call is made, where that is said in a comment like `# 3 times mark-x`; else once. */
export function timesIn(text: string): Readonly<Record<string, number>> {
  const found = [...text.matchAll(/# (\d+) times mark-(\w+)/g)];
  return Object.fromEntries(found.map(([, times, mark = '']) => [mark, Number(times)]));
}
