import type { Readable, Writable } from 'node:stream';
import type { EventBatch } from '../store/eventBatch.ts';

/** Stands in place of a batch's length before the number of a turn. */
const turnMark = 0xffff_ffff;

/** Writes a batch of events to the pipe that leads to the recording. */
export function writeBatch(pipe: Writable, { buffer, length }: EventBatch): void {
  const head = Buffer.allocUnsafe(4);
  head.writeUInt32LE(length);
  pipe.cork();
  pipe.write(head);
  pipe.write(Buffer.from(buffer, 0, length));
  pipe.uncork();
}

/** Answers a turn, behind all that was written before. */
export function writeTurn(pipe: Writable, turn: number): void {
  const bytes = Buffer.allocUnsafe(8);
  bytes.writeUInt32LE(turnMark);
  bytes.writeUInt32LE(turn, 4);
  pipe.write(bytes);
}

/** Reads what the other two write. What a worker that died has not written whole is left out. */
export function readPipe(
  pipe: Readable,
  to: { batch(batch: EventBatch): void; turn(turn: number): void; ended(): void },
): void {
  const head = Buffer.alloc(4);
  let headLength = 0;
  let wanted: 'head' | 'turn' | 'batch' = 'head';
  let body = Buffer.alloc(0);
  let filled = 0;
  const take = (bytes: Buffer): void => {
    let at = 0;
    while (at < bytes.length) {
      if (wanted === 'batch') {
        const count = bytes.copy(body, filled, at);
        [filled, at] = [filled + count, at + count];
        if (filled < body.length) continue;
        wanted = 'head';
        to.batch({ buffer: body.buffer, length: body.length });
        continue;
      }
      const count = bytes.copy(head, headLength, at);
      [headLength, at] = [headLength + count, at + count];
      if (headLength < 4) continue;
      headLength = 0;
      const value = head.readUInt32LE();
      if (wanted === 'turn') {
        wanted = 'head';
        to.turn(value);
      } else if (value === turnMark) wanted = 'turn';
      else {
        wanted = 'batch';
        // A buffer of its own, as it is handed over to the recording thread.
        body = Buffer.from(new ArrayBuffer(value));
        filled = 0;
      }
    }
  };
  pipe.on('data', take).on('error', () => undefined);
  pipe.once('close', () => to.ended());
}
