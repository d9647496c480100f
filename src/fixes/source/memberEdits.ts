import { modify } from 'jsonc-parser';
import { layoutOf } from '../../shared/memberText.ts';
import type { SourceEdit } from '../../shared/remedy.ts';

/** Puts a value at a path of a JSONC text; comments and layout are kept. A path that ends with -1 appends to a list. */
export function memberEdits(text: string, path: (string | number)[], value: unknown): readonly SourceEdit[] {
  const isInsertion = path.at(-1) === -1;
  return modify(text, path, value, { formattingOptions: layoutOf(text), isArrayInsertion: isInsertion }).map(
    ({ offset, length, content }) => ({ start: offset, end: offset + length, newText: content }),
  );
}

/** The text with edits made. */
export function withEdits(text: string, edits: readonly SourceEdit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((before, { start, end, newText }) => before.slice(0, start) + newText + before.slice(end), text);
}
