import type { AccessFailureCode } from './access.ts';
import type { CallSite } from './callSite.ts';
import type { CredentialLook } from './credentialLook.ts';
import type { Diagnosis } from './finding.ts';
import type { Origin } from './origin.ts';
import type { Attempt } from './recourse.ts';
import type { CacheState, ClientStages } from './stages.ts';

/** Identifies one exchange in a store for ever; sorts by the time the request came in. */
export type ExchangeId = string & { readonly __brand: 'ExchangeId' };

/** Header fields in wire order, with their own case and duplicates kept. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** What is known of a body without reading it. Sizes are bytes as they were on the wire (still compressed). */
export interface BodyInfo {
  readonly size: number;
  /** Bytes kept in the store; smaller than `size` where the body was cut. */
  readonly stored: number;
  /** True where not all of it is stored, neither in its row nor on the disk. */
  readonly truncated: boolean;
  /** Bytes of it in a file of its own, where it is longer than what its row holds. */
  readonly onDisk?: number;
  /** The `Content-Type` value, or null. */
  readonly contentType: string | null;
  /** The `Content-Encoding` value, or null. */
  readonly encoding: string | null;
}

/**
 * A piece of a body as it came: 0 from the client, 1 from the upstream; bytes on the wire; milliseconds since the call
 * began.
 */
export type Arrival = readonly [side: 0 | 1, bytes: number, at: number];

export interface RequestHead {
  readonly method: string;
  /** Path and query as sent to the upstream, secrets redacted. */
  readonly path: string;
  readonly httpVersion: string;
  readonly headers: HeaderList;
}

export interface ResponseHead {
  readonly status: number;
  /** The reason phrase as received, possibly empty. */
  readonly reason: string;
  readonly httpVersion: string;
  readonly headers: HeaderList;
  readonly trailers: HeaderList;
}

/**
 * Milliseconds each phase took; null where a phase did not happen (a reused connection has no `connect` and no `tls`)
 * or was not reached.
 */
export interface Timing {
  /** From the request's head being read to its being handed to a connection. */
  readonly queue: number | null;
  readonly connect: number | null;
  readonly tls: number | null;
  /** From the request being sent to the first byte of the response's head. */
  readonly firstByte: number | null;
  /** From the first byte to the last. */
  readonly download: number | null;
  /** From the request's head to the end of it all. */
  readonly total: number | null;
}

/** Why the gateway itself could not bring an answer. `code` is stable; `hint` says what to do next. */
export interface Failure {
  readonly code: FailureCode;
  readonly message: string;
  readonly hint: string;
}

export type FailureCode =
  | 'unknown_api'
  | 'api_stopped'
  | 'upstream_unreachable'
  | 'upstream_timeout'
  | 'upstream_protocol_error'
  | 'upstream_reset'
  | 'credential_unavailable'
  | 'throttled'
  | 'forbidden_host'
  | 'forbidden_origin'
  | 'unauthorized'
  | 'bad_request'
  | 'not_found'
  | AccessFailureCode
  | 'unknown_path'
  | 'method_not_allowed'
  | 'unknown_version'
  | 'api_retired'
  | 'guardrail_blocked'
  | 'internal_error';

/** `open`: still running. `complete`: answered in full. `aborted`: the client left. `failed`: see `failure`. */
export type ExchangeState = 'open' | 'complete' | 'aborted' | 'failed';

/** Tokens of particular kinds, each part of the input, the output or the cache; those that are none are absent. */
export interface TokenKinds {
  readonly inputAudio?: number;
  readonly inputImage?: number;
  readonly outputAudio?: number;
  readonly outputImage?: number;
  readonly cacheReadAudio?: number;
  /** Written to a cache that keeps them for an hour. */
  readonly cacheWriteHour?: number;
  /** Seconds of sound, where a vendor bills those. */
  readonly audioSeconds?: number;
  /** The vendor's tier, where that is half price: `flex` or `batch`. */
  readonly tier?: 'flex' | 'batch';
}

