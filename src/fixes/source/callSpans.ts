import { assignedTo } from './constants.ts';
import type { Source } from './source.ts';
import { statementsAt, type Span } from './statement.ts';

const mostSpans = 12;

/**
 * Where the request of the call at the source's line is written: the statement itself, then the objects that it names,
 * as in `create(params)` or `create(**options)`, and what is called itself, as in `llm.invoke(…)`; nearest first.
 */
export function callSpans(source: Source): readonly Span[] {
  const spans = [...statementsAt(source)];
  const [statement] = spans;
  if (statement === undefined) return [];
  const seen = new Set<string>();
  for (let next = 0; next < spans.length && spans.length < mostSpans; next += 1) {
    const span = spans[next];
    if (span === undefined) break;
    for (const name of [...argumentNames(source, span), ...calledNames(source, span)]) {
      if (seen.has(name)) continue;
      seen.add(name);
      const value = assignedTo(source, name.replace(/^.*\./, ''), statement.from, name.includes('.'));
      if (value !== null && !spans.some(({ from, to }) => from <= value.from && value.to <= to)) spans.push(value);
    }
  }
  return spans;
}

/** Names that stand alone as arguments, members' values, spreads. */
export function argumentNames({ tokens }: Source, { from, to }: Span): readonly string[] {
  const names: string[] = [];
  for (let index = from; index <= to; index += 1) {
    const token = tokens[index];
    const before = tokens[index - 1]?.text;
    const after = tokens[index + 1]?.text;
    if (token?.kind !== 'word' || before === undefined) continue;
    if (/^(?:[(,:={[]|\.\.\.|\*\*)$/.test(before) && (after === undefined || /^(?:[),}\]]|\.\.\.)$/.test(after)))
      names.push(token.text);
  }
  return names;
}

/** Names before the first dot of what is called; with `this.` or `self.` before them where they are members. */
function calledNames({ tokens }: Source, { from, to }: Span): readonly string[] {
  const names: string[] = [];
  for (let index = from; index <= to; index += 1) {
    const token = tokens[index];
    if (token?.kind !== 'word' || !/^(?:\.|\?\.)$/.test(tokens[index + 1]?.text ?? '')) continue;
    if (/^(?:\.|\?\.)$/.test(tokens[index - 1]?.text ?? '')) continue;
    const own = token.text === 'this' || token.text === 'self';
    names.push(own ? `self.${tokens[index + 2]?.text ?? ''}` : token.text);
  }
  return names;
}
