import { applyEdits, modify, parseTree, type Node, type ParseError } from 'jsonc-parser';
import { chunksOf, type MemberChunk } from './memberChunks.ts';

/** How wide a line may get, before what is in it gets lines of its own. */
const widest = 110;

/**
 * A JSONC text with the member at a path set, or taken out where the value is undefined. Comments stay with what they
 * stand above or behind, an object in one line stays in one line, and a comma behind the last member stays.
 */
export function withMember(text: string, path: readonly string[], value: unknown): string {
  const { tree, errors } = treeOf(text);
  const after = errors === 0 && tree?.type === 'object' ? edited(text, tree, path, value) : null;
  if (after !== null && treeOf(after).errors === 0) return after;
  return applyEdits(text, modify(text, [...path], value, { formattingOptions: { ...layoutOf(text) } }));
}

/** Indentation and ends of lines, as the text has them. */
export function layoutOf(text: string): {
  readonly insertSpaces: boolean;
  readonly tabSize: number;
  readonly eol: string;
} {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const tabSize = /^( +)"/m.exec(text)?.[1]?.length ?? 2;
  return { insertSpaces: !/^\t/m.test(text), tabSize, eol };
}

function treeOf(text: string): { readonly tree: Node | undefined; readonly errors: number } {
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  return { tree, errors: errors.length };
}

/** Null where it takes more than setting a member of an object. */
function edited(text: string, object: Node, [name, ...below]: readonly string[], value: unknown): string | null {
  if (name === undefined) return null;
  const chunks = chunksOf(text, object);
  const at = chunks.findIndex((one) => one.name === name);
  const found = chunks[at];
  if (found === undefined)
    return value === undefined ? text : inserted(text, object, chunks, name, nested(below, value));
  if (below.length > 0) return found.value?.type === 'object' ? edited(text, found.value, below, value) : null;
  return value === undefined ? removed(text, object, chunks, at) : replaced(text, found, value);
}

function nested(path: readonly string[], value: unknown): unknown {
  return path.reduceRight((inner, name) => ({ [name]: inner }), value);
}

function replaced(text: string, { value: old, valueEnd }: MemberChunk, value: unknown): string | null {
  if (old === undefined) return null;
  const before = text.slice(old.offset, valueEnd);
  const inLine = !before.includes('\n') && lineText(value).length <= widest;
  const after = inLine ? lineText(value) : blockText(value, indentAt(text, old.offset), text);
  return splice(text, old.offset, valueEnd, after);
}

function inserted(
  text: string,
  object: Node,
  chunks: readonly MemberChunk[],
  name: string,
  value: unknown,
): string | null {
  const end = object.offset + object.length - 1;
  const inside = text.slice(object.offset + 1, end);
  const key = `${JSON.stringify(name)}: `;
  const last = chunks.at(-1);
  const { eol } = layoutOf(text);
  const outer = indentAt(text, object.offset);
  if (last === undefined) {
    if (inside.trim() === '' && object.parent !== undefined && !isComposite(value))
      return splice(text, object.offset + 1, end, ` ${key}${lineText(value)} `);
    const indent = outer + unitOf(text);
    const member = `${eol}${indent}${key}${blockText(value, indent, text)}${eol}${outer}`;
    return splice(text, object.offset + 1 + inside.trimEnd().length, end, member);
  }
  if (!inside.includes('\n')) {
    const line = lineText(value);
    const begin = text.lastIndexOf('\n', object.offset) + 1;
    if (text.slice(begin, end).length + key.length + line.length > widest) return null;
    return last.comma === null
      ? splice(text, last.valueEnd, last.valueEnd, `, ${key}${line}`)
      : splice(text, last.comma + 1, last.comma + 1, ` ${key}${line},`);
  }
  const indent = isFirstInLine(text, last.offset) ? indentAt(text, last.offset) : outer + unitOf(text);
  const member = `${eol}${indent}${key}${asSiblings(text, chunks, indent + key, value)}${last.comma === null ? '' : ','}`;
  const withMember = splice(text, last.end, last.end, member);
  return last.comma === null ? splice(withMember, last.valueEnd, last.valueEnd, ',') : withMember;
}

function removed(text: string, object: Node, chunks: readonly MemberChunk[], at: number): string | null {
  const found = chunks[at];
  if (found === undefined) return null;
  const before = chunks[at - 1];
  const lead = text.slice(found.start, found.offset);
  // What is apart from it, by a blank line or in the line of the brace, is about something else.
  const apart = /[^\S\r\n]*\r?\n[^\S\r\n]*\r?\n(?![^]*\n[^\S\r\n]*\r?\n)/.exec(lead)?.index;
  const from = found.start + (apart ?? (before === undefined ? Math.max(0, lead.search(/\r?\n/)) : 0));
  const next = chunks[at + 1];
  const isInLine = !text.slice(object.offset, object.offset + object.length).includes('\n');
  if (isInLine && before !== undefined) return splice(text, before.valueEnd, found.valueEnd, '');
  const after =
    isInLine && next !== undefined ? splice(text, found.offset, next.offset, '') : splice(text, from, found.end, '');
  const [inner = ''] = /^\{\s*\}/.exec(after.slice(object.offset)) ?? [];
  if (inner !== '') return splice(after, object.offset, object.offset + inner.length, '{}');
  return next === undefined && found.comma === null && before?.comma != null
    ? splice(after, before.comma, before.comma + 1, '')
    : after;
}

/** In one line where others of its kind are, and where it fits. */
function asSiblings(text: string, chunks: readonly MemberChunk[], before: string, value: unknown): string {
  const indent = /^\s*/.exec(before)?.[0] ?? '';
  const others = chunks.filter((one) => (one.value?.children ?? []).length > 0);
  const inLine =
    others.length > 0 &&
    others.every((one) => !text.slice(one.offset, one.valueEnd).includes('\n')) &&
    before.length + lineText(value).length <= widest;
  return inLine || Array.isArray(value) ? lineText(value) : blockText(value, indent, text);
}

function lineText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(lineText).join(', ')}]`;
  if (!isComposite(value)) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .map(([name, one]) => `${JSON.stringify(name)}: ${lineText(one)}`);
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

function blockText(value: unknown, indent: string, text: string): string {
  const lines = JSON.stringify(value, null, unitOf(text)).split('\n');
  return lines.join(layoutOf(text).eol + indent);
}

function unitOf(text: string): string {
  const { insertSpaces, tabSize } = layoutOf(text);
  return insertSpaces ? ' '.repeat(tabSize) : '\t';
}

function isComposite(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? '';
}

function isFirstInLine(text: string, offset: number): boolean {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() === '';
}

function splice(text: string, from: number, to: number, between: string): string {
  return text.slice(0, from) + between + text.slice(to);
}
