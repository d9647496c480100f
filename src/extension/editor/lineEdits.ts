/** A replacement within a document. Lines and characters count from 0. */
export interface LineEdit {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
  /** Line breaks in the text that was put in. */
  readonly breaks: number;
}

/** Whether an edit can move a line at all. */
export function movesLines({ start, end, breaks }: LineEdit): boolean {
  return breaks > 0 || end.line > start.line;
}

/**
 * Where the thing at `line`, `character` stands after the edits, oldest first: the line from 0. What stood inside a
 * replaced text stays on its line as far as the new text reaches.
 */
export function lineAfter(edits: readonly LineEdit[], line: number, character: number): number {
  let current = line;
  for (const { start, end, breaks } of edits) {
    const before = current < start.line || (current === start.line && character < start.character);
    if (before) continue;
    const behind = current > end.line || (current === end.line && character >= end.character);
    if (behind) current += breaks - (end.line - start.line);
    else current = Math.min(current, start.line + breaks);
  }
  return current;
}
