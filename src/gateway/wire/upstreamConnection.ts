import type { Socket } from 'node:net';
import type { Connection } from '../connector.ts';
import type { Opening, UpstreamListener, UpstreamRequest } from '../engine.ts';
import { createBodyReader, type BodyReader } from './bodyReader.ts';
import { enterGathering, leaveGathering } from './gathered.ts';
import type { Loan } from './loans.ts';
import { readJoined } from './readJoined.ts';
import { requestText } from './requestText.ts';
import { findResponseHead, type ResponseHead } from './responseHead.ts';
import type { ReadSink } from './sharedReads.ts';
import { startUpload, type Upload } from './upload.ts';
import { WireError } from './wireError.ts';

/** An answer that announces itself more often than this never comes. */
const mostInterim = 64;
/** Small bodies go out in one piece with their heads. */
const mostJoined = 64 * 1024;
/** Milliseconds that an idle connection is kept where the upstream does not tell; and before the time that it tells. */
const usualIdle = 4000;
const idleMargin = 1000;

/** Who waits for an answer. */
export interface Waiting {
  readonly request: UpstreamRequest;
  readonly listener: UpstreamListener;
  /** The connection broke before anything of an answer came: takes the request back, to send it again. */
  lost(error: Error): boolean;
  /** It needs the connection no more. */
  over(): void;
}

/** One connection to an upstream, for one request at a time. */
export class UpstreamConnection {
  readonly #socket: Socket;
  readonly #sink: ReadSink | null;
  readonly #onIdle: (connection: UpstreamConnection) => void;
  #opening: Opening | null;
  #waiting: Waiting | null = null;
  #upload: Upload | null = null;
  #head: ResponseHead | null = null;
  #reader: BodyReader | null = null;
  #rest: Buffer | null = null;
  #interim = 0;
  #served = 0;
  /** When to look what is the matter, on the clock of `performance.now()`. */
  #deadline = Infinity;
  #usable = true;
  /** Whether a protocol that it was changed to owns it. */
  isGivenAway = false;

