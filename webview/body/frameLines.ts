import type { Arrival } from '../../src/shared/exchange.ts';
import { arrivalTimes, sinceBegin } from './arrivalTimes.ts';
import type { Moment } from './arrivalTimes.ts';
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

/** One frame of a WebSocket (RFC 6455, 5.2). */
interface Frame {
  readonly name: string;
  readonly content: Uint8Array;
  readonly compressed: boolean;
  /** The place of its last byte. */
  readonly last: number;
}

/** What was sent the other way, and when each piece came. */
export interface Conversation {
  /** From the client. */
  readonly sent: Uint8Array;
  readonly arrivals: readonly Arrival[];
}

/** The frames of one direction, one line each; unfolded, their content. Null for none. */
export function frameLines(bytes: Uint8Array): readonly Line[] | null {
  const lines: Line[] = [];
  readFrames(bytes).forEach((frame, index) => lines.push(...oneFrame(index + 1, frame, null, lines.length)));
  return lines.length === 0 ? null : lines;
}

/** The frames of both directions in the order in which they came. Null for none. */
export function conversationLines(received: Uint8Array, { sent, arrivals }: Conversation): readonly Line[] | null {
  const timed = ([bytes, side]: readonly [Uint8Array, 0 | 1]): readonly TimedFrame[] => {
    const momentAt = arrivalTimes(arrivals, side);
    return readFrames(bytes).map((frame) => ({ frame, side, moment: momentAt(frame.last) }));
  };
  const order = ({ moment }: TimedFrame): number => moment?.order ?? Infinity;
  const all = [[sent, 0] as const, [received, 1] as const].flatMap(timed);
  const lines: Line[] = [];
  all
    .sort((one, other) => (order(one) === order(other) ? 0 : order(one) - order(other)))
    .forEach((one, index) => lines.push(...oneFrame(index + 1, one.frame, one, lines.length)));
  return lines.length === 0 ? null : lines;
}

interface TimedFrame {
  readonly frame: Frame;
  readonly side: 0 | 1;
  readonly moment: Moment | null;
}

function readFrames(bytes: Uint8Array): readonly Frame[] {
  const frames: Frame[] = [];
  for (let at = 0; at + 2 <= bytes.length;) {
    const [first = 0, second = 0] = bytes.subarray(at, at + 2);
    const name = opcodes[first & 0x0f];
    if (name === undefined || (first & 0x30) !== 0) return frames;
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
    frames.push({ name, content, compressed: (first & 0x40) !== 0, last: at - 1 });
  }
  return frames;
}

function oneFrame(
  number: number,
  { name, content, compressed }: Frame,
  timed: TimedFrame | null,
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
  const counted = [token('faint', `${String(number).padStart(4)}  `)];
  const way = timed === null ? [] : [token(timed.side === 0 ? 'keyword' : 'string', timed.side === 0 ? '↑ ' : '↓ ')];
  const when = timed?.moment == null ? [] : [token('faint', `  ${sinceBegin(timed.moment)}`)];
  const head = line(0, ...counted, ...way, token('key', name), ...when);
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
