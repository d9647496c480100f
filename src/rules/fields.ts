/** A scalar of a parsed body. `pointer` is a JSON pointer (RFC 6901), `key` the last member's name in lower case. */
export interface Field {
  readonly pointer: string;
  readonly key: string;
  readonly value: string | number | boolean;
}

const mostFields = 300;
const deepest = 12;
/** What a model or a database said, as opposed to what the API says of the call. */
const contentKeys = new Set(['choices', 'candidates', 'output', 'content', 'parts', 'results', 'input', 'logs', 'log']);

/** The scalars of a JSON value in order, JSON inside strings included. `withContent` also walks into payload members. */
export function fieldsOf(root: unknown, withContent: boolean): readonly Field[] {
  const fields: Field[] = [];
  const walk = (value: unknown, pointer: string, key: string, depth: number): void => {
    if (fields.length >= mostFields || depth > deepest) return;
    if (typeof value === 'string') {
      fields.push({ pointer, key, value });
      const inner = embeddedJson(value);
      if (inner !== undefined) walk(inner, pointer, key, depth + 1);
      else if (printed.test(value))
        for (const field of looseFields(value)) fields.push({ ...field, pointer: `${pointer}${field.pointer}` });
    } else if (typeof value === 'number' || typeof value === 'boolean') fields.push({ pointer, key, value });
    else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) walk(item, `${pointer}/${String(index)}`, key, depth + 1);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, item] of Object.entries(value)) {
        if (!withContent && contentKeys.has(name)) continue;
        walk(item, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, name.toLowerCase(), depth + 1);
      }
    }
  };
  walk(root, '', '', 0);
  return fields;
}

/** An object as Python prints it. */
const printed = /\{'[A-Za-z_]\w*': /;

/** The JSON object that a text is or holds, as relays put their upstream's error into a sentence. */
export function embeddedJson(text: string): unknown {
  const start = text.indexOf('{');
  if (start === -1 || text.length > 20_000) return undefined;
  const end = text.lastIndexOf('}');
  if (end <= start + 4) return undefined;
  try {
    return JSON.parse(text.slice(start, end + 1)) as unknown;
  } catch {
    return undefined;
  }
}

const pair =
  /["']?([A-Za-z_][\w .-]{0,40})["']?\s*[:=]\s*(?:"((?:[^"\\]|\\.)*)(?:"|\\?$)|'([^']*)'|(-?\d+(?:\.\d+)?)\b|(true|false)\b)/g;

/** The pairs of something like JSON: a cut body, a log line, an object as a console prints it. */
export function looseFields(text: string): readonly Field[] {
  const fields: Field[] = [];
  for (const [, name = '', double, single, number, boolean] of text.matchAll(pair)) {
    const value = double ?? single ?? (number === undefined ? boolean === 'true' : Number(number));
    fields.push({
      pointer: `/${name}`,
      key: name.toLowerCase(),
      value: typeof value === 'string' ? unescape(value) : value,
    });
    if (fields.length >= mostFields) break;
  }
  return fields;
}

const form = /^[\w.-]{1,60}=[^\s<>&]*(?:&[\w.-]{1,60}=[^\s<>&]*)*$/;

/** The fields of an answer in the form of a form (OAuth 1.0, 5.3): `oauth_problem=rate%20limit%20exceeded&…`. */
export function formFields(text: string): readonly Field[] {
  if (!form.test(text)) return [];
  return [...new URLSearchParams(text)].map(([name, value]) => ({
    pointer: `/${name}`,
    key: name.toLowerCase(),
    value,
  }));
}

function unescape(value: string): string {
  if (!value.includes('\\')) return value;
  try {
    return String(JSON.parse(`"${value}"`));
  } catch {
    return value;
  }
}

const element = /<([A-Za-z][\w.:-]*)>([^<>]{1,2000})<\/\1>/g;

/** The leaf elements of an XML document. */
export function xmlFields(text: string): readonly Field[] {
  return [...text.matchAll(element)].slice(0, mostFields).map(([, name = '', value = '']) => ({
    pointer: `/${name}`,
    key: name.toLowerCase(),
    value: value.trim(),
  }));
}

const longestPage = 16_384;
/** Where a heading or paragraph ends, so does what is said of its subject. */
const sentenceEnd = /^<\/(?:title|h\d|p|li|div|td)/i;

/** The visible text of an HTML page, title included. */
export function htmlText(html: string): string {
  let text = '';
  let at = 0;
  const page = html.slice(0, longestPage);
  while (at < page.length) {
    const open = page.indexOf('<', at);
    text +=
      page.slice(at, open === -1 ? undefined : open) + (sentenceEnd.test(page.slice(open, open + 6)) ? '. ' : ' ');
    if (open === -1) break;
    const hidden = /^<(script|style)\b/i.exec(page.slice(open, open + 8))?.[1];
    const end = page.indexOf(hidden === undefined ? '>' : `</${hidden}`, open);
    if (end === -1) break;
    at = end + 1;
  }
  return text
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/(?:[.!?:] )?\. (?:\. )*/g, '. ')
    .trim();
}
