import { opensBlock, type Source } from './source.ts';

/** A run of tokens: `from` is its first, `to` its last. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The statements that stand on the source's line, in order; the whole of a JSON file. */
export function statementsAt(source: Source): readonly Span[] {
  const first = statementAt(source);
  const spans: Span[] = first === null ? [] : [first];
  for (let last = first; last !== null;) {
    const next = source.tokens[last.to + 1]?.text === ';' ? last.to + 2 : last.to + 1;
    const token = source.tokens[next];
    if (token?.line !== source.line || /^[)\]}]$/.test(token.text)) break;
    last = { from: next, to: endOf(source, next, source.line) };
    spans.push(last);
  }
  return spans;
}

function statementAt(source: Source): Span | null {
  const { tokens, line, syntax, parent, partner } = source;
  if (tokens.length === 0) return null;
  if (syntax === 'json') return { from: 0, to: tokens.length - 1 };
  const onLine = tokens.findIndex((token) => token.line === line);
  const within = onLine === -1 ? enclosing(source, line) : onLine;
  if (within === -1) return null;
  // A line that only closes brackets belongs to what they hold.
  let from = /^[)\]}]$/.test(tokens[within]?.text ?? '') ? (partner.get(within) ?? within) : within;
  for (
    let bracket = parent[from] ?? -1;
    bracket !== -1 && !opensBlock(source, bracket);
    bracket = parent[bracket] ?? -1
  )
    from = bracket;
  from = chainStart(source, from);
  return { from, to: endOf(source, from, line) };
}

/** A line inside a multi-line string or between tokens: the token that stands before it. */
function enclosing({ tokens }: Source, line: number): number {
  return tokens.findLastIndex((token) => token.line < line);
}

/** Back to where the expression before a bracket or a dot begins, as far as the statement goes. */
function chainStart(source: Source, index: number): number {
  const { tokens, partner, parent } = source;
  let from = index;
  for (;;) {
    const before = tokens[from - 1];
    const token = tokens[from];
    if (
      before === undefined ||
      token === undefined ||
      ((parent[from - 1] ?? -1) !== (parent[from] ?? -1) && !partner.has(from - 1))
    )
      return from;
    const joins = /^(?:\.|\?\.)$/.test(token.text) || /^(?:\.|\?\.|=|await|return|new|yield|:)$/.test(before.text);
    const calls = token.text === '(' || token.text === '[';
    if (!joins && !(calls && before.line <= token.line)) return from;
    if (before.text === ')' || before.text === ']') from = partner.get(from - 1) ?? from - 1;
    else if (before.text === '}' || before.text === '{' || before.text === ';' || before.text === '(') return from;
    else from -= 1;
  }
}

function endOf(source: Source, from: number, line: number): number {
  const { tokens, partner, parent, syntax, text } = source;
  const depth = parent[from] ?? -1;
  let to = from;
  for (let index = from; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined || (parent[index] ?? -1) !== depth) break;
    const previous = tokens[index - 1];
    if (token.text === ';' || (token.text === '}' && partner.has(index))) break;
    if (index > from && previous !== undefined && token.line > lastLine(source, index - 1) && token.line > line) {
      const continued =
        syntax === 'python'
          ? /\\\r?\n\s*$/.test(text.slice(previous.end, token.start))
          : /^(?:\.|\?\.|\(|[+\-*?:&|=,]|&&|\|\||\?\?)$/.test(token.text) ||
            /^(?:[=(,+?:.]|=>|&&|\|\||\?\?)$/.test(previous.text);
      if (!continued) break;
    }
    to = index;
    const close = closesAt(source, index);
    if (close !== null) {
      to = close;
      index = close;
    }
  }
  return to;
}

function closesAt({ tokens, partner }: Source, index: number): number | null {
  const text = tokens[index]?.text;
  return text === '(' || text === '[' || text === '{' ? (partner.get(index) ?? null) : null;
}

function lastLine({ tokens }: Source, index: number): number {
  const token = tokens[index];
  return token === undefined ? 0 : token.line + (token.text.split('\n').length - 1);
}
