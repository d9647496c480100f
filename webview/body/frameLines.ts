import { jsonLines } from './jsonLines.ts';
import { line, textLines, token } from './lines.ts';
import type { Line } from './lines.ts';

const opcodes: Readonly<Record<number, string>> = {
  0: 'more',
  1: 'text',
  2: 'binary',
  8: 'close',
  9: 'ping',
  10: 'pong',
};

/** The frames of one direction of a WebSocket (RFC 6455, 5.2), one line each; unfolded, their content. Null for none. */
export function frameLines(bytes: Uint8Array): readonly Line[] | null {
  const lines: Line[] = [];
  let number = 0;
  for (let at = 0; at + 2 <= bytes.length;) {
    const [first = 0, second = 0] = bytes.subarray(at, at + 2);
    const name = opcodes[first & 0x0f];
    if (name === undefined || (first & 0x30) !== 0) return lines.length === 0 ? null : lines;
    const view = new DataView(bytes.buffer, bytes.byteOffset + at, Math.min(14, bytes.length - at));
    let length = second & 0x7f;
    let head = 2;
    if (length === 126 && view.byteLength >= 4) [length, head] = [view.getUint16(2), 4];
    else if (length === 127 && view.byteLength >= 10) [length, head] = [Number(view.getBigUint64(2)), 10];
    const masked = (second & 0x80) !== 0;
    const mask = masked ? bytes.subarray(at + head, at + head + 4) : null;
    const start = at + head + (masked ? 4 : 0);
    const content = bytes.slice(start, Math.min(bytes.length, start + length));
    if (mask !== null) content.forEach((byte, index) => (content[index] = byte ^ (mask[index % 4] ?? 0)));
    at = start + length;
    lines.push(...oneFrame(++number, name, content, (first & 0x40) !== 0, lines.length));
  }
  return lines.length === 0 ? null : lines;
}

function oneFrame(
  number: number,
  name: string,
  content: Uint8Array,
  compressed: boolean,
  start: number,
): readonly Line[] {
  const size = `${String(content.length)} bytes`;
  const isText = !compressed && (name === 'text' || name === 'more');
  const text = isText ? new TextDecoder().decode(content) : '';
  const note = compressed
    ? `${size}, compressed`
    : isText
      ? text.slice(0, 300)
      : name === 'close'
        ? closing(content)
        : size;
  const inner = isText ? (jsonLines(text, false, 1) ?? textLines(text).map((one) => ({ ...one, depth: 1 }))) : [];
  const head = line(0, token('faint', `${String(number).padStart(4)}  `), token('key', name));
  if (inner.length === 0) return [{ ...head, tokens: [...head.tokens, token('plain', `  ${note}`)] }];
  return [
    { ...head, end: start + inner.length, folded: [token('plain', `  ${note.replaceAll('\n', '⏎')}`)] },
    ...inner.map((one) => ({ ...one, end: one.end === null ? null : one.end + start + 1 })),
  ];
}

/** A code and perhaps a reason (RFC 6455, 7.1.6). */
function closing(content: Uint8Array): string {
  if (content.length < 2) return '';
  const code = ((content[0] ?? 0) << 8) | (content[1] ?? 0);
  return `${String(code)} ${new TextDecoder().decode(content.subarray(2))}`.trim();
}
