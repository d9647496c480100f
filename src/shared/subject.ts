import type { HeaderList } from './exchange.ts';

/** An exchange as rules see it: redacted heads, decoded text. Built by the gateway, or from a line of `tollgate diagnose`. */
export interface Subject {
  /** The provider declared for the API; null lets the rules tell it from the host. */
  readonly provider: string | null;
  readonly request: {
    readonly method: string | null;
    readonly host: string | null;
    readonly path: string | null;
    readonly headers: HeaderList;
    /** Decoded text, or null where it is unknown or binary. */
    readonly body: string | null;
  };
  readonly response: {
    readonly status: number | null;
    readonly headers: HeaderList;
    readonly trailers: HeaderList;
    /** Decoded text, or null where there is none or it is binary. */
    readonly body: string | null;
    /** True where `body` is only the beginning. */
    readonly truncated: boolean;
  };
}
