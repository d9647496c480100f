import type { SourceEdit } from '../../shared/remedy.ts';
import type { Member } from './members.ts';
import type { Source } from './source.ts';
import type { Span } from './statement.ts';

/** Puts a member behind another one, in the same style: quoted or not, on a line of its own or not. */
export function insertMember(
  { tokens, text, syntax }: Source,
  anchor: Member,
  name: string,
  value: string,
): SourceEdit | null {
  const key = tokens[anchor.key];
  const last = tokens[anchor.value?.to ?? anchor.key];
  const opener = tokens[anchor.holder];
  if (key === undefined || last === undefined || opener === undefined) return null;
  const quote = key.kind === 'string' ? (key.text.at(-1) ?? '"') : '';
  const compact = syntax === 'json' && tokens[anchor.key + 1]?.end === tokens[anchor.key + 2]?.start;
  const separator = opener.text === '(' ? '=' : compact ? ':' : ': ';
  const lineStart = text.lastIndexOf('\n', key.start - 1) + 1;
  const indent = text.slice(lineStart, key.start);
  const ownLine = indent.trim() === '' && opener.line < key.line;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const newText = `,${ownLine ? newline + indent : compact ? '' : ' '}${quote}${name}${quote}${separator}${value}`;
  return { start: last.end, end: last.end, newText };
}

/** Puts a member into an object, a dictionary or the arguments of a call before what is there; null for anything else. */
export function insertFirst(source: Source, value: Span, name: string, number: string): SourceEdit | null {
  const { tokens, partner, text, syntax } = source;
  const closer = tokens[value.to];
  const at = partner.get(value.to);
  const opener = at === undefined ? undefined : tokens[at];
  const key = at === undefined ? undefined : tokens[at + 1];
  if (at === undefined || opener === undefined || closer === undefined || key === undefined) return null;
  if (opener.text !== '{' && !(opener.text === '(' && syntax === 'python')) return null;
  const quote = opener.text === '{' && (syntax !== 'script' || key.kind === 'string') ? '"' : '';
  const written = `${quote}${name}${quote}${opener.text === '(' ? '=' : ': '}${number}`;
  if (key === closer) {
    const padding = opener.text === '(' ? '' : ' ';
    return { start: opener.end, end: closer.start, newText: `${padding}${written}${padding}` };
  }
  const gap = text.slice(opener.end, key.start);
  // Comments stay with what they are about.
  const room = gap.trim() === '' ? gap : '';
  return { start: key.start, end: key.start, newText: `${written},${room.includes('\n') ? room : ' '}` };
}

/** Takes a member out, with its comma, and with its line where it has one of its own. */
export function removeMember({ tokens, text }: Source, { key, value }: Member): SourceEdit | null {
  const first = tokens[key];
  const last = tokens[value?.to ?? key];
  const after = tokens[(value?.to ?? key) + 1];
  const before = tokens[key - 1];
  if (first === undefined || last === undefined || after === undefined || before === undefined) return null;
  if (after.text === ',') {
    const rest = /^[ \t]*(?:\r?\n[ \t]*)?/.exec(text.slice(after.end))?.[0].length ?? 0;
    return { start: first.start, end: after.end + rest, newText: '' };
  }
  return { start: before.text === ',' ? before.start : first.start, end: last.end, newText: '' };
}
