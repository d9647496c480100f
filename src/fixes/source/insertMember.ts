import type { SourceEdit } from '../../shared/remedy.ts';
import type { Member } from './members.ts';
import type { Source } from './source.ts';

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
  const separator =
    opener.text === '('
      ? '='
      : syntax === 'json' && tokens[anchor.key + 1]?.end === tokens[anchor.key + 2]?.start
        ? ':'
        : ': ';
  const lineStart = text.lastIndexOf('\n', key.start - 1) + 1;
  const indent = text.slice(lineStart, key.start);
  const ownLine = indent.trim() === '' && opener.line < key.line;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const newText = `,${ownLine ? newline + indent : compact ? '' : ' '}${quote}${name}${quote}${separator}${value}`;
  return { start: last.end, end: last.end, newText };
}