  /** `onIdle` hears when it is free for another request. */
  constructor({ socket, opening, sink }: Connection, onIdle: (connection: UpstreamConnection) => void) {
    this.#socket = socket;
    this.#opening = opening;
    this.#sink = sink;
    this.#onIdle = onIdle;
    if (sink === null) socket.on('data', this.#take);
    else sink.take = this.#take;
    socket.on('end', this.#ended).on('error', this.#broken).on('close', this.#closed);
    // Behind a proxy it rests since the proxy's answer.
    socket.on('drain', this.#drained).resume();
  }

  get isUsable(): boolean {
    return this.#usable && this.#waiting === null && !this.#socket.destroyed && this.#socket.writable;
  }

  /** Sends a request. */
  send(waiting: Waiting): void {
    const { request, listener } = waiting;
    const { body, api } = request;
    let text;
    try {
      text = requestText(request);
    } catch (error) {
      this.#onIdle(this);
      waiting.over();
      listener.failed(new WireError('request_invalid', String(error), { cause: error }));
      return;
    }
    this.#waiting = waiting;
    this.#served++;
    this.#interim = 0;
    listener.sent(this.#opening);
    this.#opening = null;
    this.#deadline = performance.now() + api.timeouts.firstByte * 1000;
    const socket = this.#socket;
    if (Buffer.isBuffer(body) && body.length <= mostJoined) {
      const whole = Buffer.allocUnsafe(text.head.length + body.length);
      whole.write(text.head, 0, 'latin1');
      whole.set(body, text.head.length);
      socket.write(whole);
      return;
    }
    socket.write(text.head, 'latin1');
    if (Buffer.isBuffer(body)) socket.write(body);
    else if (body !== null)
      this.#upload = startUpload(
        body,
        socket,
        text.isChunked,
        () => request.trailers?.() ?? [],
        (error) => this.#fail(error),
      );
  }

  resume(): void {
    this.#socket.resume();
    this.#expectMore();
  }

  /** Ends it, whatever is under way. */
  destroy(): void {
    this.#waiting = null;
    this.#usable = false;
    this.#upload?.stop();
    this.#socket.destroy();
  }

  /** Whether it has been idle for too long, or its answer is late. */
  check(now: number): void {
    if (now < this.#deadline) return;
    const waiting = this.#waiting;
    if (waiting === null) {
      this.destroy();
      return;
    }
    const { firstByte, idle } = waiting.request.api.timeouts;
    // A client that is slow to send is not the upstream's fault.
    if (this.#upload?.isComplete === false && this.#socket.writableLength === 0)
      this.#deadline = now + firstByte * 1000;
    else if (this.#head === null) this.#fail(new WireError('answer_late', `No answer within ${firstByte} s.`));
    // It is the client that rests.
    else if (this.#socket.isPaused()) this.#deadline = now + idle * 1000;
    else this.#fail(new WireError('answer_silent', `Nothing came for ${idle} s.`));
  }

  readonly #take = (bytes: Buffer, loan?: Loan): void => {
    enterGathering();
    try {
      this.#read(bytes, loan);
    } catch (error) {
      // What one answer does to whoever hears it must not take the others along.
      this.#fail(error instanceof Error ? error : new Error(String(error)));
    } finally {
      leaveGathering();
    }
  };

  #read(bytes: Buffer, loan: Loan | undefined): void {
    const waiting = this.#waiting;
    if (waiting === null) {
      // Nobody asked for it: it must not become the answer to the next request.
      this.destroy();
      return;
    }
    if (this.#reader !== null) {
      this.#expectMore();
      this.#readBody(waiting, bytes, loan);
      return;
    }
    this.#rest = this.#rest === null ? bytes : Buffer.concat([this.#rest, bytes]);
    this.#readHead(waiting, this.#rest);
  }

  #readHead(waiting: Waiting, bytes: Buffer): void {
    const found = findResponseHead(bytes, waiting.request.method);
    if (found === null) return;
    if (typeof found === 'string') {
      this.#invalid(found);
      return;
    }
    const { head, end } = found;
    const rest = bytes.length === end ? null : bytes.subarray(end);
    this.#rest = rest;
    if (head.status === 101) this.#upgrade(waiting, head);
    else if (head.status >= 200) this.#begin(waiting, head);
    else if (++this.#interim > mostInterim) this.#invalid('it announces itself without end');
    else {
      waiting.listener.informed(head.status, head.fields);
      if (rest !== null && this.#waiting === waiting) this.#readHead(waiting, rest);
    }
  }

  #begin(waiting: Waiting, head: ResponseHead): void {
    this.#head = head;
    this.#expectMore();
    const rest = this.#rest;
    this.#rest = null;
    waiting.listener.answered(head.status, head.reason, head.fields);
    // Whoever was answered may have let go of it.
    if (this.#waiting !== waiting) return;
    if (head.framing.kind === 'none') {
      this.#end(waiting, rest, []);
      return;
    }
    this.#reader = createBodyReader(head.framing);
    if (rest !== null) this.#readBody(waiting, rest);
  }

  #readBody(waiting: Waiting, bytes: Buffer, loan?: Loan): void {
    const reader = this.#reader;
    if (reader === null) return;
    const { data, end, wrong } = readJoined(reader, bytes);
    try {
      if (data !== null && !waiting.listener.received(data, loan)) this.#socket.pause();
      if (wrong !== null) throw wrong;
    } catch (error) {
      this.#invalid(error instanceof Error ? error.message : String(error));
      return;
    }
    if (end !== -1 && this.#waiting === waiting)
      this.#end(waiting, end < bytes.length ? bytes.subarray(end) : null, reader.trailers);
  }

  /** The answer is here. `rest` is what came behind it, which nobody asked for. */
  #end(waiting: Waiting, rest: Buffer | null, trailers: readonly string[]): void {
    const head = this.#head;
    const isFree = rest === null && head?.keepsAlive === true && this.#isAllSent();
    const { body } = waiting.request;
    if (this.#upload?.isComplete === false) {
      this.#upload.stop();
      // The rest of the upload is of no use to anybody.
      if (body !== null && !Buffer.isBuffer(body)) body.destroy();
    }
    [this.#upload, this.#waiting] = [null, null];
    [this.#head, this.#reader] = [null, null];
    if (isFree) {
      this.#deadline = performance.now() + (head.idleFor === null ? usualIdle : head.idleFor - idleMargin);
      if (this.#socket.isPaused()) this.#socket.resume();
      this.#onIdle(this);
    } else this.destroy();
    waiting.over();
    waiting.listener.ended(trailers);
  }

  #upgrade(waiting: Waiting, head: ResponseHead): void {
    if (waiting.request.upgrade === null) {
      this.#invalid('it changes to a protocol that nobody asked for');
      return;
    }
    const socket = this.#socket;
    if (this.#sink !== null) this.#sink.take = null;
    socket.off('data', this.#take).off('end', this.#ended).off('error', this.#broken).off('close', this.#closed);
    socket.off('drain', this.#drained);
    socket.pause();
    if (this.#rest !== null) socket.unshift(this.#rest);
    this.#rest = null;
    this.#waiting = null;
    this.#usable = false;
    this.isGivenAway = true;
    this.#deadline = Infinity;
    waiting.over();
    waiting.listener.upgraded(head.status, head.reason, head.fields, socket);
  }

  #expectMore(): void {
    const waiting = this.#waiting;
    if (waiting !== null && this.#head !== null)
      this.#deadline = performance.now() + waiting.request.api.timeouts.idle * 1000;
  }

  #isAllSent(): boolean {
    return this.#upload?.isComplete !== false && this.#socket.writableLength === 0;
  }

  #invalid(why: string): void {
    this.#fail(new WireError('answer_invalid', why));
  }

  #fail(error: Error): void {
    const waiting = this.#waiting;
    const answered = this.#head !== null || this.#rest !== null || this.#interim > 0;
    this.destroy();
    if (waiting === null) return;
    waiting.over();
    const isDropped = !(error instanceof WireError) || error.code === 'closed_early';
    // Only one that has served before may have been closed meanwhile.
    if (!(isDropped && !answered && this.#served > 1 && waiting.lost(error))) waiting.listener.failed(error);
  }

  readonly #ended = (): void => {
    const waiting = this.#waiting;
    if (waiting !== null && this.#head?.framing.kind === 'untilClose') this.#end(waiting, null, []);
    else this.#closed();
  };

  readonly #broken = (error: Error): void => this.#fail(error);

  readonly #closed = (): void =>
    this.#fail(new WireError('closed_early', 'The connection was closed before the answer was complete.'));

  readonly #drained = (): void => {
    const waiting = this.#waiting;
    if (waiting !== null && this.#head === null)
      this.#deadline = performance.now() + waiting.request.api.timeouts.firstByte * 1000;
    this.#upload?.drained();
  };
}
