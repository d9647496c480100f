import { wasRedacted } from '../../src/shared/redacted.ts';

/** What a piece of a line is, for its colour. `mark`: what redaction put in a secret's place. */
export type TokenKind = 'key' | 'string' | 'number' | 'keyword' | 'punctuation' | 'plain' | 'faint' | 'mark';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

/** A line of a body as it is shown. Lines with an `end` can be folded: all up to and with line `end` goes. */
export interface Line {
  readonly depth: number;
  readonly tokens: readonly Token[];
  readonly end: number | null;
  /** Shown in place of what is folded away. */
  readonly folded: readonly Token[];
}

/** A piece of a line that fits the width: the first of a line, or a continuation. */
export interface VisibleRow {
  readonly line: number;
  readonly depth: number;
  readonly tokens: readonly Token[];
  readonly first: boolean;
  /** Null where there is nothing to fold. */
  readonly open: boolean | null;
}

export function line(depth: number, ...tokens: readonly Token[]): Line {
  return { depth, tokens, end: null, folded: [] };
}

export function token(kind: TokenKind, text: string): Token {
  return { kind, text };
}

/** The rows to show: folded lines left out, long ones wrapped at `columns` characters. */
export function visibleRows(
  lines: readonly Line[],
  closed: ReadonlySet<number>,
  columns: number,
): readonly VisibleRow[] {
  const rows: VisibleRow[] = [];
  for (let index = 0; index < lines.length; index++) {
    const current = lines[index];
    if (current === undefined) break;
    const isClosed = current.end !== null && closed.has(index);
    const tokens = isClosed ? [...current.tokens, ...current.folded] : current.tokens;
    const room = Math.max(20, columns - current.depth * 2 - 2);
    const pieces = isClosed ? [shortened(tokens, room)] : wrapped(tokens, room);
    pieces.forEach((piece, number) =>
      rows.push({
        line: index,
        depth: current.depth + (number === 0 ? 0 : 1),
        tokens: piece,
        first: number === 0,
        open: number === 0 && current.end !== null ? !isClosed : null,
      }),
    );
    if (isClosed) index = current.end;
  }
  return rows;
}

/** Lines of plain text. */
export function textLines(text: string): readonly Line[] {
  return text.split(/\r\n|\n|\r/).map((content) => line(0, token('plain', content)));
}

const redacted = /\[redacted\]|%5Bredacted%5D/g;

/** Splits what redaction put in from what was there. */
export function withMarks(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some(({ text }) => wasRedacted(text))) return tokens;
  return tokens.flatMap(({ kind, text }) => {
    const pieces: Token[] = [];
    let from = 0;
    for (const match of text.matchAll(redacted)) {
      if (match.index > from) pieces.push(token(kind, text.slice(from, match.index)));
      pieces.push(token('mark', match[0]));
      from = match.index + match[0].length;
    }
    if (from < text.length) pieces.push(token(kind, text.slice(from)));
    return pieces;
  });
}

function wrapped(tokens: readonly Token[], room: number): readonly (readonly Token[])[] {
  const length = tokens.reduce((sum, { text }) => sum + text.length, 0);
  if (length <= room) return [tokens];
  const pieces: Token[][] = [];
  let piece: Token[] = [];
  let left = room;
  for (const { kind, text } of tokens) {
    let from = 0;
    while (text.length - from > left) {
      const cut = breakBefore(text, from, from + left);
      piece.push(token(kind, text.slice(from, cut)));
      from = cut;
      pieces.push(piece);
      piece = [];
      left = room - 2;
    }
    if (from < text.length) {
      piece.push(token(kind, text.slice(from)));
      left -= text.length - from;
    }
  }
  if (piece.length > 0) pieces.push(piece);
  return pieces;
}

/** What fits into one row. */
function shortened(tokens: readonly Token[], room: number): readonly Token[] {
  const [first = [], ...others] = wrapped(tokens, room - 1);
  return others.length === 0 ? first : [...first, token('faint', '…')];
}

/** A blank near the end is the better place; a surrogate pair is never parted. */
function breakBefore(text: string, from: number, to: number): number {
  const blank = text.lastIndexOf(' ', to - 1);
  if (blank > from && blank > to - 24) return blank + 1;
  const code = text.charCodeAt(to - 1);
  return code >= 0xd800 && code <= 0xdbff && to - 1 > from ? to - 1 : to;
}
