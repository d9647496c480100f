import type { BodyInfo, HeaderList, RequestHead, ResponseHead } from './exchange.ts';

/**
 * An exchange has four stages: what the client sent, what the upstream was sent, what the upstream answered, and what the
 * client was answered. `Exchange.request` and `Exchange.response` are the upstream's two. Where the gateway changed
 * something on the way, `Exchange.stages` has the client's two; where it is absent the client's are the upstream's.
 */
export interface ClientStages {
  /** As the client sent it, secrets redacted; what guardrails hide is hidden here as well. */
  readonly request: RequestHead & { readonly body: BodyInfo };
  /** Null until it is answered. */
  readonly response: (ResponseHead & { readonly body: BodyInfo }) | null;
  /** What was changed, in the order in which it happened. Never empty. */
  readonly changes: readonly Change[];
}

/** Which body of the client's stages, for `GatewayApi.body`; beside `request` and `response`, the upstream's. */
export type ClientSide = 'clientRequest' | 'clientResponse';

/** One thing that the gateway changed between client and upstream. */
export type Change =
  /** The client asked for an alias; `model` is what it stood for in the end, as `api/model`. */
  | { readonly kind: 'alias'; readonly alias: string; readonly model: string }
  /** From the client's format (`chat`, `responses`, `messages`, `embeddings`) into the vendor's dialect. */
  | { readonly kind: 'translated'; readonly from: string; readonly to: string; readonly ignored: readonly string[] }
  /** A guardrail found something; `way` is where it was. What it was is told nowhere. */
  | {
      readonly kind: 'guarded';
      readonly way: 'request' | 'response';
      /** The guardrail's name, as in `email`, `card`, or that of one's own pattern. */
      readonly guard: string;
      /** `masked` for good; `replaced` until the answer, where it is put back (`restored`); or the call was `blocked`. */
      readonly action: 'masked' | 'replaced' | 'restored' | 'blocked';
      readonly count: number;
    }
  /** The cache was asked, or was not (`bypass`). A hit never reached an upstream; `saved` is what that call had cost. */
  | { readonly kind: 'cache'; readonly state: CacheState; readonly saved: Saved | null };

/** `hit`: answered from the cache. `miss`: answered by the upstream, and kept. `bypass`: neither asked nor kept. */
export type CacheState = 'hit' | 'miss' | 'bypass';

/** What a hit spared. */
export interface Saved {
  /** Null where the price of the answer is not known. */
  readonly costUsd: number | null;
  /** 0 where the answer does not tell, as a stream whose client did not ask for its usage. */
  readonly tokens: number;
  readonly ms: number;
}

/** The head of a client's stage, as it goes to be recorded. */
export type StageHead =
  | ({ readonly side: 'clientRequest' } & RequestHead)
  | {
      readonly side: 'clientResponse';
      readonly status: number;
      readonly reason: string;
      readonly httpVersion: string;
      readonly headers: HeaderList;
    };
