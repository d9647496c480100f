import type { Socket } from 'node:net';
import type { Inbound, Reply, Tunnel } from '../engine.ts';
import { toHeaderList } from '../headers.ts';
import { wrongChunks } from './chunkedReader.ts';
import { hasToken } from './fields.ts';
import { InboundBody, type BodySource } from './inboundBody.ts';
import { longestHead, readRequestHead, wrongSoFar, type Malformed, type RequestHead } from './requestHead.ts';
import { destroyWhenQuiet } from './quiet.ts';
import { refusal } from './refusal.ts';
import { servedOn } from './served.ts';
import type { ReadSink } from './sharedReads.ts';
import { WireReply, type ReplyPath } from './wireReply.ts';

/** Hands a request over. May not throw. */
export type Handle = (inbound: Inbound, reply: Reply) => void;

/** Milliseconds after which a head has to be here, an idle connection ends, and one that was ended is given up. */
const limits = { head: 60_000, idle: 75_000, closing: 2000 } as const;

/** Most heads are shorter; what lies behind them need not be turned into characters. */
const usualHead = 4096;

type State = 'idle' | 'head' | 'busy' | 'tunnel' | 'closing';

/** A client's connection: requests in, one after the other, and their answers out in the same order. */
export class ClientConnection implements BodySource, ReplyPath {
  readonly socket: Socket;
  readonly #sink: ReadSink | null;
  readonly #origin: string | null;
  readonly #handle: Handle;
  readonly #port: number;
  #state: State = 'idle';
  #since = performance.now();
  #rest: Buffer | null = null;
  #ordinal: number;
  #body: InboundBody | null = null;
  #reply: WireReply | null = null;
  #expects = false;
  #paused = false;
  #reading = false;
  /** Whether the client has ended its side. */
  #saidAll = false;
  #isLast = false;

