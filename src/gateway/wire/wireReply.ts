import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { HeaderList } from '../../shared/exchange.ts';
import type { RawHeaders, Reply, TunnelWatch } from '../engine.ts';
import { toHeaderList } from '../headers.ts';
import { joinTunnel } from '../tunnel.ts';
import { writeFields } from './fields.ts';
import { flushSoon } from './gathered.ts';
import type { Loan } from './loans.ts';
import { passableTrailers } from './trailers.ts';

/** What a reply asks of the connection that it goes out on. */
export interface ReplyPath {
  readonly socket: Socket;
  /** Whether the client may or may not send its body yet, so that nobody can tell what comes next. */
  readonly isUnsure: boolean;
  /** The answer is out; `persists` says whether another may follow. */
  answered(persists: boolean): void;
  release(): Socket;
}

/** Bytes that wait for the client beyond which the upstream has to rest. */
const mostWaiting = 128 * 1024;
/** Pieces up to this size in all are copied into one; to copy costs less than a second write. */
const mostJoined = 32 * 1024;

/** The way back to a client over a plain connection. What is written within a tick goes out together. */
export class WireReply implements Reply {
  readonly #path: ReplyPath;
  readonly #socket: Socket;
  readonly #method: string;
  readonly #minor: 0 | 1;
  #persists: boolean;
  #body: 'none' | 'sized' | 'chunked' | 'untilClose' = 'none';
  #left = 0;
  #head: string | null = null;
  #pieces: Uint8Array[] = [];
  #loans: Loan[] = noLoans;
  #size = 0;
  #scheduled = false;
  #onDrain: (() => void) | null = null;
  #onGone: (() => void) | null = null;
  hasBegun = false;
  isOver = false;

  constructor(path: ReplyPath, method: string, minor: 0 | 1, persists: boolean) {
    this.#path = path;
    this.#socket = path.socket;
    this.#method = method;
    this.#minor = minor;
    this.#persists = persists;
  }

