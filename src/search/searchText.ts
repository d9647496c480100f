import { text, type Text } from '../shared/text.ts';
import type { Sought } from './sought.ts';

/** A line that may have made the call. */
export interface Candidate {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1: the first character that is no blank. */
  readonly column: number;
  /** The line itself, without blanks around it. */
  readonly code: string;
  /** Of no meaning but for comparing. */
  readonly score: number;
  /** What speaks for it. */
  readonly reasons: readonly Text[];
}

/** Below this a line says too little. */
const enough = 5;
const mostInFile = 5;
const longestLine = 2_000;

/** The lines of one file that may have made a call, best first. Every language will do, since only words are looked for. */
export function searchText(file: string, content: string, sought: Sought): readonly Candidate[] {
  const name = file.split(/[\\/]/).at(-1) ?? file;
  const isRequestFile = /\.(?:http|rest)$/i.test(name);
  const isScript = sought.script !== null && sought.script === name;
  // Most files have nothing of it; lines are looked at in those that have.
  if (!mayMatch(content, sought)) return [];
  const found: Candidate[] = [];
  content.split(/\r?\n/).forEach((line, index) => {
    if (line.length > longestLine || (!isRequestFile && isComment(line))) return;
    const reasons = reasonsIn(line, sought, isRequestFile);
    if (reasons.length === 0) return;
    const said = reasons.reduce((sum, [, score]) => sum + score, 0);
    if (said < enough) return;
    found.push({
      file,
      line: index + 1,
      column: line.length - line.trimStart().length + 1,
      code: line.trim(),
      score: said + (isScript ? 4 : 0) + (isTestOrSample(file) && !isScript ? -1 : 0),
      reasons: [...reasons.map(([reason]) => reason), ...(isScript ? [text('it is the program that ran')] : [])],
    });
  });
  return found.sort((a, b) => b.score - a.score || a.line - b.line).slice(0, mostInFile);
}

function mayMatch(content: string, { host, tails, sdk, bases }: Sought): boolean {
  return (
    content.includes(host) ||
    tails.some(({ pattern }) => pattern.test(content)) ||
    sdk?.test(content) === true ||
    bases.some((base) => base.test(content))
  );
}

function reasonsIn(line: string, sought: Sought, isRequestFile: boolean): readonly (readonly [Text, number])[] {
  const reasons: (readonly [Text, number])[] = [];
  const tail = sought.tails.find(({ pattern }) => pattern.test(line));
  if (tail !== undefined) reasons.push([text('it names the path'), tail.score]);
  else if (sought.address?.test(line) === true) reasons.push([text('it names the path'), 3]);
  if (sought.host !== '' && line.includes(sought.host)) reasons.push([text('it names the host'), 4]);
  if (sought.sdk?.test(line) === true) reasons.push([text('it calls the SDK’s method'), 6]);
  if (sought.bases.some((base) => base.test(line))) reasons.push([text('it names the base URL'), 3]);
  if (reasons.length === 0) return reasons;
  const method = new RegExp(`^\\s*${sought.method}\\s+\\S|["'.]${sought.method}["'(]`, 'i');
  if (method.test(line)) reasons.push([text('it names the method'), isRequestFile ? 4 : 1]);
  return reasons;
}

function isComment(line: string): boolean {
  return /^\s*(?:\/\/|#(?!include|!)|\*|\/\*|<!--|--\s)/.test(line);
}

function isTestOrSample(file: string): boolean {
  return /(?:^|[\\/])(?:tests?|__tests__|spec|examples?|docs?)[\\/]|[._](?:test|spec)\.\w+$/i.test(file);
}
