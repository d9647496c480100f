/** A piece of source text. Comments and white space are none. */
export interface Token {
  readonly kind: 'word' | 'string' | 'number' | 'mark';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** From 0. */
  readonly line: number;
}

/** How a language writes comments and strings; null where a language is not one that fixes can edit. */
export type Syntax = 'script' | 'python' | 'json';

const syntaxes: Readonly<Record<string, Syntax>> = {
  typescript: 'script',
  typescriptreact: 'script',
  javascript: 'script',
  javascriptreact: 'script',
  vue: 'script',
  svelte: 'script',
  python: 'python',
  json: 'json',
  jsonc: 'json',
};

/** The syntax of a VS Code language id. */
export function syntaxOf(languageId: string): Syntax | null {
  return Object.hasOwn(syntaxes, languageId) ? (syntaxes[languageId] ?? null) : null;
}

const wordStart = /[\p{L}_$]/u;
const word = /[\p{L}\p{N}_$]+/uy;
const number = /(?:0[xXbBoO][\da-fA-F_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)n?/y;
const marks = /\?\.(?!\d)|=>|===?|!==?|\*\*|\.\.\.|&&|\|\||\?\?|:=|[^]/y;
/** What a slash cannot divide when it comes before it, so that the slash begins a regular expression. */
const beforeRegex =
  /^(?:[([{,;:=!&|?+\-*%<>~^]|=>|===?|!==?|&&|\|\||\?\?|\.\.\.|return|typeof|case|in|of|do|else|void|delete|await|yield|throw)$/;

/** Splits a source text. Never throws: an unfinished string ends with its line, other unfinished things with the text. */
export function tokenise(text: string, syntax: Syntax): readonly Token[] {
  const tokens: Token[] = [];
  let line = 0;
  let at = 0;
  const take = (kind: Token['kind'], end: number): void => {
    const piece = text.slice(at, end);
    tokens.push({ kind, text: piece, start: at, end, line });
    for (let index = piece.indexOf('\n'); index !== -1; index = piece.indexOf('\n', index + 1)) line += 1;
    at = end;
  };
  const skipTo = (end: number): void => {
    for (let index = at; index < end; index += 1) if (text[index] === '\n') line += 1;
    at = end;
  };
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '\n') skipTo(at + 1);
    else if (/\s/.test(char)) at += 1;
    else if (isComment(text, at, syntax)) skipTo(commentEnd(text, at));
    else {
      const string = stringEnd(text, at, syntax);
      if (string !== null) take('string', string);
      else if (/\d/.test(char)) take('number', match(number, text, at));
      else if (wordStart.test(char)) take('word', match(word, text, at));
      else if (char === '/' && syntax === 'script' && isRegex(tokens.at(-1))) take('string', regexEnd(text, at));
      else take('mark', match(marks, text, at));
    }
  }
  return tokens;
}

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? Math.max(pattern.lastIndex, at + 1) : at + 1;
}

function isComment(text: string, at: number, syntax: Syntax): boolean {
  if (syntax === 'python') return text[at] === '#';
  return text[at] === '/' && (text[at + 1] === '/' || text[at + 1] === '*');
}

function commentEnd(text: string, at: number): number {
  const end = text.startsWith('/*', at) ? text.indexOf('*/', at + 2) + 2 : text.indexOf('\n', at);
  return end <= at + 1 ? text.length : end;
}

const pythonString = /(?:[rbfut]|[rbft]{2})?("""|'''|"|')/iy;

/** Where a string that begins here ends, or null where none begins. */
function stringEnd(text: string, at: number, syntax: Syntax): number | null {
  if (syntax === 'python') {
    pythonString.lastIndex = at;
    const quote = pythonString.exec(text)?.[1];
    return quote === undefined ? null : closing(text, pythonString.lastIndex, quote);
  }
  const char = text[at];
  if (char === '`' && syntax === 'script') return templateEnd(text, at);
  return char === '"' || (char === "'" && syntax === 'script') ? closing(text, at + 1, char) : null;
}

function closing(text: string, from: number, quote: string): number {
  for (let index = from; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1;
    else if (text.startsWith(quote, index)) return index + quote.length;
    else if (text[index] === '\n' && quote.length === 1) return index;
  }
  return text.length;
}

/** A template with what is interpolated, templates within included, is one string. */
function templateEnd(text: string, start: number): number {
  const open: ('`' | '{')[] = ['`'];
  for (let index = start + 1; index < text.length; index += 1) {
    const char = text[index];
    const inText = open.at(-1) === '`';
    if (char === '\\') index += 1;
    else if (char === '`') {
      if (!inText) open.push('`');
      else if (open.length === 1) return index + 1;
      else open.pop();
    } else if (inText && char === '$' && text[index + 1] === '{') {
      open.push('{');
      index += 1;
    } else if (!inText && char === '{') open.push('{');
    else if (!inText && char === '}') open.pop();
    else if (!inText && (char === '"' || char === "'")) index = closing(text, index + 1, char) - 1;
  }
  return text.length;
}

function isRegex(before: Token | undefined): boolean {
  return before === undefined || (before.kind !== 'string' && beforeRegex.test(before.text));
}

function regexEnd(text: string, start: number): number {
  let inClass = false;
  for (let index = start + 1; index < text.length; index += 1) {
    const char = text[index];
    if (char === '\n') return start + 1;
    if (char === '\\') index += 1;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) return index + 1;
  }
  return start + 1;
}
