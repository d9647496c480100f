import type { ExchangeId } from '../../shared/exchange.ts';
import type { Side } from '../../shared/protocol.ts';
import type { ClientSide } from '../../shared/stages.ts';
import type { CaptureEvent } from '../parts.ts';

/** What goes into a batch: capture events, that a forwarding process was lost, body bytes that were counted but not kept, and the end of such a body. */
export type BatchEvent =
  | CaptureEvent
  | { readonly type: 'workerLost'; readonly worker: string }
  | { readonly type: 'responseTail'; readonly id: ExchangeId; readonly text: string }
  | { readonly type: `${BodySide}Skipped`; readonly id: ExchangeId; readonly count: number };

/** What of it is about one exchange. */
export type RecordedEvent = Exclude<BatchEvent, { readonly type: 'workerLost' }>;

/** All bodies that are recorded. */
export type BodySide = Side | ClientSide;
type DataEvent = CaptureEvent & { readonly type: `${BodySide}Data` };

/** Events packed into one buffer: to hand over a buffer costs a fraction of cloning as many objects. */
export interface EventBatch {
  readonly buffer: ArrayBuffer;
  /** Bytes of the buffer that are used. */
  readonly length: number;
  /** Most of it is of long bodies, which the recording thread only passes on. */
  readonly long?: boolean;
}

/** Bytes before each event: kind, length of its text, length of its data. */
const frameSize = 9;
const kinds = { json: 0, requestData: 1, responseData: 2, clientRequestData: 3, clientResponseData: 4 } as const;
const dataTypes = ['requestData', 'responseData', 'clientRequestData', 'clientResponseData'] as const;

/** A batch being filled. */
export interface BatchWriter {
  readonly length: number;
  add(event: BatchEvent): void;
  /** Empties the writer; null where nothing was added. */
  take(): EventBatch | null;
}

/** `size` is the usual capacity of a batch in bytes; a bigger event makes a bigger batch. */
export function createBatchWriter(size: number): BatchWriter {
  let buffer = Buffer.alloc(0);
  let length = 0;

  const reserve = (bytes: number): void => {
    if (length + bytes <= buffer.length) return;
    // Its own memory, to be handed over, and not cleared first: each byte that is sent on is written.
    const grown = Buffer.allocUnsafeSlow(length === 0 ? Math.max(size, bytes) : (length + bytes) * 2);
    grown.set(buffer.subarray(0, length));
    buffer = grown;
  };

  return {
    get length() {
      return length;
    },
    add: (event) => {
      const isData = isDataEvent(event);
      const text = isData ? event.id : JSON.stringify(event);
      const data = isData ? event.bytes : nothing;
      // A UTF-16 unit takes three bytes of UTF-8 at most.
      reserve(frameSize + text.length * 3 + data.length);
      const textLength = buffer.write(text, length + frameSize, 'utf8');
      buffer.writeUInt8(isData ? kinds[event.type] : kinds.json, length);
      buffer.writeUInt32LE(textLength, length + 1);
      buffer.writeUInt32LE(data.length, length + 5);
      buffer.set(data, length + frameSize + textLength);
      length += frameSize + textLength + data.length;
    },
    take: () => {
      if (length === 0) return null;
      // Trimmed: many batches may wait, and what is not used would wait with them.
      const batch: EventBatch = { buffer: trimmed(buffer.buffer, length), length };
      buffer = Buffer.alloc(0);
      length = 0;
      return batch;
    },
  };
}

const nothing = new Uint8Array(0);

function trimmed(buffer: ArrayBuffer, length: number): ArrayBuffer {
  // To move it costs more than the little that would be saved.
  return length > buffer.byteLength * 0.9 ? buffer : buffer.transfer(length);
}

/** Whether an event brings bytes of a body. */
export function isDataEvent(event: BatchEvent): event is DataEvent {
  return 'bytes' in event;
}

/** The events of a batch, in order. Their bytes are views of the batch. */
export function* readBatch({ buffer, length }: EventBatch): Generator<BatchEvent> {
  const bytes = Buffer.from(buffer, 0, length);
  let at = 0;
  while (at < length) {
    const kind = bytes.readUInt8(at);
    const dataStart = at + frameSize + bytes.readUInt32LE(at + 1);
    const dataEnd = dataStart + bytes.readUInt32LE(at + 5);
    const text = bytes.toString('utf8', at + frameSize, dataStart);
    at = dataEnd;
    if (kind === kinds.json) yield JSON.parse(text) as BatchEvent;
    else {
      const type = dataTypes[kind - 1] ?? 'requestData';
      yield { type, id: text as ExchangeId, bytes: bytes.subarray(dataStart, dataEnd) };
    }
  }
}
