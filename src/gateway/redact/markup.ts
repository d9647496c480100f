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
  const outer = text.replace(member, (whole, name: string, joint: string, value: string) => {
    const secrecy = secrecyOfField(name);
    if (secrecy === 'never') return whole;
    if (!value.startsWith('"')) return secrecy === 'always' ? `"${name}"${joint}"${redactionMark}"` : whole;
    const ended = value.length > 1 && value.endsWith('"');
    return isSecret(secrecy, value.slice(1, ended ? -1 : undefined))
      ? `"${name}"${joint}"${redactionMark}${ended ? '"' : ''}`
      : whole;
  });
  if (!outer.includes('\\"')) return outer;
  return outer.replace(escapedMember, (whole, name: string, joint: string, value: string, end: string) =>
    isSecret(secrecyOfField(name), value) ? `\\"${name}\\"${joint}\\"${redactionMark}${end}` : whole,
  );
}

const member = /"([^"\\\r\n]{1,80})"(\s*:\s*(?:\[\s*)?)("(?:[^"\\]|\\[^])*(?:"|\\?$)|-?\d[\w.+-]*)/g;
const escapedMember = /\\"([^"\\]{1,80})\\"(\s*:\s*(?:\[\s*)?)\\"((?:[^"\\]|\\(?!"))*)(\\"|$)/g;

function isSecret(secrecy: Secrecy, value: string): boolean {
  if (value === '' || secrecy === 'never') return false;
  return secrecy === 'always' || looksLikeCredential(value);
}

/** Redacts parameters by their names in URLs wherever they stand, and the user and password of a URL. */
export function redactUrls(text: string, secrecyOf: SecretParameter): string {
  const withoutUser = text.includes('@') ? text.replace(userInfo, `$1${redactionMark}@`) : text;
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
