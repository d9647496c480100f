/** Escapes of `$'…'` (POSIX.1-2024, 2.2.4) that people and browsers use. */
const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '0': '\0',
  a: '\u0007',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\u001b',
};

/**
 * The words of a POSIX shell's command (POSIX.1-2024, 2.2 and 2.3), variables left as they stand. Ends at `|`, `;`, `&`
 * and `>` outside quotes. Fails with an `Error` where a quote is not closed.
 */
export function shellWords(command: string): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  for (let index = 0; index < command.length;) {
    const rest = command.slice(index);
    const [sign = ''] = rest;
    const continued = /^\\\r?\n/.exec(rest)?.[0];
    if (continued !== undefined) {
      index += continued.length;
    } else if (/\s/.test(sign)) {
      if (word !== null) words.push(word);
      word = null;
      index += 1;
    } else if (/[|;&>]/.test(sign)) {
      break;
    } else {
      const piece: Piece = readPiece(rest);
      word = (word ?? '') + piece.text;
      index += piece.length;
    }
  }
  if (word !== null) words.push(word);
  return words;
}

interface Piece {
  readonly text: string;
  readonly length: number;
}

function readPiece(rest: string): Piece {
  if (rest.startsWith("$'")) return readAnsi(rest);
  if (rest.startsWith("'")) {
    const end = rest.indexOf("'", 1);
    if (end < 0) throw unclosed("'");
    return { text: rest.slice(1, end), length: end + 1 };
  }
  if (rest.startsWith('"')) return readDouble(rest);
  if (rest.startsWith('\\')) return { text: rest[1] ?? '', length: 2 };
  const plain = /^[^\s'"\\$|;&>]+|^\$/.exec(rest)?.[0] ?? rest.slice(0, 1);
  return { text: plain, length: plain.length };
}

function readDouble(rest: string): Piece {
  let text = '';
  for (let index = 1; index < rest.length; index += 1) {
    const sign = rest[index] ?? '';
    if (sign === '"') return { text, length: index + 1 };
    const next = rest[index + 1] ?? '';
    if (sign === '\\' && /["\\$`\n]/.test(next)) {
      if (next !== '\n') text += next;
      index += 1;
    } else text += sign;
  }
  throw unclosed('"');
}

function readAnsi(rest: string): Piece {
  let text = '';
  for (let index = 2; index < rest.length; index += 1) {
    const sign = rest[index] ?? '';
    if (sign === "'") return { text, length: index + 1 };
    if (sign !== '\\') {
      text += sign;
      continue;
    }
    const code = /^\\(?:u([0-9a-fA-F]{1,4})|x([0-9a-fA-F]{1,2}))/.exec(rest.slice(index));
    if (code === null) {
      index += 1;
      const escaped = rest[index] ?? '';
      text += escapes[escaped] ?? escaped;
    } else {
      text += String.fromCharCode(parseInt(code[1] ?? code[2] ?? '', 16));
      index += code[0].length - 1;
    }
  }
  throw unclosed("$'");
}

function unclosed(quote: string): Error {
  return new Error(`A quote (${quote}) is not closed.`);
}
