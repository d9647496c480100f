/** The model that a request's body names, and where the name stands, in bytes. */
export interface RequestModel {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** Finds the value of the top member `model` of a JSON object; `start` and `end` include its quotes. */
export function modelInJson(body: Buffer): RequestModel | null {
  // Most clients send it first or nearly so, which a search finds at once.
  let depth = 0;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at];
    if (byte === quote) {
      const end = endOfString(body, at);
      if (depth === 1 && end - at === 6 && body.toString('latin1', at + 1, end) === 'model') {
        const value = valueAt(body, end + 1);
        if (value !== null) return value;
      }
      at = end;
    } else if (byte === openBrace || byte === openBracket) depth++;
    else if (byte === closeBrace || byte === closeBracket) depth--;
  }
  return null;
}

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];

function endOfString(body: Buffer, start: number): number {
  for (let at = body.indexOf(quote, start + 1); at !== -1; at = body.indexOf(quote, at + 1)) {
    let slashes = 0;
    while (body[at - 1 - slashes] === backslash) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return body.length;
}

/** The string behind a colon; null where the quoted word was no member's name. */
function valueAt(body: Buffer, from: number): RequestModel | null {
  let at = from;
  while (isSpace(body[at])) at++;
  if (body[at] !== colon) return null;
  at++;
  while (isSpace(body[at])) at++;
  if (body[at] !== quote) return null;
  const end = endOfString(body, at) + 1;
  try {
    return { name: JSON.parse(body.toString('utf8', at, end)) as string, start: at, end };
  } catch {
    return null;
  }
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Finds the field `model` of a form (RFC 7578), as uploads of audio and images have it. */
export function modelInForm(body: Buffer, contentType: string): RequestModel | null {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (boundary === undefined) return null;
  const head = /content-disposition:[^\r\n]*;\s*name="?model"?(?:[;\r\n][^]*?)?$/i;
  const mark = Buffer.from(`--${boundary}`);
  for (let at = body.indexOf(mark); at !== -1; at = body.indexOf(mark, at + mark.length)) {
    const start = body.indexOf('\r\n\r\n', at);
    if (start === -1) return null;
    if (!head.test(body.toString('latin1', at, start))) continue;
    const end = body.indexOf('\r\n', start + 4);
    if (end !== -1) return { name: body.toString('utf8', start + 4, end), start: start + 4, end };
  }
  return null;
}

/** The body with the name of the model replaced, and every other byte as it was. */
export function withModel(body: Buffer, { start, end }: RequestModel, name: string, quoted: boolean): Buffer {
  return Buffer.concat([
    body.subarray(0, start),
    Buffer.from(quoted ? JSON.stringify(name) : name),
    body.subarray(end),
  ]);
}
