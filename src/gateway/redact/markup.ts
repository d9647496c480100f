import { redactionMark } from '../../shared/redacted.ts';
import { looksLikeCredential, secrecyOfField, secrecyOfParameter, type Secrecy } from './names.ts';

/** Decides about a named value; the name of a parameter may be one that the user listed. */
export type SecretParameter = (name: string) => Secrecy;

/**
 * Redacts members of JSON by their names, lexically: formatting is kept, and cut-off JSON, JSON lines and server-sent
 * events are understood as well, as is JSON inside a JSON string (the arguments of a tool call).
 */
export function redactJson(text: string): string {
  if (!text.includes('"')) return text;
  const outer = withMembers(text, member, endOfString, (name, value) => {
    const secrecy = secrecyOfField(name);
    return typeof value === 'string' ? isSecret(secrecy, value) : secrecy === 'always';
  });
  if (!outer.includes('\\"')) return outer;
  return withMembers(outer, escapedMember, endOfEscaped, (name, value) => isSecret(secrecyOfField(name), value ?? ''));
}

/** Up to the first character of a value, or the whole of a number. What a string holds is looked for by `EndOf`. */
const member = /("([^"\\\r\n]{1,80})"\s*:\s*(?:\[\s*)?)(?:(")|-?\d[\w.+-]*)/g;
const escapedMember = /(\\"([^"\\]{1,80})\\"\s*:\s*(?:\[\s*)?)(\\")/g;

/** Where a string ends that begins at `from`: the index of its closing mark, the text's length, or -1: it is none. */
type EndOf = (text: string, from: number) => number;

const endOfString: EndOf = (text, from) => {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    let before = at;
    while (before > from && text.charCodeAt(before - 1) === backslash) before--;
    if ((at - before) % 2 === 0) return at;
  }
  return text.length;
};

const endOfEscaped: EndOf = (text, from) => {
  const at = text.indexOf('"', from);
  if (at < 0) return text.length;
  return at > from && text.charCodeAt(at - 1) === backslash ? at - 1 : -1;
};

const backslash = 0x5c;

/**
 * Strings are not matched by the expressions themselves: an expression remembers every character that it might have to
 * give back, and gives up with an error in a string of some megabytes.
 */
function withMembers(
  text: string,
  begin: RegExp,
  endOf: EndOf,
  secret: (name: string, value: string | null) => boolean,
): string {
  let told = '';
  let from = 0;
  begin.lastIndex = 0;
  for (let found = begin.exec(text); found !== null; found = begin.exec(text)) {
    const [, before = '', name = '', mark] = found;
    const end = mark === undefined ? begin.lastIndex : endOf(text, begin.lastIndex);
    if (end < 0) {
      begin.lastIndex = found.index + 1;
      continue;
    }
    const ended = mark !== undefined && end < text.length;
    const value = mark === undefined ? null : text.slice(begin.lastIndex, end);
    begin.lastIndex = ended ? end + mark.length : end;
    if (!secret(name, value)) continue;
    const [opens, closes] = mark === undefined ? ['"', '"'] : [mark, ended ? mark : ''];
    told += `${text.slice(from, found.index)}${before}${opens}${redactionMark}${closes}`;
    from = begin.lastIndex;
  }
  return from === 0 ? text : told + text.slice(from);
}

function isSecret(secrecy: Secrecy, value: string): boolean {
  if (value === '' || secrecy === 'never') return false;
  return secrecy === 'always' || looksLikeCredential(value);
}

/** Redacts parameters by their names in URLs wherever they stand, and the user and password of a URL. */
export function redactUrls(text: string, secrecyOf: SecretParameter): string {
  const withoutUser = text.includes('@') && text.includes('://') ? text.replace(userInfo, `$1${redactionMark}@`) : text;
  if (!withoutUser.includes('=')) return withoutUser;
  return withoutUser.replace(parameter, (whole, before: string, name: string, value: string) =>
    isSecretParameter(name, value, secrecyOf) ? `${before}${name}=${redactionMark}` : whole,
  );
}

const userInfo = /\b([a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@"'<>?#\\]{1,1000}@/gi;
const parameter = /((?:[?&#]|\\u0026)(?:amp;)?)([A-Za-z0-9_.%[\]-]{1,80})=([^&\s"'<>\\#]+)/g;

/** Redacts a body of `application/x-www-form-urlencoded`. */
export function redactForm(text: string, secrecyOf: SecretParameter): string {
  return text.replace(/(^|&)([^=&]{1,300})=([^&]*)/g, (whole, before: string, name: string, value: string) =>
    isSecretParameter(name, value, secrecyOf) ? `${before}${name}=${redactionMark}` : whole,
  );
}

function isSecretParameter(name: string, value: string, secrecyOf: SecretParameter): boolean {
  return isSecret(secrecyOf(decoded(name)), decoded(value));
}

/** Redacts fields of `multipart/form-data` (RFC 7578) by their names; files are left to the other rules. */
export function redactMultipart(text: string): string {
  return text.replace(part, (whole, head: string, name: string, value: string) =>
    !/;\s*filename/i.test(head) && isSecret(secrecyOfField(name), value) ? head + redactionMark : whole,
  );
}

const part = /(\bname="([^"\r\n]{1,80})"[^\r\n]*(?:\r?\n[^\r\n]+)*\r?\n\r?\n)([^\r\n]*)/g;

/** Redacts elements of XML by their names, as in the answers of AWS's token service. */
export function redactXml(text: string): string {
  return text.replace(
    /<((?:[\w.-]{1,40}:)?([\w.-]{1,80}))>([^<]{1,8192})(?=<\/|$)/g,
    (whole, tag: string, name: string, value: string) =>
      isSecret(secrecyOfField(name), value.trim()) ? `<${tag}>${redactionMark}` : whole,
  );
}

function decoded(value: string): string {
  if (!value.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** What every query parameter and form field is judged by, with the names that the user listed. */
export function parameterSecrecy(listed: readonly string[]): SecretParameter {
  const names = new Set(listed.map((name) => name.toLowerCase()));
  return (name) => (names.has(name.toLowerCase()) ? 'always' : secrecyOfParameter(name));
}
