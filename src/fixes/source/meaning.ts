import { assignedTo, defaultOf } from './constants.ts';
import { membersIn } from './members.ts';
import { environmentRead, imports, type Reference } from './reference.ts';
import type { Source } from './source.ts';
import type { Span } from './statement.ts';
import type { Token } from './tokens.ts';

/** What an expression stands for, as far as its source tells. */
export interface Meaning {
  /** The string or number itself; of a read of the environment, what counts where the variable is not set. */
  readonly literal: Token | null;
  /** Where the value comes from, where that is elsewhere. */
  readonly reference: Reference | null;
}

const deepest = 5;
const unknown: Meaning = { literal: null, reference: null };

/** Follows names, members of constants, parameters' defaults, reads of the environment and imports. */
export function meaningOf(source: Source, span: Span, depth = 0): Meaning {
  const { tokens } = source;
  const { from } = span;
  if (depth > deepest) return unknown;
  const first = tokens[from];
  if (span.from === span.to && (first?.kind === 'string' || first?.kind === 'number'))
    return { literal: first, reference: null };
  const read = environmentRead(source, span);
  if (read !== null) return { literal: read.otherwise, reference: { kind: 'variable', name: read.name } };
  const path = pathAt(source, span);
  return path === null ? unknown : pathMeaning(source, path, from, depth);
}

/** What `a.b.c` stands for when it is read before a token; `this` and `self` are searched for in the whole source. */
export function pathMeaning(source: Source, path: readonly string[], before: number, depth = 0): Meaning {
  const [root, ...rest] = path;
  if (root === undefined) return unknown;
  if (root === 'this' || root === 'self' || root === 'cls') return attributeMeaning(source, path, before, depth);
  const value = assignedTo(source, root, before) ?? defaultOf(source, root, before);
  if (value !== null && !loadsModule(source, value)) return inside(source, value, rest, depth + 1);
  const destructured = destructuredFrom(source, root);
  if (destructured !== null) {
    const read = environmentRead(source, destructured);
    if (read === null && isEnvironment(source, destructured))
      return { literal: null, reference: { kind: 'variable', name: root } };
    return inside(source, destructured, [root, ...rest], depth + 1);
  }
  const module = imports(source).get(root);
  return module === undefined ? unknown : { literal: null, reference: { ...module, path: [...module.path, ...rest] } };
}

/** What the member of that path within an expression stands for. */
export function inside(source: Source, value: Span, path: readonly string[], depth: number): Meaning {
  const [name, ...rest] = path;
  if (name === undefined) return meaningOf(source, value, depth);
  const holder = source.tokens[value.from];
  const member = membersIn(source, value, new Set([name])).find(
    ({ holder: at }) => at === value.from || holder?.kind === 'word',
  );
  if (member === undefined) {
    const through = pathAt(source, value);
    return through === null || depth > deepest
      ? unknown
      : pathMeaning(source, [...through, ...path], value.from, depth + 1);
  }
  if (member.value === null) return pathMeaning(source, [name, ...rest], value.from, depth + 1);
  return inside(source, member.value, rest, depth + 1);
}

/** `this.model = …` and `self.model = …`, or a field of a class. */
function attributeMeaning(source: Source, [, name]: readonly string[], before: number, depth: number): Meaning {
  if (name === undefined) return unknown;
  const { tokens } = source;
  for (const [index, token] of tokens.entries()) {
    if (token.text !== name || token.kind !== 'word' || tokens[index + 1]?.text !== '=') continue;
    const dotted = tokens[index - 1]?.text === '.' && /^(?:this|self|cls)$/.test(tokens[index - 2]?.text ?? '');
    const value = dotted ? assignedTo(source, name, index + 1, true) : null;
    if (value !== null) return meaningOf(source, value, depth + 1);
  }
  const field = assignedTo(source, name, before);
  return field === null ? unknown : meaningOf(source, field, depth + 1);
}

/** The names of `a.b['c']`, where an expression is nothing but that (`await` and brackets around it left out). */
function pathAt({ tokens }: Source, { from, to }: Span): readonly string[] | null {
  const path: string[] = [];
  for (let index = from; index <= to; index += 1) {
    const token = tokens[index];
    const expected = path.length === 0 || /^(?:\.|\?\.)$/.test(tokens[index - 1]?.text ?? '');
    if (token?.kind === 'word' && expected) path.push(token.text);
    else if (token?.kind === 'string' && tokens[index - 1]?.text === '[' && tokens[index + 1]?.text === ']')
      path.push(token.text.slice(1, -1));
    else if (token?.text === 'as' || token?.text === 'satisfies') break;
    else if (!/^(?:\.|\?\.|\[|\]|!)$/.test(token?.text ?? '')) return null;
  }
  return path.length === 0 ? null : path;
}

function loadsModule({ tokens }: Source, { from }: Span): boolean {
  const at = tokens[from]?.text === 'await' ? from + 1 : from;
  return /^(?:require|import)$/.test(tokens[at]?.text ?? '') && tokens[at + 1]?.text === '(';
}

/** The right side of `const { name } = …`. */
function destructuredFrom({ tokens, partner, parent }: Source, name: string): Span | null {
  for (const [index, token] of tokens.entries()) {
    if (token.text !== name || token.kind !== 'word' || tokens[parent[index] ?? -1]?.text !== '{') continue;
    const end = partner.get(parent[index] ?? -1);
    if (end === undefined || tokens[end + 1]?.text !== '=') continue;
    let to = end + 2;
    while (/^(?:\.|\?\.)$/.test(tokens[to + 1]?.text ?? '')) to += 2;
    return { from: end + 2, to };
  }
  return null;
}

function isEnvironment({ tokens }: Source, { to }: Span): boolean {
  return tokens[to]?.text === 'env';
}
