import type { FilterNode } from './filterNode.ts';
import { readTerm } from './filterTerm.ts';
import { filterTokens, type FilterError, type FilterToken } from './filterTokens.ts';
import { text } from './text.ts';

export { matchesFilter } from './filterMatch.ts';

/**
 * The filter language of the log, the panel and the command line, for example
 * `status>=400 (api:openrouter or cause:insufficient_funds) -method:GET path:/v1/* dur>2s body~"credits" since:1h`.
 * Terms side by side must all hold; `or` binds looser; `not` or a leading `-` negates. A bare word is looked for in
 * method, host, path, model, API and cause, and as a word, or the beginning of one, in headers and in bodies; three
 * digits also mean that status.
 */
export type ParsedFilter = { readonly ok: true; readonly node: FilterNode } | FilterError;

/** Deeper or longer filters than anybody writes would overflow the stack, or SQLite's limit on expressions. */
const maxDepth = 50;
const maxTokens = 300;
const maxLength = 10_000;

/** Reads a filter. An empty one matches everything. */
export function parseFilter(source: string): ParsedFilter {
  if (source.length > maxLength)
    return { ok: false, message: text('This filter is too long: {0} characters at most.', maxLength), position: 0 };
  const split = filterTokens(source);
  if (!split.ok) return split;
  const { tokens } = split;
  if (tokens.length === 0) return { ok: true, node: { kind: 'all' } };
  if (tokens.length > maxTokens)
    return { ok: false, message: text('This filter is too long: {0} parts at most.', maxTokens), position: 0 };
  let at = 0;
  let depth = 0;

  const fail = (message: FilterError['message'], position: number): FilterError => ({ ok: false, message, position });

  const readOr = (): ParsedFilter => {
    const nodes: FilterNode[] = [];
    do {
      const part = readAnd();
      if (!part.ok) return part;
      nodes.push(part.node);
    } while (tokens[at]?.kind === 'or' && at++ >= 0);
    return { ok: true, node: join('or', nodes) };
  };

  const readAnd = (): ParsedFilter => {
    const nodes: FilterNode[] = [];
    for (;;) {
      const part = readUnary();
      if (!part.ok) return part;
      nodes.push(part.node);
      const next = tokens[at]?.kind;
      if (next === 'and') at++;
      else if (next === undefined || next === 'or' || next === 'close') return { ok: true, node: join('and', nodes) };
    }
  };

  const readUnary = (): ParsedFilter => {
    const token = tokens[at];
    if (token === undefined) return fail(text('Something is missing at the end.'), source.length);
    at++;
    if (token.kind === 'term') return readTerm(token);
    if (token.kind === 'word') return { ok: true, node: { kind: 'word', value: token.value } };
    if (token.kind === 'close') return fail(text('This parenthesis was never opened.'), token.position);
    if (token.kind === 'and' || token.kind === 'or')
      return fail(
        text('Something is missing before "{0}". To search for the word, quote it.', token.kind),
        token.position,
      );
    if (++depth > maxDepth) return fail(text('This filter is nested too deeply.'), token.position);
    const inner = token.kind === 'open' ? readGroup(token) : negate(readUnary());
    depth--;
    return inner;
  };

  const readGroup = (open: FilterToken): ParsedFilter => {
    if (tokens[at]?.kind === 'close') return fail(text('There is nothing between these parentheses.'), open.position);
    const inner = readOr();
    if (!inner.ok) return inner;
    if (tokens[at]?.kind !== 'close') return fail(text('This parenthesis is never closed.'), open.position);
    at++;
    return inner;
  };

  const result = readOr();
  const left = tokens[at];
  if (result.ok && left !== undefined) return fail(text('This parenthesis was never opened.'), left.position);
  return result;
}

function negate(inner: ParsedFilter): ParsedFilter {
  return inner.ok ? { ok: true, node: { kind: 'not', node: inner.node } } : inner;
}

function join(kind: 'and' | 'or', nodes: readonly FilterNode[]): FilterNode {
  const [first] = nodes;
  return nodes.length === 1 && first !== undefined ? first : { kind, nodes };
}