/** What a call used. */
export interface Usage {
  /** As the answer names it, or else the request. */
  readonly model: string | null;
  /** All of the input, what was read from or written to a cache included. */
  readonly inputTokens: number;
  /** All of the output, reasoning included. */
  readonly outputTokens: number;
  /** Part of the input. */
  readonly cacheReadTokens: number;
  /** Part of the input. */
  readonly cacheWriteTokens: number;
  /** Part of the output. */
  readonly reasoningTokens: number;
  /** Counts that have prices of their own; absent where there are none. */
  readonly kinds?: TokenKinds;
  /** Present where the answer does not tell, and the lengths of texts had to do. */
  readonly guessed?: true;
}

/** One row of the log: all that a list needs, and nothing that is big. */
export interface ExchangeSummary {
  readonly id: ExchangeId;
  /** Counts up from 1 within a store; what people call the row by. */
  readonly number: number;
  /** When the request's head was read, in milliseconds since 1970. */
  readonly startedAt: number;
  readonly state: ExchangeState;
  /** The key in `tollgate.jsonc`; null for a call to an API that is not declared. */
  readonly api: string | null;
  readonly provider: string | null;
  readonly method: string;
  /** The upstream's host and, unless the scheme's own, port. */
  readonly host: string;
  readonly path: string;
  readonly status: number | null;
  readonly requestSize: number;
  readonly responseSize: number;
  /** Milliseconds; null while open. */
  readonly duration: number | null;
  readonly contentType: string | null;
  /** The model named in the request's JSON body, where there is one. */
  readonly model: string | null;
  readonly callSite: CallSite | null;
  /** Which program made the call and what had started it; null or absent where that is not known. */
  readonly origin?: Origin | null;
  /** What the rules concluded; null where nothing is wrong. */
  readonly diagnosis: Diagnosis | null;
  /** The exchange this one repeats. */
  readonly replayOf: ExchangeId | null;
  /** True for a rehearsed refusal: the gateway gave the answer, the upstream was not touched. */
  readonly simulated: boolean;
  /** Null where the answer does not tell. */
  readonly usage: Usage | null;
  /** In US dollars, as the vendor told or else by its price list; null where neither is known. */
  readonly costUsd: number | null;
  /** True where the cost was worked out from a price list. */
  readonly costEstimated: boolean;
  /** As in `GET /orders/{id} (getOrder)`; absent where no published description has it. */
  readonly operation?: string;
  /** The alias that the client asked for; absent where it named a model. */
  readonly route?: string;
  /** Absent where the route has no cache. */
  readonly cache?: CacheState;
  /** The application of `tollgate.jsonc` whose key or token the call showed; absent where it showed none. */
  readonly application?: string;
}

/** One exchange in full, but for the bytes of its bodies. */
export interface Exchange extends ExchangeSummary {
  /** The absolute upstream URL, secrets redacted. */
  readonly url: string;
  readonly request: RequestHead & { readonly body: BodyInfo };
  readonly response: (ResponseHead & { readonly body: BodyInfo }) | null;
  readonly timing: Timing;
  readonly failure: Failure | null;
  /** The client's side of the connection, for joining call sites. */
  readonly client: { readonly port: number; readonly ordinal: number; readonly pid: number | null };
  /** True where a stored credential was put in by the gateway. */
  readonly credentialInjected: boolean;
  /** What the credential that the program sent itself tells about itself; null where it sent none in a header. */
  readonly ownCredential?: CredentialLook | null;
  /** What was tried, where the gateway waited, tried again or elsewhere; absent where one try was all. */
  readonly attempts?: readonly Attempt[];
  /** The client's side of it, where that is not the upstream's: translated, masked, an alias, from the cache. */
  readonly stages?: ClientStages;
  /** Of a stream: when its pieces came, in order. */
  readonly arrivals?: readonly Arrival[];
}

declare const redacted: unique symbol;

/** A value that has been through redaction. The store takes nothing else. */
export type Redacted<T> = T & { readonly [redacted]: true };

/** The first value of a header field, whatever its case; undefined where it is absent (RFC 9110, 5.1). */
export function headerValue(headers: HeaderList, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return headers.find(([field]) => field.toLowerCase() === wanted)?.[1];
}
