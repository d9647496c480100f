import type { Node } from 'jsonc-parser';

/** A member of an object in a JSONC text, with what belongs to it. Offsets into the text. */
export interface MemberChunk {
  readonly name: string;
  readonly value: Node | undefined;
  /** Behind the member before, or behind the brace. */
  readonly start: number;
  /** Where the name begins; comments stand before it. */
  readonly offset: number;
  /** Behind the value. */
  readonly valueEnd: number;
  /** Where its comma stands; null where it has none. */
  readonly comma: number | null;
  /** Behind its comma, and the comment in the same line. */
  readonly end: number;
}

/** The members of an object, which share its inside; what is behind the last is nobody's. */
export function chunksOf(text: string, object: Node): readonly MemberChunk[] {
  let start = object.offset + 1;
  return (object.children ?? []).map((property) => {
    const { offset, length, children } = property;
    const valueEnd = offset + length;
    const [all = '', space = '', comma = ''] =
      /^([^\S\r\n]*)(,?)([^\S\r\n]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/[^\S\r\n]*(?=[\r\n]))?)/.exec(
        text.slice(valueEnd),
      ) ?? [];
    // Blanks before the brace are not the member's.
    const end = valueEnd + (comma === '' ? all.trimEnd().length : all.length);
    const chunk = {
      name: String(children?.[0]?.value),
      value: children?.[1],
      ...{ start, offset, valueEnd, end },
      comma: comma === '' ? null : valueEnd + space.length,
    };
    start = end;
    return chunk;
  });
}
