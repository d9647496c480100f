import { line, token } from './lines.ts';
import type { Line } from './lines.ts';

/** Messages inside messages that are opened. */
const deepest = 12;

/** Protocol Buffers by their wire format alone: field numbers, and what the values look like. Null where it is none. */
export function protobufLines(bytes: Uint8Array, depth = 0): readonly Line[] | null {
  const lines: Line[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = varint(bytes, at);
    if (tag === null) return null;
    at = tag.end;
    const number = Number(tag.value >> 3n);
    if (number === 0 || number > 536_870_911) return null;
    const name = token('key', `${String(number)}: `);
    switch (Number(tag.value & 7n)) {
      case 0: {
        const value = varint(bytes, at);
        if (value === null) return null;
        at = value.end;
        lines.push(line(depth, name, token('number', String(value.value))));
        break;
      }
      case 1:
      case 5: {
        const width = (tag.value & 7n) === 1n ? 8 : 4;
        if (at + width > bytes.length) return null;
        const view = new DataView(bytes.buffer, bytes.byteOffset + at, width);
        const whole = width === 8 ? view.getBigUint64(0, true) : BigInt(view.getUint32(0, true));
        const float = width === 8 ? view.getFloat64(0, true) : view.getFloat32(0, true);
        lines.push(line(depth, name, token('number', String(whole)), token('faint', `  float ${String(float)}`)));
        at += width;
        break;
      }
      case 2: {
        const length = varint(bytes, at);
        if (length === null || length.end + Number(length.value) > bytes.length) return null;
        const content = bytes.subarray(length.end, length.end + Number(length.value));
        at = length.end + content.length;
        lines.push(...delimited(name.text, content, depth, lines.length));
        break;
      }
      default:
        return null;
    }
  }
  return lines;
}

/** Text where it is text, else a message where it can be one, else bytes. `start` is where its lines begin. */
function delimited(name: string, content: Uint8Array, depth: number, start: number): readonly Line[] {
  const text = readable(content);
  if (text !== null) return [line(depth, token('key', name), token('string', JSON.stringify(text)))];
  const inner = depth < deepest && content.length > 0 ? protobufLines(content, depth + 1) : null;
  if (inner !== null) {
    const open = line(depth, token('key', name), token('punctuation', '{'));
    const shifted = inner.map((one) => ({ ...one, end: one.end === null ? null : one.end + start + 1 }));
    const end = start + inner.length + 1;
    return [
      { ...open, end, folded: [token('faint', ` ${String(inner.length)} … `), token('punctuation', '}')] },
      ...shifted,
      line(depth, token('punctuation', '}')),
    ];
  }
  const hex = Array.from(content.subarray(0, 64), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return [line(depth, token('key', name), token('plain', hex), token('faint', ` ${String(content.length)} bytes`))];
}

function readable(content: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

function varint(bytes: Uint8Array, start: number): { readonly value: bigint; readonly end: number } | null {
  let value = 0n;
  for (let at = start; at < bytes.length && at < start + 10; at++) {
    const byte = bytes[at] ?? 0;
    value |= BigInt(byte & 0x7f) << BigInt(7 * (at - start));
    if (byte < 0x80) return { value, end: at + 1 };
  }
  return null;
}

/** The messages of a gRPC body: a flag and a length before each (gRPC over HTTP/2). Null where it is none. */
export function grpcLines(bytes: Uint8Array): readonly Line[] | null {
  const lines: Line[] = [];
  let number = 0;
  for (let at = 0; at + 5 <= bytes.length;) {
    const flag = bytes[at] ?? 0;
    const length = new DataView(bytes.buffer, bytes.byteOffset + at + 1, 4).getUint32(0);
    // 0x80 is the trailers of gRPC-Web.
    if ((flag & 0x7e) !== 0 || at + 5 + length > bytes.length) return null;
    const content = bytes.subarray(at + 5, at + 5 + length);
    at += 5 + length;
    const start = lines.length;
    const inner =
      flag === 0
        ? (protobufLines(content, 1) ?? [])
        : flag === 0x80
          ? new TextDecoder()
              .decode(content)
              .trim()
              .split(/\r?\n/)
              .map((text) => line(1, token('plain', text)))
          : [line(1, token('faint', 'compressed'))];
    const head = token('key', flag === 0x80 ? 'trailers' : `message ${String(++number)}`);
    const size = token('faint', `  ${String(length)} bytes`);
    lines.push({ ...line(0, head, size), end: inner.length === 0 ? null : start + inner.length });
    for (const one of inner) lines.push({ ...one, end: one.end === null ? null : one.end + start + 1 });
  }
  return lines.length === 0 ? null : lines;
}
