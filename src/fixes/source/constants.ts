import { opensBlock, type Source } from './source.ts';
import type { Span } from './statement.ts';

/**
 * What a name was last given before a token, at its first assignment upwards; null where this file does not say.
 * `asMember` takes `this.name = …` as well.
 */
export function assignedTo(source: Source, name: string, before: number, asMember = false): Span | null {
  const { tokens } = source;
  for (let index = before - 1; index >= 0; index -= 1) {
    const span = assignmentAt(source, name, index, asMember);
    if (span !== null) return span;
  }
  for (let index = before; index < tokens.length; index += 1) {
    const span = assignmentAt(source, name, index, asMember);
    if (span !== null) return span;
  }
  return null;
}

function assignmentAt(source: Source, name: string, index: number, asMember: boolean): Span | null {
  const { tokens, parent } = source;
  const token = tokens[index];
  if (token?.kind !== 'word' || token.text !== name) return null;
  const before = tokens[index - 1]?.text;
  const holder = parent[index] ?? -1;
  if ((!asMember && (before === '.' || before === '?.')) || (holder !== -1 && !opensBlock(source, holder))) return null;
  let equals = index + 1;
  if (tokens[equals]?.text === ':') {
    while (equals < tokens.length && tokens[equals]?.text !== '=' && tokens[equals]?.line === token.line) equals += 1;
  }
  if (tokens[equals]?.text !== '=') return null;
  const from = equals + 1;
  return from < tokens.length ? { from, to: expressionEnd(source, from) } : null;
}

/** The default of a parameter of that name, in the nearest list of parameters upwards. */
export function defaultOf(source: Source, name: string, before: number): Span | null {
  const { tokens, partner, parent, syntax } = source;
  for (let index = before - 1; index >= 0; index -= 1) {
    const token = tokens[index];
    const holder = parent[index] ?? -1;
    if (token?.kind !== 'word' || token.text !== name || tokens[holder]?.text !== '(') continue;
    if (tokens[index - 1]?.text !== ',' && index - 1 !== holder) continue;
    const closer = partner.get(holder) ?? 0;
    const declares =
      syntax === 'python'
        ? tokens[holder - 2]?.text === 'def'
        : tokens[holder - 2]?.text === 'function' || /^(?:=>|\{|:)$/.test(tokens[closer + 1]?.text ?? '');
    if (!declares) continue;
    let equals = index + 1;
    while (equals < closer && parent[equals] === holder && !/^[=,]$/.test(tokens[equals]?.text ?? '')) equals += 1;
    return tokens[equals]?.text === '=' ? { from: equals + 1, to: expressionEnd(source, equals + 1) } : null;
  }
  return null;
}

/** The expression behind an equals sign. */
export function expressionAfter(source: Source, equals: number): Span {
  return { from: equals + 1, to: expressionEnd(source, equals + 1) };
}

function expressionEnd({ tokens, partner, parent }: Source, from: number): number {
  const depth = parent[from] ?? -1;
  let to = from;
  for (let index = from; index < tokens.length; index += 1) {
    const token = tokens[index];
    const previous = tokens[index - 1];
    if (token === undefined || parent[index] !== depth || token.text === ';' || token.text === ',') break;
    if (/^[)\]}]$/.test(token.text)) break;
    if (index > from && previous !== undefined && token.line > previous.line && !/^[.(]/.test(token.text)) break;
    to = index;
    const close = /^[([{]$/.test(token.text) ? partner.get(index) : undefined;
    if (close !== undefined) {
      to = close;
      index = close;
    }
  }
  return to;
}
