import { applyEdits, format, parse, type ParseError } from 'jsonc-parser';

/** JSON over several lines: only white space changes, so that big numbers and repeated members stay. Other text stays as it is. */
export function indentedJson(text: string): string {
  const errors: ParseError[] = [];
  parse(text, errors);
  if (errors.length > 0) return text;
  return applyEdits(text, format(text, undefined, { tabSize: 2, insertSpaces: true, eol: '\n' }));
}
