import { isUtf8 } from 'node:buffer';

/** A body as characters, and the way back to bytes. */
export interface BodyText {
  readonly text: string;
  /** False where the characters only stand for bytes (Latin-1), because the body is no text that we can read. */
  readonly readable: boolean;
  toBytes(text: string): Uint8Array;
}

/**
 * Reads bytes as text wherever that is possible. Whatever is not, becomes one character a byte, so that secrets can be
 * looked for in it all the same and every other byte stays as it is.
 */
export function readBody(bytes: Uint8Array, contentType: string | null): BodyText {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const utf16 = /charset="?utf-?16/i.test(contentType ?? '') || (buffer[0] === 0xff && buffer[1] === 0xfe);
  if (utf16)
    return { text: buffer.toString('utf16le'), readable: true, toBytes: (text) => Buffer.from(text, 'utf16le') };
  if (isUtf8(wholeCharacters(buffer)) && !buffer.subarray(0, 8192).includes(0))
    return { text: buffer.toString('utf8'), readable: true, toBytes: (text) => Buffer.from(text, 'utf8') };
  const readable = /charset="?(?:iso-8859|windows-125|latin)/i.test(contentType ?? '');
  return { text: buffer.toString('latin1'), readable, toBytes: (text) => Buffer.from(text, 'latin1') };
}

/** Without the bytes of a last character that was cut in the middle. */
export function wholeCharacters(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(4, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const width = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return width > back ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}
