import type { SourceEdit } from '../../shared/remedy.ts';

/** A scalar of a YAML text. */
export interface Scalar {
  readonly value: string;
  readonly place: { readonly start: number; readonly end: number };
  /** Behind its closing quote. */
  readonly after: number;
  /** True where the value is not what stands there, letter by letter. */
  readonly escaped: boolean;
  /** The anchor that an alias names. */
  readonly alias: string | null;
  readonly replace: (value: string) => SourceEdit;
}

const quotedKey = /(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\n]|'')*)')[ \t]*:(?=\s|$)/y;
const plainKey = /([^\s"'#&*!|>%@`{}[\],][^\n]*?)[ \t]*:(?=\s|$)/y;

/** The key that begins at an offset and ends on its line; `end` is behind its colon. */
export function keyAt(text: string, at: number, end: number): { readonly name: string; readonly end: number } | null {
  for (const pattern of [quotedKey, plainKey]) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match === null || pattern.lastIndex > end) continue;
    const name = match[1] ?? match[2] ?? '';
    return /\s#/.test(name) && pattern === plainKey ? null : { name, end: pattern.lastIndex };
  }
  return null;
}

/** Passes over blanks, tags and the anchor before a value. */
export function skipProperties(text: string, from: number): { readonly at: number; readonly anchor: string | null } {
  let at = from;
  let anchor: string | null = null;
  for (;;) {
    const blanks = /^[ \t]+/.exec(text.slice(at, at + 200))?.[0].length ?? 0;
    at += blanks;
    const property = /^(?:&([^\s,[\]{}]+)|![^\s,[\]{}]*)(?=\s|$)/.exec(text.slice(at, at + 200));
    if (property === null) return { at, anchor };
    anchor = property[1] ?? anchor;
    at += property[0].length;
  }
}

/** The scalar at an offset; within a flow collection it ends at commas and brackets as well. */
export function scalarAt(text: string, at: number, flow: boolean): Scalar | null {
  const quote = text[at];
  if (quote === '"' || quote === "'") return quotedScalar(text, at, quote);
  const pattern = flow ? /^[^\n\r]*?(?=\s+#|\s*[,[\]{}]|:\s|\s*[\r\n]|\s*$)/ : /^[^\n\r]*?(?=\s+#|\s*[\r\n]|\s*$)/;
  const value = pattern.exec(text.slice(at, at + 4000))?.[0] ?? '';
  if (value === '') return null;
  const end = at + value.length;
  const alias = /^\*([^\s,[\]{}]+)$/.exec(value)?.[1] ?? null;
  return {
    value,
    place: { start: at, end },
    after: end,
    escaped: false,
    alias,
    replace: (newText) => ({ start: at, end, newText: /^[\w./]/.test(newText) ? newText : `"${newText}"` }),
  };
}

function quotedScalar(text: string, at: number, quote: string): Scalar | null {
  for (let index = at + 1; index < text.length; index += 1) {
    if (quote === '"' && text[index] === '\\') index += 1;
    else if (text[index] === quote) {
      if (quote === "'" && text[index + 1] === "'") {
        index += 1;
        continue;
      }
      const value = text.slice(at + 1, index);
      const place = { start: at + 1, end: index };
      const escaped = quote === '"' ? value.includes('\\') : value.includes("''");
      const replace = (newText: string): SourceEdit => ({ ...place, newText });
      return { value, place, after: index + 1, escaped: escaped || value.includes('\n'), alias: null, replace };
    }
  }
  return null;
}
