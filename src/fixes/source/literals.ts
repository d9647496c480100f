import type { SourceDocument } from '../../shared/remedy.ts';
import { formatOf } from './language.ts';
import { settingsOf } from './settingsOf.ts';
import { sourceOf } from './source.ts';

/** A text within a document that is data: a string of code, a value of settings or of a request. */
export interface Literal {
  /** As it is written, quotes left out. */
  readonly value: string;
  readonly start: number;
}

/** All of them, in order; comments are none. */
export function literalsIn(document: SourceDocument): readonly Literal[] {
  if (formatOf(document.languageId) !== null) return settingsOf(document) ?? [];
  const tokens = sourceOf(document)?.tokens ?? [];
  return tokens.flatMap(({ kind, text, start }) => {
    const opening = kind === 'string' ? /^[rRuUfFbB]{0,2}(?:"""|'''|["'`])/.exec(text)?.[0].length : undefined;
    const closing = /(?:"""|'''|["'`])$/.exec(text)?.[0].length ?? 0;
    return opening === undefined ? [] : [{ value: text.slice(opening, text.length - closing), start: start + opening }];
  });
}
