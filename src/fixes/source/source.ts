import type { SourceDocument } from '../../shared/remedy.ts';
import { syntaxOf, tokenise, type Syntax, type Token } from './tokens.ts';

/** A source text, split, with its brackets paired. */
export interface Source {
  readonly text: string;
  readonly syntax: Syntax;
  readonly line: number;
  readonly tokens: readonly Token[];
  /** For the index of an opening bracket that of its closing one, and the other way round. */
  readonly partner: ReadonlyMap<number, number>;
  /** For each token the index of the innermost bracket that is open before it, or -1. */
  readonly parent: readonly number[];
}

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
const parsed = new WeakMap<SourceDocument, Source | null>();

/** Reads a document; null where its language is unknown or its brackets do not pair, so that no edit could be safe. */
export function sourceOf(document: SourceDocument): Source | null {
  let source = parsed.get(document);
  if (source === undefined) {
    source = read(document);
    parsed.set(document, source);
  }
  return source;
}

function read({ text, languageId, line }: SourceDocument): Source | null {
  const syntax = syntaxOf(languageId);
  if (syntax === null) return null;
  const tokens = tokenise(text, syntax);
  const partner = new Map<number, number>();
  const parent: number[] = [];
  const open: number[] = [];
  for (const [index, token] of tokens.entries()) {
    const isCloser = token.kind === 'mark' && (token.text === ')' || token.text === ']' || token.text === '}');
    if (isCloser) {
      const opener = open.pop();
      if (opener === undefined || closers[tokens[opener]?.text ?? ''] !== token.text) return null;
      partner.set(opener, index);
      partner.set(index, opener);
    }
    parent.push(open.at(-1) ?? -1);
    if (token.kind === 'mark' && Object.hasOwn(closers, token.text)) open.push(index);
  }
  return open.length === 0 ? { text, syntax, line, tokens, partner, parent } : null;
}

const literalBefore = /^(?:[([,:=?+]|=>|&&|\|\||\?\?|\.\.\.|return|await|yield|default|satisfies|in|of|:=|==|\*\*)$/;

/** True for a brace that opens statements rather than an object or a dictionary. */
export function opensBlock({ tokens, syntax }: Source, index: number): boolean {
  if (syntax !== 'script' || tokens[index]?.text !== '{') return false;
  const before = tokens[index - 1];
  if (before === undefined) return true;
  return before.text === '=>' || !literalBefore.test(before.text);
}