  constructor(socket: Socket, sink: ReadSink | null, tunnel: Tunnel | null, handle: Handle) {
    this.socket = socket;
    this.#sink = sink;
    this.#origin = tunnel?.origin ?? null;
    this.#handle = handle;
    this.#ordinal = servedOn(socket);
    this.#port = tunnel?.clientPort ?? socket.remotePort ?? 0;
    // What ends with it hears of its close.
    socket.on('end', this.#ended).on('error', () => undefined);
    socket.on('drain', () => this.#reply?.drained());
    socket.on('close', () => {
      this.#body?.broken(new Error('The client left.'));
      this.#reply?.gone();
    });
  }

  /** Begins to read, with what somebody has put back first. */
  begin(): void {
    const before = this.socket.read() as Buffer | null;
    if (this.#sink === null) this.socket.on('data', this.#take);
    else this.#sink.take = this.#take;
    if (before !== null) this.#take(before);
    this.socket.resume();
  }

  /** Ends what has lasted too long. `now` is on the clock of `performance.now()`. */
  check(now: number): void {
    const age = now - this.#since;
    if (this.#state === 'head' && age > limits.head)
      this.#refuse({ status: 408, why: 'its head did not come in time' });
    else if (this.#state === 'idle' && age > limits.idle) this.socket.destroy();
    else if (this.#state === 'closing' && age > limits.closing) this.socket.destroy();
  }

  /** Ends with the answer that is under way; at once where there is none. */
  endSoon(): void {
    this.#isLast = true;
    if (this.#state === 'busy' && this.#reply?.isOver === false) this.#reply.isLast();
    else if (this.#state === 'busy' || this.socket.writableLength > 0) this.#close();
    else if (this.#state !== 'closing') this.socket.destroy();
  }

  takeRest(): Buffer | null {
    const rest = this.#rest;
    this.#rest = null;
    return rest;
  }

  putBack(rest: Buffer): void {
    this.#rest = rest;
  }

  feedRest(): void {
    // Whoever takes a body hears of nothing before he has it.
    process.nextTick(() => {
      const rest = this.takeRest();
      if (rest !== null && this.#body !== null) this.#feed(this.#body, rest);
    });
  }

  pause(): void {
    // Not only once: whoever handed the connection over may have resumed it.
    this.#paused = true;
    this.socket.pause();
  }

  resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.socket.resume();
  }

  start(): void {
    if (this.#expects) this.socket.write('HTTP/1.1 100 Continue\r\n\r\n', 'latin1');
    this.#expects = false;
  }

  /** The request's body is here to its end. */
  ended(): void {
    if (this.#reply?.isOver === true) this.#next();
  }

  /** Whether the client, told to go on only later, may leave its body out. */
  get isUnsure(): boolean {
    return this.#expects && this.#body?.isTaken !== true;
  }

  answered(persists: boolean): void {
    if (!persists || this.#isLast) {
      this.#close();
      return;
    }
    if (this.#body === null || this.#body.isComplete) this.#next();
    else this.#body.drop();
  }

  /** Gives the connection away, with what came in on it behind the request. */
  release(): Socket {
    this.#state = 'tunnel';
    this.#reply = null;
    if (this.#sink !== null) this.#sink.take = null;
    this.socket.off('data', this.#take).off('end', this.#ended);
    const rest = this.takeRest();
    if (rest !== null) this.socket.unshift(rest);
    return this.socket;
  }

  readonly #take = (bytes: Buffer): void => {
    if (this.#state === 'closing') return;
    const body = this.#body;
    if (body?.isTaken === true && !body.isComplete) {
      this.#feed(body, bytes);
      return;
    }
    this.#rest = this.#rest === null ? bytes : Buffer.concat([this.#rest, bytes]);
    if (this.#state === 'busy') {
      // It asks for more while it has not been answered, or before its body is wanted.
      if (this.#rest.length >= longestHead) this.pause();
    } else this.#read();
  };

  readonly #ended = (): void => {
    this.#saidAll = true;
    if (this.#state === 'busy' && this.#body?.isComplete !== false) destroyWhenQuiet(this.socket);
    else if (this.#state === 'busy' || this.#state === 'head') this.socket.destroy();
    else if (this.socket.writableLength > 0) this.socket.end();
    else this.socket.destroy();
  };

  #feed(body: InboundBody, bytes: Buffer): void {
    try {
      body.feed(bytes);
    } catch (error) {
      this.#brokenBody(body, error);
    }
  }

  #brokenBody(body: InboundBody, error: unknown): void {
    const wrong = error instanceof Error ? error : new Error(String(error));
    if (this.#reply?.hasBegun === false) {
      const reply = this.#reply;
      this.#refuse({ status: 400, why: wrong.message });
      reply.gone();
    } else this.socket.destroy();
    body.broken(wrong);
  }

  #next(): void {
    this.#state = 'idle';
    this.#since = performance.now();
    this.#body = null;
    this.#reply = null;
    this.#expects = false;
    this.resume();
    this.#read();
    this.#leave();
  }

  /** Nothing more will come where the client has ended its side. */
  #leave(): void {
    if (this.#saidAll && (this.#state === 'idle' || this.#state === 'head')) this.#close();
  }

  /** Reads requests as long as there are whole heads and each is answered at once. */
  #read(): void {
    // An answer that is given at once leads here again; the loop goes on by itself then.
    if (this.#reading) return;
    this.#reading = true;
    while (this.#rest !== null && this.#state !== 'busy' && this.#state !== 'closing')
      if (!this.#readHead(this.#rest)) break;
    this.#reading = false;
  }

  #readHead(bytes: Buffer): boolean {
    let text = bytes.toString('latin1', 0, Math.min(bytes.length, usualHead));
    let start = 0;
    // RFC 9112, 2.2: an empty line before a request is to be ignored.
    while (text.startsWith('\r\n', start)) start += 2;
    let found = text.indexOf('\r\n\r\n', start);
    if (found === -1 && bytes.length > usualHead) {
      text = bytes.toString('latin1', 0, Math.min(bytes.length, longestHead + start + 4));
      found = text.indexOf('\r\n\r\n', start);
    }
    if (found === -1) {
      const wrong = wrongSoFar(text, start);
      if (wrong !== null) this.#refuse(wrong);
      else if (this.#state === 'idle' && text.length > start) {
        this.#state = 'head';
        this.#since = performance.now();
      }
      return false;
    }
    const end = found + 4;
    const head = readRequestHead(text, start, end);
    this.#rest = bytes.length === end ? null : bytes.subarray(end);
    const wrong = 'why' in head ? head : this.#wrongHere(head);
    if (wrong !== null || 'why' in head) {
      if (wrong !== null) this.#refuse(wrong);
      return false;
    }
    this.#begin(head);
    return true;
  }

  /** What shows only here: a tunnel on a connection that was none, and chunks that are no chunks. */
  #wrongHere({ method, framing }: RequestHead): Malformed | null {
    if (method === 'CONNECT') return { status: 400, why: 'a tunnel needs a connection of its own' };
    // Before a byte of it goes anywhere.
    const why = framing.kind === 'chunked' && this.#rest !== null ? wrongChunks(this.#rest) : null;
    return why === null ? null : { status: 400, why };
  }

  #begin(head: RequestHead): void {
    this.#state = 'busy';
    const { facts, framing, minor } = head;
    const persists = minor === 1 ? !hasToken(facts.connection, 'close') : hasToken(facts.connection, 'keep-alive');
    const body = framing.kind === 'none' ? null : new InboundBody(framing, this);
    const upgrade = body === null && minor === 1 && hasToken(facts.connection, 'upgrade') ? facts.upgrade : null;
    const wanted = upgrade?.toLowerCase() === 'websocket' ? upgrade : null;
    const reply = new WireReply(this, head.method, minor, persists && wanted === null);
    this.#body = body;
    this.#reply = reply;
    this.#expects = facts.expect !== null && minor === 1;
    this.#handle(
      {
        method: head.method,
        target: head.target,
        httpVersion: minor === 1 ? '1.1' : '1.0',
        headers: toHeaderList(head.fields),
        client: { port: this.#port, ordinal: ++this.#ordinal },
        readAt: performance.now(),
        upgrade: wanted,
        origin: this.#origin,
        takeBody: (tap) => body?.take(tap) ?? null,
        trailers: () => body?.trailers ?? [],
      },
      reply,
    );
  }

  #refuse(wrong: Malformed): void {
    this.socket.write(refusal(wrong));
    this.#close();
  }

  /** Ends the connection; what still comes in is dropped, because an unread rest would take the answer along. */
  #close(): void {
    if (this.#state === 'closing') return;
    this.#state = 'closing';
    this.#since = performance.now();
    this.#rest = null;
    this.#reply = null;
    this.resume();
    this.socket.end();
  }
}
