import type { Line, Token, TokenKind } from './lines.ts';
import { token } from './lines.ts';

/** `{`, `[` and so on, strings, numbers and words; sticky, so that anything else ends the scan. */
const lexeme =
  /\s*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null))/y;

interface Draft {
  readonly depth: number;
  readonly tokens: Token[];
  end: number | null;
  folded: Token[];
}

/**
 * JSON text as indented lines that fold. It is read lexeme by lexeme, so numbers keep their digits, members their order
 * and duplicates, and several values may follow each other (NDJSON). Null where it is not JSON; where `truncated`, what
 * there is of it is shown.
 */
export function jsonLines(text: string, truncated: boolean, baseDepth = 0): readonly Line[] | null {
  const lines: Draft[] = [];
  const open: { readonly line: number; readonly brace: string; items: number }[] = [];
  let current: Draft | null = null;
  let key = false;
  const add = (kind: TokenKind, content: string): void => {
    if (current === null) {
      current = { depth: baseDepth + open.length, tokens: [], end: null, folded: [] };
      lines.push(current);
    }
    current.tokens.push(token(kind, content));
  };
  const valueEnded = (): void => {
    const parent = open.at(-1);
    if (parent === undefined) current = null;
    else parent.items++;
  };

  lexeme.lastIndex = 0;
  let end = 0;
  for (let match = lexeme.exec(text); match !== null; match = lexeme.exec(text)) {
    end = lexeme.lastIndex;
    const [, mark, string, number, word] = match;
    if (mark === '{' || mark === '[') {
      add('punctuation', mark);
      open.push({ line: lines.length - 1, brace: mark, items: 0 });
      current = null;
      key = mark === '{';
    } else if (mark === '}' || mark === ']') {
      const opened = open.pop();
      if (opened?.brace !== (mark === '}' ? '{' : '[')) return null;
      current = null;
      const start = lines[opened.line];
      if (start !== undefined && lines.length - 1 === opened.line) {
        start.tokens.push(token('punctuation', mark));
        current = start;
      } else {
        add('punctuation', mark);
        if (start !== undefined) {
          start.end = lines.length - 1;
          start.folded = [token('faint', ` ${String(opened.items)} … `), token('punctuation', mark)];
        }
      }
      key = false;
      valueEnded();
    } else if (mark === ',') {
      if (open.length === 0) return null;
      add('punctuation', ',');
      current = null;
      key = open.at(-1)?.brace === '{';
    } else if (mark === ':') {
      add('punctuation', ': ');
      key = false;
    } else if (string !== undefined) {
      add(key ? 'key' : 'string', string);
      if (!key) valueEnded();
    } else {
      add(number === undefined ? 'keyword' : 'number', number ?? word ?? '');
      valueEnded();
    }
  }
  const rest = text.slice(end).trim();
  if ((rest !== '' || open.length > 0) && !truncated) return null;
  if (lines.length === 0) return null;
  if (rest !== '') add('string', rest);
  return lines.map((draft) => withTail(draft, lines));
}

/** A folded line also shows the comma that follows its closing brace. */
function withTail(draft: Draft, lines: readonly Draft[]): Line {
  if (draft.end === null) return draft;
  const closing = lines[draft.end]?.tokens.slice(1) ?? [];
  return { ...draft, folded: [...draft.folded, ...closing] };
}
