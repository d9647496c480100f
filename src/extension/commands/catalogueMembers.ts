import { parseTree, type Node } from 'jsonc-parser';
import { chunksOf } from '../../shared/memberChunks.ts';
import { withMember } from '../../shared/memberText.ts';
import { beginCatalogue } from './catalogueText.ts';

/** The text of `tollgate.jsonc` with members of an object changed, and those that are undefined removed; comments stay. */
export function setMembersIn(
  text: string | null,
  path: readonly string[],
  change: Readonly<Record<string, unknown>>,
): string {
  return Object.entries(change).reduce(
    (before, [name, value]) => withMember(before, [...path, name], value),
    beginCatalogue(text),
  );
}

/** The text without a member. */
export function removeMemberIn(text: string, path: readonly string[]): string {
  return withMember(text, path, undefined);
}

/**
 * The text with a member of one of its objects put before another, or last where `before` is null. Comments above a
 * member and behind it go with it. Unchanged where one of the names is not there.
 */
export function moveMemberIn(text: string, section: string, name: string, before: string | null): string {
  const object = memberOf(parseTree(text, [], { allowTrailingComma: true }), section);
  if (object === undefined) return text;
  const chunks = [...chunksOf(text, object)];
  const from = chunks.findIndex((one) => one.name === name);
  const to = before === null ? chunks.length : chunks.findIndex((one) => one.name === before);
  const end = chunks.at(-1)?.end;
  if (end === undefined || from === -1 || to === -1 || from === to || from + 1 === to) return text;
  const isTrailing = chunks.at(-1)?.comma != null;
  chunks.splice(to > from ? to - 1 : to, 0, ...chunks.splice(from, 1));
  const joined = chunks.map(({ start, valueEnd, comma, end }, index) => {
    const lead = text.slice(start, valueEnd);
    const behind =
      comma === null ? text.slice(valueEnd, end) : text.slice(valueEnd, comma) + text.slice(comma + 1, end);
    return `${lead}${index < chunks.length - 1 || isTrailing ? ',' : ''}${behind}`;
  });
  return text.slice(0, object.offset + 1) + joined.join('') + text.slice(end);
}

function memberOf(tree: Node | undefined, name: string): Node | undefined {
  return tree?.children?.find((one) => nameOf(one) === name)?.children?.[1];
}

function nameOf(property: Node): unknown {
  return property.children?.[0]?.value;
}
