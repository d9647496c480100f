/** One value in DER (ITU-T X.690), which certificates are written in. */
export type Der = Buffer;

/** A value of any tag: a definite length in as few bytes as will do, and the contents. */
export function tagged(tag: number, ...contents: readonly Uint8Array[]): Der {
  const content = Buffer.concat(contents);
  const size = content.byteLength;
  if (size < 0x80) return Buffer.concat([Buffer.from([tag, size]), content]);
  const length = shortest(size);
  return Buffer.concat([Buffer.from([tag, 0x80 | length.byteLength]), length, content]);
}

export const sequence = (...members: readonly Der[]): Der => tagged(0x30, ...members);
export const setOf = (...members: readonly Der[]): Der => tagged(0x31, ...members);
export const octets = (content: Uint8Array): Der => tagged(0x04, content);
export const bits = (content: Uint8Array, unused = 0): Der => tagged(0x03, Buffer.from([unused]), content);
export const truth = (value: boolean): Der => tagged(0x01, Buffer.from([value ? 0xff : 0]));
export const utf8 = (text: string): Der => tagged(0x0c, Buffer.from(text));

/** A number that is not negative, from its bytes, the highest first. */
export function integer(bytes: Uint8Array): Der {
  let start = 0;
  while (start < bytes.byteLength - 1 && bytes[start] === 0) start++;
  const rest = bytes.subarray(start);
  return tagged(0x02, ...((rest[0] ?? 0) >= 0x80 ? [Buffer.of(0)] : []), rest);
}

/** An object identifier from its usual text, as in `2.5.29.17`. */
export function identifier(text: string): Der {
  const [first = 0, second = 0, ...others] = text.split('.').map(Number);
  const bytes = [first * 40 + second, ...others].flatMap((part) => {
    const groups = [part & 0x7f];
    for (let rest = part >>> 7; rest > 0; rest >>>= 7) groups.unshift((rest & 0x7f) | 0x80);
    return groups;
  });
  return tagged(0x06, Buffer.from(bytes));
}

/** A moment, to the second: UTCTime up to 2049, GeneralizedTime from then on (RFC 5280, 4.1.2.5). */
export function moment(at: Date): Der {
  const text = `${at.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
  return at.getUTCFullYear() < 2050 ? tagged(0x17, Buffer.from(text.slice(2))) : tagged(0x18, Buffer.from(text));
}

/** Puts a value into an explicit context tag. */
export const explicit = (number: number, content: Der): Der => tagged(0xa0 | number, content);

/** A value whose own tag is replaced by a context tag, from its contents. */
export const implicit = (number: number, content: Uint8Array): Der => tagged(0x80 | number, content);

/** As text for files (RFC 7468). */
export function pem(label: string, content: Uint8Array): string {
  const lines =
    Buffer.from(content)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

function shortest(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return Buffer.from(bytes);
}
