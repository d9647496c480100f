import { applyEdits, modify, parseTree, type Node } from 'jsonc-parser';
import { layoutOf } from '../../fixes/source/memberEdits.ts';
import { beginCatalogue } from './catalogueText.ts';

/** The text of `tollgate.jsonc` with members of an object changed, and those that are undefined removed; comments stay. */
export function setMembersIn(
  text: string | null,
  path: readonly string[],
  change: Readonly<Record<string, unknown>>,
): string {
  return Object.entries(change).reduce(
    (before, [name, value]) => edited(before, [...path, name], value),
    beginCatalogue(text),
  );
}

/** The text without a member. */
export function removeMemberIn(text: string, path: readonly string[]): string {
  return edited(text, path, undefined);
}

/**
 * The text with a member of one of its objects put before another, or last where `before` is null. Comments above a
 * member and behind it go with it. Unchanged where one of the names is not there.
 */
export function moveMemberIn(text: string, section: string, name: string, before: string | null): string {
  const object = memberOf(parseTree(text, [], { allowTrailingComma: true }), section);
  const properties = object?.children ?? [];
  const from = properties.findIndex((one) => nameOf(one) === name);
  const to = before === null ? properties.length : properties.findIndex((one) => nameOf(one) === before);
  if (object === undefined || from === -1 || to === -1 || from === to || from + 1 === to) return text;
  const chunks = chunksOf(text, object);
  const [moved] = chunks.splice(from, 1);
  if (moved === undefined) return text;
  chunks.splice(to > from ? to - 1 : to, 0, moved);
  const first = object.offset + 1;
  const last = chunks.length - 1;
  const joined = chunks.map(({ lead, comment }, index) => `${lead}${index < last ? ',' : ''}${comment}`).join('');
  const length = chunks.reduce((sum, { length }) => sum + length, 0);
  return text.slice(0, first) + joined + text.slice(first + length);
}

interface Chunk {
  /** What comes before a property, comments too, and the property. */
  readonly lead: string;
  /** What is behind it in its line. */
  readonly comment: string;
  /** In the text as it is, with its comma. */
  readonly length: number;
}

/** The inside of an object by its properties; what is behind the last is nobody's. */
function chunksOf(text: string, object: Node): Chunk[] {
  let start = object.offset + 1;
  return (object.children ?? []).map(({ offset, length }, index, { length: count }) => {
    const end = offset + length;
    const rest = /^([^\S\r\n]*)(,?)([^\S\r\n]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/[^\S\r\n]*(?=[\r\n]))?)/.exec(
      text.slice(end),
    );
    const [all = '', space = '', comma = '', behind = ''] = rest ?? [];
    // A comma behind the last one stays where it is, with what comes after it.
    const stays = index === count - 1 && comma === ',';
    const chunk = {
      lead: text.slice(start, end),
      comment: stays ? '' : comma === ',' ? behind : space + behind,
      length: end - start + (stays ? 0 : all.length),
    };
    start += chunk.length;
    return chunk;
  });
}

function memberOf(tree: Node | undefined, name: string): Node | undefined {
  return tree?.children?.find((one) => nameOf(one) === name)?.children?.[1];
}

function nameOf(property: Node): unknown {
  return property.children?.[0]?.value;
}

function edited(text: string, path: readonly string[], value: unknown): string {
  return applyEdits(text, modify(text, [...path], value, { formattingOptions: layoutOf(text) }));
}
