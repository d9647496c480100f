import { line, token } from './lines.ts';
import type { Line } from './lines.ts';

/** Bytes as offset, sixteen values, and what of them is ASCII. */
export function hexLines(bytes: Uint8Array): readonly Line[] {
  const lines: Line[] = [];
  for (let offset = 0; offset < bytes.length; offset += 16) {
    const row = bytes.subarray(offset, offset + 16);
    const values = Array.from(row, (byte) => byte.toString(16).padStart(2, '0'));
    const halves = `${values.slice(0, 8).join(' ').padEnd(23)}  ${values.slice(8).join(' ').padEnd(23)}`;
    const ascii = Array.from(row, (byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : '·')).join('');
    lines.push(
      line(
        0,
        token('faint', `${offset.toString(16).padStart(8, '0')}  `),
        token('plain', halves),
        token('string', `  ${ascii}`),
      ),
    );
  }
  return lines;
}

/** The bytes of a base64 text. */
export function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index++) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
