import { line, token } from './lines.ts';
import type { Line } from './lines.ts';
import { protobufLines, type KnownMessage } from './protobufLines.ts';

/** The messages of a gRPC body: a flag and a length before each (gRPC over HTTP/2). Null where it is none. */
export function grpcLines(bytes: Uint8Array, known: KnownMessage | null = null): readonly Line[] | null {
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
    const inner = contentLines(flag, content, known);
    const head = token('key', flag === 0x80 ? 'trailers' : `message ${String(++number)}`);
    const name = known === null || flag !== 0 ? '' : `  ${known.type}`;
    const size = token('faint', `${name}  ${String(length)} bytes`);
    lines.push({ ...line(0, head, size), end: inner.length === 0 ? null : start + inner.length });
    for (const one of inner) lines.push({ ...one, end: one.end === null ? null : one.end + start + 1 });
  }
  return lines.length === 0 ? null : lines;
}

function contentLines(flag: number, content: Uint8Array, known: KnownMessage | null): readonly Line[] {
  if (flag === 0) return protobufLines(content, 1, known) ?? [];
  if (flag !== 0x80) return [line(1, token('faint', 'compressed'))];
  const texts = new TextDecoder().decode(content).trim().split(/\r?\n/);
  return texts.map((text) => line(1, token('plain', text)));
}
