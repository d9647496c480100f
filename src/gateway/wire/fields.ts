/** Characters of a token (RFC 9110, 5.6.2), for a character class. */
export const tokenCharacters = "!#$%&'*+\\-.^_`|~0-9A-Za-z";

/** Field lines that can be read in one way only: no folding, no space before the colon, no control bytes (RFC 9112, 5). */
const lines = new RegExp(`(?:[${tokenCharacters}]+:[\\t\\x20-\\x7e\\x80-\\xff]*\\r\\n)*`, 'y');
const name = new RegExp(`^[${tokenCharacters}]+$`);
const value = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Names and values by turns, from the lines between two places of a text; null where one of them is no field line. */
export function readFields(text: string, start: number, end: number): string[] | null {
  lines.lastIndex = start;
  lines.test(text);
  if (lines.lastIndex !== end) return null;
  const fields: string[] = [];
  for (let at = start; at < end;) {
    const colon = text.indexOf(':', at);
    const lineEnd = text.indexOf('\r\n', colon);
    fields.push(text.slice(at, colon), trimmed(text, colon + 1, lineEnd));
    at = lineEnd + 2;
  }
  return fields;
}

/** Without the spaces and tabs around it, which are no part of a value (RFC 9110, 5.5). */
function trimmed(text: string, start: number, end: number): string {
  let [from, to] = [start, end];
  while (from < to && isBlank(text.charCodeAt(from))) from++;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  return text.slice(from, to);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/**
 * Field lines as text. Fails with a `TypeError` where a name or a value would not stay what it is on the wire, as with a
 * line break in it or a character beyond ISO 8859-1, of which a line break could remain.
 */
export function writeFields(fields: readonly string[]): string {
  let text = '';
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [field = '', content = ''] = [fields[index], fields[index + 1]];
    if (!name.test(field) || !value.test(content))
      throw new TypeError(`The header field "${field}" cannot be sent as it is.`);
    text += `${field}: ${content}\r\n`;
  }
  return text;
}

/** Whether a comma-separated value holds a token, whatever its case (RFC 9110, 5.6.1). */
export function hasToken(list: string, token: string): boolean {
  return list === token || list.split(',').some((item) => item.trim().toLowerCase() === token);
}
