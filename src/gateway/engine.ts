import type { Socket } from 'node:net';
import type { Duplex, Readable } from 'node:stream';
import type { Application } from '../shared/access.ts';
import type { Expectation } from './budget/expectation.ts';
import type { ExchangeId, HeaderList } from '../shared/exchange.ts';
import type { ClientStage } from './clientStage.ts';
import type { ResolvedApi } from './parts.ts';
import type { Loan } from './wire/loans.ts';

/** Names and values by turns, as Node's `rawHeaders`: order, case and duplicates kept. */
export type RawHeaders = readonly string[];

/** Whoever made a request, as the gateway's door found out. */
export interface Caller {
  /** Whose key or token it showed; then it may spend stored credentials. */
  readonly application: Application | null;
  /** Names the exchange that what was set aside for it is charged to. */
  begun(id: ExchangeId): void;
}

/** A request as a server read it. */
export interface Inbound {
  /** Absent where nothing is declared that one would have to be known for. */
  readonly caller?: Caller;
  /** What it is a call of, as in `POST /prompts/summarize`, where the gateway knows; absent otherwise. */
  readonly operation?: string;
  /** The model that is asked for, by its vendor's name, where that is known already. */
  readonly model?: string;
  /** What it may use, where a budget depends on that and its body tells. */
  readonly expectation?: Expectation;
  /** The client's side of it; absent where that is the upstream's. */
  readonly stage?: ClientStage;
  readonly method: string;
  /** The request target as sent. */
  readonly target: string;
  /** As in `1.1`. */
  readonly httpVersion: string;
  readonly headers: HeaderList;
  /** The client's port, and which request on its connection this is, counted from 1. */
  readonly client: { readonly port: number; readonly ordinal: number };
  /** When the head was read, on the clock of `performance.now()`. */
  readonly readAt: number;
  /** The protocol that the client wants to change to, or null. */
  readonly upgrade: string | null;
  /** Where the tunnel leads that the request came through, as in `https://api.example.com`; null where it came in by none. */
  readonly origin: string | null;
  /** Hands the body over, once: whole where it is here already, null where there is none. `tap` sees each piece pass. */
  takeBody(tap: (bytes: Uint8Array) => void): Readable | Buffer | null;
  /** The body's trailers, once it has been read to its end; absent where the server does not tell. */
  trailers?(): RawHeaders;
}

/** Where a connection leads that is read within a tunnel. */
export interface Tunnel {
  readonly origin: string;
  /** The client's port, since the connection within may not tell. */
  readonly clientPort: number;
}

/** Has a server read requests from a connection; `tunnel` is null for one that came to the server itself. */
export type Adopt = (socket: Socket, tunnel: Tunnel | null) => void;

/** Looks at a connection before a server reads requests from it, and hands it on by `adopt`, or keeps it. */
export type Screen = (socket: Socket, adopt: Adopt) => void;

/** The way back to the client. After `onGone` has been heard, calls have no effect. */
export interface Reply {
  /** Passes an interim answer on (RFC 9110, 15.2), where the client's HTTP version has such. */
  inform(status: number, headers: RawHeaders): void;
  begin(status: number, reason: string, headers: RawHeaders): void;
  /** False where the client is slow: go on after `onDrain`. `loan` is given back later, once the bytes are sent. */
  write(bytes: Uint8Array, loan?: Loan): boolean;
  onDrain(listener: () => void): void;
  end(trailers: HeaderList): void;
  /** Ends the connection so that the client sees that the answer is not complete. */
  destroy(): void;
  /** Answers an upgrade, and joins both connections until one ends. */
  tunnel(status: number, reason: string, headers: RawHeaders, upstream: Duplex, watch: TunnelWatch): void;
  /** The client left before the answer's end. Heard at most once. */
  onGone(listener: () => void): void;
}

/** Sees what passes through a tunnel. */
export interface TunnelWatch {
  sent(bytes: Uint8Array): void;
  received(bytes: Uint8Array): void;
  ended(): void;
}

/** What to send upstream. Hop-by-hop fields are gone from `headers`, and so is `Host`. */
export interface UpstreamRequest {
  readonly api: ResolvedApi;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: RawHeaders;
  readonly body: Readable | Buffer | null;
  readonly upgrade: string | null;
  /** Whether to speak HTTP/2 where the upstream does. */
  readonly http2?: boolean;
  /** Asked for once a body of unknown length has ended. */
  trailers?(): RawHeaders;
}

/** Milliseconds that opening a connection took; `tls` is null without TLS. */
export interface Opening {
  readonly connect: number;
  readonly tls: number | null;
}

/** Hears what becomes of an upstream request. `failed` and `ended` and `upgraded` exclude each other and come last. */
export interface UpstreamListener {
  /** The request goes out on a connection; `opening` is null where that was open already. */
  sent(opening: Opening | null): void;
  informed(status: number, headers: RawHeaders): void;
  answered(status: number, reason: string, headers: RawHeaders): void;
  /** False pauses until `UpstreamCall.resume`. Who passes `loan` on says that nobody else keeps the bytes. */
  received(bytes: Buffer, loan?: Loan): boolean;
  ended(trailers: RawHeaders): void;
  upgraded(status: number, reason: string, headers: RawHeaders, socket: Duplex): void;
  failed(error: Error): void;
}

/** A request under way. */
export interface UpstreamCall {
  resume(): void;
  /** Lets go of it; `failed` is heard no more. */
  abort(): void;
}

/** The side that speaks to upstreams. */
export interface Upstreams {
  call(request: UpstreamRequest, listener: UpstreamListener): UpstreamCall;
  /** Takes no more requests; those under way are ended, or waited for. */
  close(how: 'now' | 'whenIdle'): Promise<void>;
}
