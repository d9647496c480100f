import { parseTree, getNodeValue, printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type { z } from 'zod';
import { catalogueSchema, type Catalogue, type CatalogueProblem } from '../shared/catalogue.ts';
import { plain, text as sentence } from '../shared/text.ts';
import { locate, toProblem, type MemberProblem } from './catalogueProblem.ts';

/** What a catalogue's text says: null where it is broken, and everything that is wrong with it. */
export interface ParsedCatalogue {
  readonly catalogue: Catalogue | null;
  readonly problems: readonly CatalogueProblem[];
  /** Places a problem found later, when names were looked up. */
  readonly locate: (problem: MemberProblem) => CatalogueProblem;
}

/** Reads the text of `tollgate.jsonc`: comments and trailing commas are welcome, an empty file declares nothing. */
export function parseCatalogue(source: string): ParsedCatalogue {
  // A byte order mark is no part of the text, and editors do not count it.
  const text = source.replace(/^\uFEFF/, '');
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  const place = (problem: MemberProblem): CatalogueProblem => locate(problem, root, text);
  if (errors.length > 0) {
    const problems = errors.map(({ error, offset, length }) =>
      toProblem('error', syntaxMessage(printParseErrorCode(error)), offset, Math.max(length, 1), text),
    );
    return { catalogue: null, problems, locate: place };
  }
  const twice = root === undefined ? [] : declaredTwice(root).map(place);
  const value: unknown = root === undefined ? {} : getNodeValue(root);
  const parsed = catalogueSchema.safeParse(value);
  if (parsed.success) return { catalogue: parsed.data, problems: twice, locate: place };
  const problems = parsed.error.issues.flatMap((issue) => issueProblems(issue, [])).map(place);
  return { catalogue: null, problems: [...problems, ...twice], locate: place };
}

type Issue = z.core.$ZodIssue;

/** What is wrong with the members that an issue of zod is about. */
export function issueProblems(issue: Issue, base: MemberProblem['path']): readonly MemberProblem[] {
  const path = [...base, ...issue.path.filter((step) => typeof step !== 'symbol')];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      severity: 'error',
      path: [...path, key],
      at: 'name',
      message: plain(sentence('"{0}" is not known here.', key)),
    }));
  if (issue.code === 'invalid_key')
    return [{ severity: 'error', path, at: 'name', message: issue.issues[0]?.message ?? issue.message }];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // Of the alternatives, the one that got furthest is what was meant.
    const likeliest = [...issue.errors].sort((a, b) => depth(b) - depth(a))[0] ?? [];
    return likeliest.flatMap((inner) => issueProblems(inner, path));
  }
  return [{ severity: 'error', path, at: 'value', message: messageOf(issue, path) }];
}

function messageOf(issue: Issue, path: MemberProblem['path']): string {
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined'))
    return plain(sentence('"{0}" is missing.', path.at(-1) ?? ''));
  if (issue.code === 'invalid_format' && issue.format === 'url')
    return plain(sentence('This has to be a URL that begins with http:// or https://.'));
  const message = issue.message.replace(/^Invalid (input|option): /, '');
  return message.charAt(0).toUpperCase() + message.slice(1);
}

function depth(issues: readonly Issue[]): number {
  return Math.max(...issues.map(({ path, code }) => path.length + (code === 'unrecognized_keys' ? 1 : 0)));
}

/** Of two members with one name, the first is lost without a word. */
function declaredTwice(node: Node, path: readonly string[] = []): readonly MemberProblem[] {
  if (node.type !== 'object') return [];
  const seen = new Set<string>();
  return (node.children ?? []).flatMap((property) => {
    const [key, value] = property.children ?? [];
    if (key === undefined) return [];
    const name = String(key.value);
    const again = seen.has(name);
    seen.add(name);
    const problem: MemberProblem = {
      severity: 'warning',
      path: [...path, name],
      at: 'name',
      message: plain(sentence('"{0}" is declared twice; the last one counts.', name)),
    };
    return [...(again ? [problem] : []), ...(value === undefined ? [] : declaredTwice(value, [...path, name]))];
  });
}

function syntaxMessage(code: string): string {
  const words = code.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return plain(sentence('This is not valid JSON: {0}.', words));
}
