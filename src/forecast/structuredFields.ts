/** One member of a list with its parameters, as in `"daily";r=12;t=3600`. */
export interface FieldItem {
  /** Strings before the first parameter, without their quotes; a vendor may send several. */
  readonly values: readonly string[];
  /** Numbers and strings as text, by name in lower case. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * The members of a structured field (RFC 9651), read as vendors write them: names without quotes and dictionary members
 * (`limit=10`) count too. A member of a dictionary is a parameter without a value before it.
 */
export function fieldItems(value: string): readonly FieldItem[] {
  return split(value, ',').map((member) => {
    const values: string[] = [];
    const parameters: Record<string, string> = {};
    for (const part of split(member, ';')) {
      const [, name, right] = /^([A-Za-z*][\w.*-]*)\s*=\s*(.*)$/s.exec(part) ?? [];
      if (name === undefined || right === undefined) values.push(unquoted(part));
      else parameters[name.toLowerCase()] = unquoted(right);
    }
    return { values, parameters };
  });
}

function unquoted(text: string): string {
  const inner = /^"(.*)"$/s.exec(text)?.[1];
  return inner === undefined ? text : inner.replace(/\\(["\\])/g, '$1');
}

/** Parts between separators that do not stand in quotes, trimmed, without empty ones. */
function split(text: string, separator: ',' | ';'): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index] ?? '';
    if (quoted && character === '\\') {
      part += character + (text[++index] ?? '');
      continue;
    }
    if (character === '"') quoted = !quoted;
    if (character === separator && !quoted) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  return [...parts, part].map((one) => one.trim()).filter((one) => one !== '');
}
