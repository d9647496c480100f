import type { Writable } from 'node:stream';
import type { GatewaySettings } from '../../shared/settings.ts';
import type { CaptureEvent } from '../parts.ts';
import { createBatchWriter } from '../store/eventBatch.ts';
import { createIntake } from '../store/intake.ts';
import { writeBatch, writeTurn } from './eventPipe.ts';

/** Milliseconds that events wait for others to go with them, and bytes at which they go at once. */
const batchDelay = 8;
const batchSize = 65_536;

/** A worker's way to the recording thread. */
export interface EventSender {
  readonly record: (event: CaptureEvent) => void;
  configure(settings: GatewaySettings): void;
  /** Bytes that wait in the gateway's own process. */
  noteBacklog(backlog: number, waiting: number): void;
  /** Answers a turn behind all that was recorded. */
  answer(turn: number): void;
  flush(): void;
}

/** `onLeftOut` hears of calls that came faster than they could be recorded. */
export function createEventSender(pipe: Writable, onLeftOut: (count: number) => void): EventSender {
  const writer = createBatchWriter(batchSize);
  const intake = createIntake((event) => writer.add(event), onLeftOut);
  let behind = { backlog: 0, waiting: 0 };
  let timer: NodeJS.Timeout | null = null;
  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const batch = writer.take();
    if (batch !== null) writeBatch(pipe, batch);
  };
  return {
    flush,
    record: (event) => {
      const here = writer.length + pipe.writableLength;
      intake.take(event, behind.backlog + here, behind.waiting + here);
      if (writer.length >= batchSize) flush();
      else if (writer.length > 0) timer ??= setTimeout(flush, batchDelay);
    },
    configure: ({ maxBodyBytes, bodyFileBytes, capture, captureHosts }) => {
      intake.limitBodies(maxBodyBytes === 0 ? 0 : Math.max(maxBodyBytes, bodyFileBytes), maxBodyBytes);
      intake.accept(capture);
      intake.limitHosts(captureHosts);
    },
    noteBacklog: (backlog, waiting) => (behind = { backlog, waiting }),
    answer: (turn) => {
      flush();
      writeTurn(pipe, turn);
    },
  };
}
