import { plain, text as sentence } from '../../shared/text.ts';
import type { CatalogueProblem } from '../../shared/catalogue.ts';
import type { Piece, Turn } from './promptText.ts';

/** Something wrong in the text, from an offset to another. */
export interface TextProblem {
  readonly severity: CatalogueProblem['severity'];
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

const heading = /^#[ \t]+(system|developer|user|assistant)[ \t]*:?[ \t]*$/i;
const fence = /^[ \t]{0,3}(`{3,}|~{3,})/;

/**
 * Reads the turns of a conversation from the body of a prompt file, which begins at `offset`. A heading of the first
 * level that is a role begins a turn; what stands before the first is the user's. Headings within fences are text.
 */
export function readTurns(
  source: string,
  offset: number,
): { turns: readonly Turn[]; problems: readonly TextProblem[] } {
  const problems: TextProblem[] = [];
  const turns: Turn[] = [];
  let role: Turn['role'] = 'user';
  let start = offset;
  let closing: string | null = null;
  const finish = (end: number): void => {
    const pieces = readPieces(source, start, end, role, problems);
    if (pieces.length > 0) turns.push({ role, pieces });
  };
  for (let at = offset; at < source.length;) {
    const next = source.indexOf('\n', at);
    const end = next === -1 ? source.length : next;
    const line = source.slice(at, end).replace(/\r$/, '');
    const mark = fence.exec(line)?.[1];
    if (closing !== null) {
      if (mark !== undefined && mark.startsWith(closing) && line.trim() === mark) closing = null;
    } else if (mark !== undefined) closing = mark;
    else {
      const named = heading.exec(line)?.[1]?.toLowerCase();
      if (named !== undefined) {
        finish(at);
        role = named === 'developer' ? 'system' : (named as Turn['role']);
        start = end + 1;
      }
    }
    at = end + 1;
  }
  finish(source.length);
  return { turns, problems };
}

const token =
  /\\\{\{|\{\{\s*([A-Za-z_][\w-]*)\s*\}\}|!\[[^\]\n]*\]\(\s*(<[^>\n]*>|\{\{[^}\n]*\}\}|[^)\s]+)(?:\s+"[^"\n]*")?\s*\)|\{\{/g;

/** Only the template is read for variables and images: what stands for a variable is never read again. */
function readPieces(source: string, start: number, end: number, role: Turn['role'], problems: TextProblem[]): Piece[] {
  const pieces: Piece[] = [];
  const add = (text: string): void => {
    const last = pieces.at(-1);
    if (last?.kind === 'text') pieces[pieces.length - 1] = { kind: 'text', text: last.text + text };
    else if (text !== '') pieces.push({ kind: 'text', text });
  };
  const body = source.slice(start, end);
  let from = 0;
  for (const match of body.matchAll(token)) {
    const [whole, name, target] = match;
    const place = { start: start + match.index, end: start + match.index + whole.length };
    add(body.slice(from, match.index));
    from = match.index + whole.length;
    if (name !== undefined) pieces.push({ kind: 'variable', name, ...place });
    else if (target !== undefined && role === 'user') pieces.push(imageAt(target, place, problems));
    else if (whole === '{{') {
      const message = plain(sentence('This is no variable: write {{name}}, or \\{{ for the braces themselves.'));
      problems.push({ severity: 'warning', message, ...place });
      add(whole);
    } else add(whole === '\\{{' ? '{{' : whole);
  }
  add(body.slice(from));
  return trimmed(pieces);
}

function imageAt(target: string, place: { start: number; end: number }, problems: TextProblem[]): Piece {
  const bare = target.replace(/^<|>$/g, '');
  const name = /^\{\{\s*([A-Za-z_][\w-]*)\s*\}\}$/.exec(bare)?.[1];
  if (name === undefined && bare.includes('{{')) {
    const message = plain(sentence('An image is a path, a URL or one variable: a path is not put together of them.'));
    problems.push({ severity: 'error', message, ...place });
  }
  return { kind: 'image', target: name ?? bare, isVariable: name !== undefined, ...place };
}

/** Without the blank lines around a turn; none where nothing else is left. */
function trimmed(pieces: readonly Piece[]): Piece[] {
  const last = pieces.length - 1;
  return pieces
    .map((piece, index): Piece => {
      if (piece.kind !== 'text') return piece;
      const ahead = index === 0 ? piece.text.trimStart() : piece.text;
      return { kind: 'text', text: index === last ? ahead.trimEnd() : ahead };
    })
    .filter((piece) => piece.kind !== 'text' || piece.text !== '');
}
