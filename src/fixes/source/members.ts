import type { Source } from './source.ts';
import type { Span } from './statement.ts';

/** A named value: a member of an object or dictionary, or a keyword argument. Indices are of tokens. */
export interface Member {
  readonly name: string;
  readonly key: number;
  /** First and last token of the value; null for a member that is its own value, as in `{ model }`. */
  readonly value: Span | null;
  /** The bracket that holds it. */
  readonly holder: number;
}

/** The members of those names within a span, in order; all members where no names are given. */
export function membersIn(source: Source, span: Span, names: ReadonlySet<string> | null): readonly Member[] {
  const members: Member[] = [];
  for (let index = span.from; index <= span.to; index += 1) {
    const member = memberAt(source, index, names);
    if (member !== null) members.push(member);
  }
  return members;
}

function memberAt(source: Source, index: number, names: ReadonlySet<string> | null): Member | null {
  const { tokens, parent, syntax } = source;
  const token = tokens[index];
  const holder = parent[index] ?? -1;
  if (token === undefined || holder === -1) return null;
  const name = token.kind === 'word' ? token.text : token.kind === 'string' ? unquoted(token.text) : null;
  if (name === null || (names !== null && !names.has(name))) return null;
  const before = tokens[index - 1]?.text;
  if (before !== tokens[holder]?.text && before !== ',') return null;
  const after = tokens[index + 1]?.text;
  const bracket = tokens[holder]?.text;
  const named = bracket === '{' ? after === ':' : bracket === '(' && syntax === 'python' && after === '=';
  if (named) {
    const to = valueEnd(source, index + 2, holder);
    return to === null ? null : { name, key: index, value: { from: index + 2, to }, holder };
  }
  const shorthand = syntax === 'script' && bracket === '{' && token.kind === 'word' && (after === ',' || after === '}');
  return shorthand ? { name, key: index, value: null, holder } : null;
}

/** The last token of the expression that begins at a token, up to the comma or the holder's end. */
function valueEnd({ tokens, partner, parent }: Source, from: number, holder: number): number | null {
  const end = partner.get(holder);
  if (end === undefined || from >= end) return null;
  for (let index = from; index < end; index += 1) {
    if (tokens[index]?.text === ',' && parent[index] === holder) return index > from ? index - 1 : null;
  }
  return end - 1;
}

/** What a plain string says, or null for one with escapes, interpolation or no quotes. */
export function unquoted(text: string): string | null {
  const match = /^[rRuU]?("""|'''|["'`])([^]*)\1$/.exec(text);
  const inner = match?.[2];
  return inner === undefined || inner.includes('\\') || (match?.[1] === '`' && inner.includes('${')) ? null : inner;
}
