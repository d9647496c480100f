import { text, type Text } from './text.ts';

/** How a field and its value are joined. */
export type FilterOperator = ':' | '=' | '!=' | '~' | '<' | '<=' | '>' | '>=';

export type FilterToken =
  | { readonly kind: 'open' | 'close' | 'minus' | 'and' | 'or' | 'not'; readonly position: number }
  | { readonly kind: 'word'; readonly value: string; readonly position: number }
  | {
      readonly kind: 'term';
      readonly field: string;
      readonly operator: FilterOperator;
      readonly value: string;
      /** A quoted value is taken literally: `*` means itself. */
      readonly quoted: boolean;
      readonly position: number;
      readonly valuePosition: number;
    };

/** A filter that cannot be read. `position` counts UTF-16 units from 0. */
export interface FilterError {
  readonly ok: false;
  readonly message: Text;
  readonly position: number;
}

const termStart = /([A-Za-z][A-Za-z.]*)(!=|<=|>=|:|=|~|<|>)/y;
const spaces = /\s+/y;
const plainValue = /[^\s()"]+/y;

/** Splits a filter into words, terms and signs. */
export function filterTokens(source: string): { readonly ok: true; readonly tokens: FilterToken[] } | FilterError {
  const tokens: FilterToken[] = [];
  let at = 0;
  while (at < source.length) {
    const space = match(spaces, source, at);
    if (space !== null) {
      at += space[0].length;
      continue;
    }
    const sign = source[at];
    if (sign === '(' || sign === ')') {
      tokens.push({ kind: sign === '(' ? 'open' : 'close', position: at++ });
      continue;
    }
    if (sign === '-' && at + 1 < source.length && !/\s/.test(source.charAt(at + 1))) {
      tokens.push({ kind: 'minus', position: at++ });
      continue;
    }
    const position = at;
    const term = match(termStart, source, at);
    // A URL is a word to look for, not a field called "https".
    const isTerm = term !== null && !source.startsWith('//', at + term[0].length);
    if (isTerm) at += term[0].length;
    const valuePosition = at;
    const value = readValue(source, at, isTerm);
    if ('ok' in value) return value;
    at = value.end;
    if (isTerm) {
      const [, field = '', operator = ':'] = term;
      const read = { field, operator: operator as FilterOperator, value: value.value, quoted: value.quoted };
      tokens.push({ kind: 'term', ...read, position, valuePosition });
    } else tokens.push(wordOrKeyword(value.value, value.quoted, position));
  }
  return { ok: true, tokens };
}

function wordOrKeyword(value: string, quoted: boolean, position: number): FilterToken {
  const keyword = quoted ? '' : value.toLowerCase();
  if (keyword === 'and' || keyword === 'or' || keyword === 'not') return { kind: keyword, position };
  return { kind: 'word', value, position };
}

interface Value {
  readonly value: string;
  readonly quoted: boolean;
  readonly end: number;
}

function readValue(source: string, start: number, ofTerm: boolean): Value | FilterError {
  if (source[start] === '"') return readQuoted(source, start);
  const plain = match(plainValue, source, start);
  if (plain !== null) return { value: plain[0], quoted: false, end: start + plain[0].length };
  // Only a term can be left without a value: a word has at least the character that began it.
  return ofTerm
    ? { ok: false, message: text('A value is missing here. Quote an empty one: "".'), position: start }
    : { value: source.charAt(start), quoted: false, end: start + 1 };
}

function readQuoted(source: string, start: number): Value | FilterError {
  let value = '';
  for (let at = start + 1; at < source.length; at++) {
    const character = source.charAt(at);
    if (character === '"') return { value, quoted: true, end: at + 1 };
    // Only a quote and a backslash need escaping, so that Windows paths can be pasted as they are.
    const next = source[at + 1];
    if (character === '\\' && (next === '"' || next === '\\')) {
      value += next;
      at++;
    } else value += character;
  }
  return { ok: false, message: text('This quotation mark has no partner.'), position: start };
}

function match(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}
