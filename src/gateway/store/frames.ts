import { constants, inflateRawSync } from 'node:zlib';

/** One message of a WebSocket, as browsers write it into HAR: text, or bytes in base64. */
export interface SocketMessage {
  readonly opcode: number;
  readonly data: string;
}

/** Messages as the bytes of their frames, unmasked (RFC 6455, 5.2). */
export function toFrames(messages: readonly SocketMessage[]): Buffer {
  return Buffer.concat(
    messages.flatMap(({ opcode, data }) => {
      const content = Buffer.from(data, opcode === 1 ? 'utf8' : 'base64');
      return [frameHead(opcode, content.length), content];
    }),
  );
}

function frameHead(opcode: number, length: number): Buffer {
  const first = 0x80 | (opcode & 0x0f);
  if (length < 126) return Buffer.from([first, length]);
  if (length < 65_536) return Buffer.from([first, 126, length >> 8, length & 0xff]);
  const head = Buffer.from([first, 127, 0, 0, 0, 0, 0, 0, 0, 0]);
  head.writeBigUInt64BE(BigInt(length), 2);
  return head;
}

/** The messages that frames of one direction carry, put together and decompressed (RFC 7692); pings left out. */
export function toMessages(bytes: Uint8Array): readonly SocketMessage[] {
  const messages: SocketMessage[] = [];
  const inflate = createInflate();
  let parts: Buffer[] = [];
  let opcode = 0;
  let compressed = false;
  for (const frame of framesOf(bytes)) {
    if (frame.opcode > 2) {
      if (frame.opcode === 8) messages.push({ opcode: 8, data: frame.content.toString('base64') });
      continue;
    }
    if (frame.opcode !== 0) [opcode, compressed, parts] = [frame.opcode, frame.compressed, []];
    parts.push(frame.content);
    if (!frame.final) continue;
    const whole = Buffer.concat(parts);
    const content = compressed ? inflate(whole) : whole;
    // What cannot be decompressed is kept as bytes.
    if (content === null || opcode !== 1) messages.push({ opcode: 2, data: (content ?? whole).toString('base64') });
    else messages.push({ opcode: 1, data: content.toString('utf8') });
  }
  return messages;
}

interface Frame {
  readonly opcode: number;
  readonly final: boolean;
  readonly compressed: boolean;
  readonly content: Buffer;
}

function* framesOf(bytes: Uint8Array): Generator<Frame> {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 2 <= all.length;) {
    const [first = 0, second = 0] = all.subarray(at, at + 2);
    let length = second & 0x7f;
    let head = 2;
    if (length === 126 && at + 4 <= all.length) [length, head] = [all.readUInt16BE(at + 2), 4];
    else if (length === 127 && at + 10 <= all.length) [length, head] = [Number(all.readBigUInt64BE(at + 2)), 10];
    const masked = (second & 0x80) !== 0;
    const start = at + head + (masked ? 4 : 0);
    if (start + length > all.length) return;
    const content = Buffer.from(all.subarray(start, start + length));
    if (masked) content.forEach((byte, index) => (content[index] = byte ^ (all[start - 4 + (index % 4)] ?? 0)));
    yield { opcode: first & 0x0f, final: (first & 0x80) !== 0, compressed: (first & 0x40) !== 0, content };
    at = start + length;
  }
}

const windowSize = 32_768;
const tail = Buffer.from([0, 0, 0xff, 0xff]);

/** Each message may refer to what earlier ones said. */
function createInflate(): (content: Buffer) => Buffer | null {
  let window = Buffer.alloc(0);
  return (content) => {
    try {
      const told = inflateRawSync(Buffer.concat([content, tail]), {
        finishFlush: constants.Z_SYNC_FLUSH,
        ...(window.length === 0 ? {} : { dictionary: window }),
      });
      window = Buffer.concat([window, told]).subarray(-windowSize);
      return told;
    } catch {
      return null;
    }
  };
}