  inform(status: number, headers: RawHeaders): void {
    if (this.hasBegun || this.isOver || this.#minor === 0 || status === 100 || status === 101) return;
    this.#socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${writeFields(headers)}\r\n`, 'latin1');
  }

  begin(status: number, reason: string, headers: RawHeaders): void {
    if (this.isOver || this.hasBegun) return;
    this.hasBegun = true;
    const length = contentLength(headers);
    // A length beside a 204 makes some clients wait for a body that never comes (RFC 9110, 8.6).
    const fields = status === 204 && length !== null ? withoutLength(headers) : headers;
    let head = `HTTP/1.1 ${status} ${reason}\r\n${writeFields(fields)}`;
    if (this.#method === 'HEAD' || status === 204 || status === 304) this.#body = 'none';
    else if (length !== null) {
      this.#body = 'sized';
      this.#left = length;
    } else if (this.#minor === 1) {
      this.#body = 'chunked';
      head += 'Transfer-Encoding: chunked\r\n';
    } else {
      this.#body = 'untilClose';
      this.#persists = false;
    }
    if (this.#path.isUnsure) this.#persists = false;
    if (!this.#persists) head += 'Connection: close\r\n';
    else if (this.#minor === 0) head += 'Connection: keep-alive\r\n';
    this.#head = `${head}\r\n`;
    this.#schedule();
  }

  write(bytes: Uint8Array, loan?: Loan): boolean {
    if (this.isOver || bytes.length === 0) return true;
    switch (this.#body) {
      case 'none':
        return true;
      case 'sized':
        this.#left -= bytes.length;
        // More than was promised would be read as the next answer.
        if (this.#left < 0) {
          this.destroy();
          return true;
        }
        this.#add(bytes);
        break;
      case 'chunked':
        this.#add(Buffer.from(`${bytes.length.toString(16)}\r\n`, 'latin1'));
        this.#add(bytes);
        this.#add(lineEnd);
        break;
      case 'untilClose':
        this.#add(bytes);
    }
    if (loan !== undefined) this.#loans = [...this.#loans, loan];
    this.#schedule();
    return this.#socket.writableLength + this.#size < mostWaiting;
  }

  onDrain(listener: () => void): void {
    this.#onDrain = listener;
  }

  end(trailers: HeaderList): void {
    if (this.isOver) return;
    if (this.#body === 'sized' && this.#left > 0) {
      this.destroy();
      return;
    }
    if (this.#body === 'chunked')
      this.#add(Buffer.from(`0\r\n${writeFields(passableTrailers(trailers.flat()))}\r\n`, 'latin1'));
    this.#flush();
    this.isOver = true;
    this.#path.answered(this.#persists);
  }

  destroy(): void {
    if (this.isOver) return;
    this.#flush();
    this.isOver = true;
    // An orderly end would make what there is look whole.
    if (this.#body === 'untilClose') this.#socket.resetAndDestroy();
    else this.#socket.destroy();
  }

  tunnel(status: number, reason: string, headers: RawHeaders, upstream: Duplex, watch: TunnelWatch): void {
    if (this.isOver) {
      upstream.destroy();
      watch.ended();
      return;
    }
    this.isOver = true;
    const socket = this.#path.release();
    socket.write(`HTTP/1.1 ${status} ${reason}\r\n${writeFields(headers)}\r\n`, 'latin1');
    joinTunnel(socket, upstream, watch);
  }

  /** Gives the connection away, unanswered, with what came in on it behind the request's head. */
  handOver(): Socket {
    this.isOver = true;
    return this.#path.release();
  }

  /** No other request is wanted of the connection; the client is told where its head is not out. */
  isLast(): void {
    this.#persists = false;
  }

  onGone(listener: () => void): void {
    if (this.#socket.destroyed && !this.isOver) process.nextTick(listener);
    else this.#onGone = listener;
  }

  /** The connection has ended. */
  gone(): void {
    if (this.isOver) return;
    this.isOver = true;
    this.#onGone?.();
  }

  drained(): void {
    if (!this.isOver) this.#onDrain?.();
  }

  #add(bytes: Uint8Array): void {
    this.#pieces.push(bytes);
    this.#size += bytes.length;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    flushSoon(this);
  }

  /** Sends what was written since the last time. */
  flushed(): void {
    this.#scheduled = false;
    if (!this.isOver) this.#flush();
  }

  #flush(): void {
    const head = this.#head;
    const pieces = this.#pieces;
    if (head === null && pieces.length === 0) return;
    const size = this.#size;
    const sent = givenBack(this.#loans);
    this.#head = null;
    this.#pieces = [];
    this.#loans = noLoans;
    this.#size = 0;
    const headSize = head?.length ?? 0;
    if (size <= mostJoined) {
      const [only] = pieces;
      if (head === null && pieces.length === 1 && only !== undefined) {
        this.#socket.write(only, sent);
        return;
      }
      const joined = Buffer.allocUnsafe(headSize + size);
      if (head !== null) joined.write(head, 0, 'latin1');
      let at = headSize;
      for (const piece of pieces) {
        joined.set(piece, at);
        at += piece.length;
      }
      this.#socket.write(joined, sent);
      return;
    }
    this.#socket.cork();
    if (head !== null) this.#socket.write(head, 'latin1');
    for (const [index, piece] of pieces.entries())
      this.#socket.write(piece, index === pieces.length - 1 ? sent : undefined);
    this.#socket.uncork();
  }
}

const lineEnd = Buffer.from('\r\n');
const noLoans: Loan[] = [];

/** What is to be done when all of it is sent. Of a connection that broke nothing comes back. */
function givenBack(loans: readonly Loan[]): ((error?: Error | null) => void) | undefined {
  if (loans.length === 0) return undefined;
  return (error) => {
    if (error === undefined || error === null) for (const loan of loans) loan.giveBack();
  };
}

function contentLength(headers: RawHeaders): number | null {
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const name = headers[index] ?? '';
    if (name.length === 14 && name.toLowerCase() === 'content-length') return Number(headers[index + 1]);
  }
  return null;
}

function withoutLength(headers: RawHeaders): RawHeaders {
  return toHeaderList(headers)
    .filter(([name]) => name.toLowerCase() !== 'content-length')
    .flat();
}
