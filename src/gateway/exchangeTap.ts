import type { ExchangeId, ExchangeState, Failure, HeaderList } from '../shared/exchange.ts';
import type { Opening } from './engine.ts';
import type { CaptureEvent } from './parts.ts';

export type Begin = Omit<Extract<CaptureEvent, { type: 'begin' }>, 'type'>;

/**
 * Watches one exchange pass and tells the recording thread. Bytes are copied, as the originals are still on their way
 * out, and only as many as are kept; beyond that they are counted.
 */
export class ExchangeTap {
  readonly id: ExchangeId;
  /** The status that the client was answered. */
  status: number | null = null;
  readonly #record: ((event: CaptureEvent) => void) | null;
  readonly #keep: number;
  readonly #readAt: number;
  #requestSize = 0;
  #responseSize = 0;
  #opening: Opening | null = null;
  #sentAt: number | null = null;
  #answeredAt: number | null = null;
  #over = false;

  /** `record` is null where nothing is recorded; `readAt` is when the request's head was read. */
  constructor(begin: Begin, readAt: number, keep: number, record: ((event: CaptureEvent) => void) | null) {
    this.id = begin.id;
    this.#record = record;
    this.#keep = keep;
    this.#readAt = readAt;
    record?.({ type: 'begin', ...begin });
  }

  requestData(bytes: Uint8Array): void {
    if (this.#over) return;
    const kept = this.#kept(bytes, this.#requestSize);
    this.#requestSize += bytes.byteLength;
    if (kept !== null) this.#record?.({ type: 'requestData', id: this.id, bytes: kept });
  }

  sent(opening: Opening | null): void {
    this.#sentAt = performance.now();
    this.#opening = opening;
  }

  response(status: number, reason: string, headers: HeaderList): void {
    this.status = status;
    this.#answeredAt = performance.now();
    this.#record?.({ type: 'response', id: this.id, status, reason, httpVersion: '1.1', headers });
  }

  responseData(bytes: Uint8Array): void {
    if (this.#over) return;
    const kept = this.#kept(bytes, this.#responseSize);
    this.#responseSize += bytes.byteLength;
    if (kept !== null) this.#record?.({ type: 'responseData', id: this.id, bytes: kept });
  }

  /** The first end counts. Returns whether this was it. */
  end(state: Exclude<ExchangeState, 'open'>, failure: Failure | null = null, trailers: HeaderList = []): boolean {
    if (this.#over) return false;
    this.#over = true;
    const now = performance.now();
    const { connect, tls } = this.#opening ?? { connect: null, tls: null };
    const sent = this.#sentAt;
    const answered = this.#answeredAt;
    this.#record?.({
      type: 'end',
      id: this.id,
      state,
      failure,
      trailers,
      requestSize: this.#requestSize,
      responseSize: this.#responseSize,
      timing: {
        queue: sent === null ? null : rounded(Math.max(0, sent - this.#readAt - (connect ?? 0) - (tls ?? 0))),
        connect: rounded(connect),
        tls: rounded(tls),
        firstByte: sent === null || answered === null ? null : rounded(answered - sent),
        download: answered === null ? null : rounded(now - answered),
        total: rounded(now - this.#readAt),
      },
    });
    return true;
  }

  /** A copy of what is still to be kept, or null. */
  #kept(bytes: Uint8Array, before: number): Uint8Array | null {
    const room = this.#keep - before;
    if (this.#record === null || room <= 0 || bytes.byteLength === 0) return null;
    return new Uint8Array(bytes.byteLength <= room ? bytes : bytes.subarray(0, room));
  }
}

function rounded<Milliseconds extends number | null>(value: Milliseconds): Milliseconds | number {
  return value === null ? value : Math.round(value * 1000) / 1000;
}
