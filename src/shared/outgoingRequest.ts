import type { ExchangeId, HeaderList } from './exchange.ts';

/** A request that somebody wrote, to be sent through the gateway. */
export interface OutgoingRequest {
  readonly method: string;
  /** Absolute: an upstream's address, or the gateway's own. */
  readonly url: string;
  readonly headers: HeaderList;
  /** Null where it has none. */
  readonly body: string | null;
  /** True where `body` is base64, as bytes that are no text must be. */
  readonly isBase64?: boolean;
  /** True lets the gateway put the stored credential in. */
  readonly useCredential: boolean;
  /** The exchange that was edited for it. */
  readonly replayOf?: ExchangeId | null;
}
