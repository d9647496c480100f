import { Readable } from 'node:stream';
import { wholeBodyBytes } from '../requestBody.ts';
import { createBodyReader, type BodyReader } from './bodyReader.ts';
import type { Framing } from './framing.ts';

type Tap = (bytes: Uint8Array) => void;

/** What a request's body asks of the connection that it comes in on. */
export interface BodySource {
  /** What has come in already and was not read. */
  takeRest(): Buffer | null;
  /** Feeds the body with what is put back, soon. */
  feedRest(): void;
  /** Puts back what belongs to the next request. */
  putBack(rest: Buffer): void;
  pause(): void;
  resume(): void;
  /** Says that the body may be sent, where the client waits for that. */
  start(): void;
  /** The body has been read to its end. */
  ended(): void;
}

/** One request's body on its way in. */
export class InboundBody {
  readonly #source: BodySource;
  readonly #length: number;
  readonly #reader: BodyReader;
  #tap: Tap | null = null;
  #stream: Readable | null = null;
  #complete = false;

  constructor(framing: Exclude<Framing, { readonly kind: 'none' }>, source: BodySource) {
    this.#length = framing.kind === 'sized' ? framing.length : Infinity;
    this.#reader = createBodyReader(framing);
    this.#source = source;
  }

  get isTaken(): boolean {
    return this.#tap !== null;
  }

  get isComplete(): boolean {
    return this.#complete;
  }

  get trailers(): readonly string[] {
    return this.#reader.trailers;
  }

  /** The body whole where it is here, else as it comes. */
  take(tap: Tap): Readable | Buffer {
    this.#tap = tap;
    const rest = this.#source.takeRest();
    if (rest !== null && rest.length >= this.#length && this.#length <= wholeBodyBytes) {
      const whole = rest.length === this.#length ? rest : rest.subarray(0, this.#length);
      if (rest.length > this.#length) this.#source.putBack(rest.subarray(this.#length));
      this.#complete = true;
      tap(whole);
      this.#source.ended();
      return whole;
    }
    const stream = this.#createStream();
    this.#stream = stream;
    if (rest === null) this.#source.start();
    else {
      this.#source.putBack(rest);
      this.#source.feedRest();
    }
    this.#source.resume();
    return stream;
  }

  /** Nobody wants it: what comes is read and dropped. */
  drop(): void {
    if (this.#tap !== null) return;
    this.#tap = () => undefined;
    this.#source.feedRest();
    this.#source.resume();
  }

  /** Takes bytes of the connection. Fails with a `FramingError`. */
  feed(bytes: Buffer): void {
    const end = this.#reader.read(bytes, 0, (piece) => {
      const stream = this.#stream;
      if (stream === null || stream.destroyed) return;
      this.#tap?.(piece);
      if (!stream.push(piece)) this.#source.pause();
    });
    if (end === -1) return;
    this.#complete = true;
    if (end < bytes.length) this.#source.putBack(bytes.subarray(end));
    if (this.#stream?.destroyed === false) this.#stream.push(null);
    this.#source.ended();
  }

  /** The client left, or what it sends is no body. */
  broken(error: Error): void {
    if (!this.#complete) this.#stream?.destroy(error);
  }

  #createStream(): Readable {
    const stream = new Readable({
      highWaterMark: wholeBodyBytes,
      read: () => this.#source.resume(),
      destroy: (error, done) => {
        // What is left of the body is read and dropped, so that the client gets to the answer.
        if (!this.#complete) this.#source.resume();
        done(error);
      },
    });
    // Whoever reads it hears of an error too.
    return stream.on('error', () => undefined);
  }
}
