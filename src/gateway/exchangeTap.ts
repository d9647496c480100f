import { headerValue, type ExchangeId, type ExchangeState, type Failure, type HeaderList } from '../shared/exchange.ts';
import type { BodyFilter } from './guardrails/bodyFilter.ts';
import type { Opening } from './engine.ts';
import type { Change, ClientSide, StageHead } from '../shared/stages.ts';
import type { CaptureEvent, RawAttempt, RequestTarget } from './parts.ts';

export type Begin = Omit<Extract<CaptureEvent, { type: 'begin' }>, 'type'>;

/**
 * Watches one exchange pass and tells the recording. Bytes are shown as they are: the recording copies what it keeps.
 */
export class ExchangeTap {
  readonly id: ExchangeId;
  /** The status that the client was answered. */
  status: number | null = null;
  /** What the log may have of answers; null where it may have all. */
  veil: ((contentType: string) => BodyFilter | null) | null = null;
  #filter: BodyFilter | null = null;
  readonly #record: ((event: CaptureEvent) => void) | null;
  readonly #readAt: number;
  #requestSize = 0;
  #responseSize = 0;
  #opening: Opening | null = null;
  #sentAt: number | null = null;
  #answeredAt: number | null = null;
  #over = false;
  /** Whether the end waits, and the end once it is there. */
  #held = false;
  #waiting: CaptureEvent | null = null;

  /** `record` is null where nothing is recorded; `readAt` is when the request's head was read. */
  constructor(begin: Begin, readAt: number, record: ((event: CaptureEvent) => void) | null) {
    this.id = begin.id;
    this.#record = record;
    this.#readAt = readAt;
    record?.({ type: 'begin', ...begin });
  }

  requestData(bytes: Uint8Array): void {
    if (this.#over) return;
    this.#requestSize += bytes.byteLength;
    this.#record?.({ type: 'requestData', id: this.id, bytes });
  }

  attempt(attempt: RawAttempt): void {
    if (!this.#over) this.#record?.({ type: 'attempt', id: this.id, attempt });
  }

  /** The request goes out anew: its body is told anew as well. */
  target(target: RequestTarget): void {
    this.#requestSize = 0;
    if (!this.#over) this.#record?.({ type: 'target', id: this.id, ...target });
  }

  /** The client's side, where it is not the upstream's. */
  stage(head: StageHead): void {
    if (this.#listens) this.#record?.({ type: 'stage', id: this.id, head });
  }

  stageData(side: ClientSide, bytes: Uint8Array): void {
    if (this.#listens) this.#record?.({ type: `${side}Data`, id: this.id, bytes });
  }

  change(change: Change): void {
    if (this.#listens) this.#record?.({ type: 'change', id: this.id, change });
  }

  /** Until what comes back is called, the end is not told: the client's answer may come after the upstream's. */
  hold(): () => void {
    this.#held = true;
    return () => {
      this.#held = false;
      if (this.#waiting !== null) this.#record?.(this.#waiting);
      this.#waiting = null;
    };
  }

  get #listens(): boolean {
    return !this.#over || this.#waiting !== null;
  }

  sent(opening: Opening | null): void {
    this.#sentAt = performance.now();
    this.#opening = opening;
  }

  response(status: number, reason: string, headers: HeaderList): void {
    this.status = status;
    this.#filter = this.veil?.(headerValue(headers, 'content-type') ?? '') ?? null;
    this.#answeredAt = performance.now();
    this.#record?.({ type: 'response', id: this.id, status, reason, httpVersion: '1.1', headers });
  }

  /** Whether bytes of the answer may be looked at after they were shown. */
  get keepsAnswer(): boolean {
    return this.#filter !== null;
  }

  responseData(bytes: Uint8Array): void {
    if (this.#over) return;
    this.#responseSize += bytes.byteLength;
    this.#tellAnswer(this.#filter === null ? bytes : this.#filter.push(bytes));
  }

  #tellAnswer(bytes: Uint8Array): void {
    if (bytes.byteLength > 0) this.#record?.({ type: 'responseData', id: this.id, bytes });
  }

  /** The first end counts. Returns whether this was it. */
  end(state: Exclude<ExchangeState, 'open'>, failure: Failure | null = null, trailers: HeaderList = []): boolean {
    if (this.#over) return false;
    if (this.#filter !== null) this.#tellAnswer(this.#filter.end());
    this.#over = true;
    const now = performance.now();
    const { connect, tls } = this.#opening ?? { connect: null, tls: null };
    const sent = this.#sentAt;
    const answered = this.#answeredAt;
    const end: CaptureEvent = {
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
    };
    if (this.#held) this.#waiting = end;
    else this.#record?.(end);
    return true;
  }
}

function rounded<Milliseconds extends number | null>(value: Milliseconds): Milliseconds | number {
  return value === null ? value : Math.round(value * 1000) / 1000;
}
